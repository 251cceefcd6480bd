import type { CanonicalEvent } from '../core/event';
import { type ClosedBy, conversationOf, keys, tableLayout, type Head, type StoredEvent, type StoredRecord } from '../core/items';
import type { ConversationRecord } from '../core/record';
import type { Item } from './item';
import { pack, unpack, type Unpacked } from './packed-text';

export type { Item } from './item';

/*
 * Stored things to items of the table and back. What is asked for by itself is an attribute; the rest is one text: packed-text.
 * Each item names its layout, so that a later program can tell old from new.
 * The table in memory measures by the same layout, so that both refuse the same events.
 */

const assertLayout = (item: Item): void => {
  if (item['layout'] !== tableLayout)
    throw new Error(
      `Expected an item of layout ${tableLayout}, got ${String(item['layout'])} (sort key ${String(item['sk'])}). ` +
        'A newer version of the program wrote it: run that one, or newer.',
    );
};

/** TTL is in whole seconds. */
export const expirySeconds = (expiresAtMs: number): number => Math.ceil(expiresAtMs / 1000);

export const unpackedEvent = ({ event, sentAtMs, redriven }: StoredEvent, expiresAtMs: number): Unpacked => ({
  attributes: {
    ...keys.event(event),
    layout: tableLayout,
    sentAt: sentAtMs,
    ...(redriven ? { redriven } : {}),
    expiresAt: expirySeconds(expiresAtMs),
  },
  text: JSON.stringify(event),
});

export const eventItem = (stored: StoredEvent, expiresAtMs: number): Promise<Item> => pack(unpackedEvent(stored, expiresAtMs));

export const readEventItem = async (item: Item): Promise<StoredEvent> => {
  assertLayout(item);
  const event = JSON.parse(await unpack(item)) as CanonicalEvent;
  return { event, sentAtMs: Number(item['sentAt']), ...(item['redriven'] === true ? { redriven: true } : {}) };
};

const headFields = {
  layout: true,
  conversationId: false, // part of the key
  state: true,
  life: true,
  finished: true,
  attempts: true,
  waits: true,
  token: true,
  dueAt: true,
  dueOn: true,
  ending: true,
  rearmAt: true,
  onlyEarly: true,
  rebuild: true,
  lastError: true,
  failedAttempt: true,
} as const satisfies Record<keyof Head, boolean>;

const headFieldNames = Object.entries(headFields).flatMap(([name, isField]) => (isField ? [name] : []));

/** By name, not by leaving out keys and expiry: an attribute that a later version adds is not ours to show. */
export const readHeadItem = (item: Item): Head => {
  assertLayout(item);
  const head: Record<string, unknown> = { conversationId: conversationOf(String(item['pk'])) };
  for (const name of headFieldNames) if (item[name] !== undefined) head[name] = item[name];
  // The layout vouches for this type: only heads that we wrote have it.
  return head as unknown as Head;
};

/** First line of a record's text. The long texts follow it as they are: JSON inside JSON would hide its repeats behind escapes. */
interface RecordPreface {
  readonly madeOf: readonly string[];
  readonly gone?: readonly string[];
  readonly closed?: ClosedBy;
  readonly recordsOnly?: true;
  readonly recordLength: number;
  readonly messageLength: number;
  readonly attributes: Readonly<Record<string, string>>;
  /** Its input is the rest of the text. */
  readonly executionName: string | null;
}

export const unpackedRecord = (stored: StoredRecord, expiresAtMs: number): Unpacked => {
  const { record, madeOf, gone, closed, recordsOnly, outbox } = stored;
  const { message, attributes } = outbox.notification;
  const content = JSON.stringify(record);
  const preface: RecordPreface = {
    madeOf,
    ...(gone ? { gone } : {}),
    ...(closed ? { closed } : {}),
    ...(recordsOnly ? { recordsOnly } : {}),
    recordLength: content.length,
    messageLength: message.length,
    attributes,
    executionName: outbox.execution?.name ?? null,
  };
  return {
    attributes: {
      ...keys.record(record.conversationId, record.life, record.revision),
      layout: tableLayout,
      life: record.life,
      revision: record.revision,
      expiresAt: expirySeconds(expiresAtMs),
    },
    text: `${JSON.stringify(preface)}\n${content}${message}${outbox.execution?.input ?? ''}`,
  };
};

export const recordItem = (stored: StoredRecord, expiresAtMs: number): Promise<Item> => pack(unpackedRecord(stored, expiresAtMs));

export const readRecordItem = async (item: Item): Promise<StoredRecord> => {
  assertLayout(item);
  const text = await unpack(item);
  const start = text.indexOf('\n') + 1;
  const preface = JSON.parse(text.slice(0, start)) as RecordPreface;
  const { madeOf, gone, closed, recordsOnly, recordLength, messageLength, attributes, executionName } = preface;
  const message = start + recordLength;
  const input = message + messageLength;
  return {
    record: JSON.parse(text.slice(start, message)) as ConversationRecord,
    madeOf,
    ...(gone ? { gone } : {}),
    ...(closed ? { closed } : {}),
    ...(recordsOnly ? { recordsOnly } : {}),
    outbox: {
      execution: executionName === null ? null : { name: executionName, input: text.slice(input) },
      notification: { message: text.slice(message, input), attributes },
    },
  };
};
