import { isoOrNull, nameEvent } from '../core/conversation/instant';
import type { CanonicalEvent } from '../core/event';
import { madeOfDigest, type StoredEvent, type StoredRecord } from '../core/items';
import { decidingPart, type OrderPart } from '../core/on-call/order-decision';
import { orderDistinct } from '../core/order';
import type { Anomaly } from '../core/record';
import type { StoredConversation } from '../ports-conversation';
import { madeAtMs } from './record-times';

export interface RevisionName {
  readonly life: string;
  readonly revision: number;
}

/** One distinct event. Types, times and ids of Genesys's objects; nothing that a customer said or is. */
export interface ExplainedEvent {
  /** From 1, among those that are reconstructed; null for one that is attached. */
  readonly place: number | null;
  /** What put it behind the one before it; null for the first. */
  readonly decidedBy: OrderPart | null;
  readonly type: string;
  readonly subject: string;
  readonly schemaVersion: number;
  readonly format: string;
  readonly participantId: string | null;
  readonly sessionId: string | null;
  readonly sequence: number;
  /** ISO 8601; by the sender's clock. */
  readonly eventTime: string | null;
  /** Queue time as the table has it: of its last arrival. */
  readonly queueTime: string;
  readonly sentAtMs: number;
  /** How long after it happened it came, by two clocks; null where its time is no date. */
  readonly behindMs: number | null;
  /** The revision that first contains it; null: none does yet. */
  readonly firstIn: RevisionName | null;
  /** It came after this revision had been made without it, and how long after. */
  readonly late: (RevisionName & { readonly byMs: number | null }) | null;
  /** It came again after it was in a record: when last. */
  readonly cameAgainAt: string | null;
  /** Items of the table that hold it: under several keys the same fact was stored more than once. */
  readonly copies: number;
  /** Another event claims the same place with other content: both count in the lifecycle, the last in order for sums. */
  readonly conflicts: boolean;
  readonly attached: boolean;
  /** It came out of the dead-letter queue. */
  readonly redriven: boolean;
  /** What Genesys's analytics say otherwise: an event of our own. */
  readonly correction: boolean;
  readonly fingerprint: string;
}

/** A record, and which events are in it. */
interface Holding {
  readonly stored: StoredRecord;
  readonly holds: (event: CanonicalEvent) => boolean;
}

const holdingOf = (stored: StoredRecord): Holding => {
  const digests = new Set(stored.madeOf);
  const carried = new Set(stored.record.attached?.map(({ fingerprint }) => fingerprint));
  return {
    stored,
    holds: ({ fingerprint, attached }) => (attached ? carried.has(fingerprint) : digests.has(madeOfDigest(fingerprint))),
  };
};

const nameOf = ({ record: { life, revision } }: StoredRecord): RevisionName => ({ life, revision });

/** Of the records that lack it, the last before the first that has it; an early one waited for nothing, so nothing is late for it. */
const lateFor = (records: readonly Holding[], event: CanonicalEvent, sentAtMs: number): ExplainedEvent['late'] => {
  const first = records.findIndex(({ holds }) => holds(event));
  const without = first === -1 ? records : records.slice(0, first);
  const before = without.findLast(({ stored }) => stored.record.pane !== 'early')?.stored;
  if (!before) return null;
  const madeMs = madeAtMs(before);
  return { ...nameOf(before), byMs: madeMs === null || sentAtMs < madeMs ? null : sentAtMs - madeMs };
};

const cameAgain = (first: StoredRecord | undefined, sentAtMs: number): string | null => {
  const madeMs = first ? madeAtMs(first) : null;
  return madeMs !== null && sentAtMs > madeMs ? isoOrNull(sentAtMs) : null;
};

const timesOf = ({ eventTimeMs }: CanonicalEvent, sentAtMs: number) => {
  const eventTime = isoOrNull(eventTimeMs);
  return {
    eventTime,
    queueTime: isoOrNull(sentAtMs) ?? String(sentAtMs),
    sentAtMs,
    behindMs: eventTime === null ? null : sentAtMs - eventTimeMs,
  };
};

const describe = (event: CanonicalEvent, copies: readonly StoredEvent[], records: readonly Holding[]) => {
  const { type, subject, schemaVersion, format, participantId, sessionId, sequence, fingerprint } = event;
  const sentAtMs = copies.reduce((latest, copy) => Math.max(latest, copy.sentAtMs), 0);
  const first = records.find(({ holds }) => holds(event))?.stored;
  return {
    ...{ type, subject, schemaVersion, format, participantId, sessionId, sequence },
    ...timesOf(event, sentAtMs),
    firstIn: first ? nameOf(first) : null,
    late: event.attached ? null : lateFor(records, event, sentAtMs),
    cameAgainAt: cameAgain(first, sentAtMs),
    copies: copies.length,
    attached: event.attached === true,
    redriven: copies.some(({ redriven }) => redriven),
    correction: format === 'tidemark',
    fingerprint,
  };
};

const byFingerprint = (events: readonly StoredEvent[]): ReadonlyMap<string, readonly StoredEvent[]> => {
  const copies = new Map<string, StoredEvent[]>();
  for (const one of events) {
    const own = copies.get(one.event.fingerprint);
    if (own) own.push(one);
    else copies.set(one.event.fingerprint, [one]);
  }
  return copies;
};

/** Every event once, in the order of the record, then those that are attached. */
export const explainEvents = (stored: StoredConversation, anomalies: readonly Anomaly[]): readonly ExplainedEvent[] => {
  const copiesOf = byFingerprint(stored.events);
  const records = stored.records.map(holdingOf);
  const ordered = orderDistinct(stored.events.map(({ event }) => event));
  const contested = anomalies.filter(({ kind }) => kind === 'conflict').map(({ detail }) => detail);
  const reconstructed = ordered.filter(({ attached }) => !attached);
  const explain = (event: CanonicalEvent, index: number): ExplainedEvent => {
    const before = reconstructed[index - 1];
    return {
      place: event.attached ? null : index + 1,
      decidedBy: before && !event.attached ? decidingPart(before, event) : null,
      ...describe(event, copiesOf.get(event.fingerprint) ?? [], records),
      conflicts: contested.some((detail) => detail.startsWith(`Expected one ${nameEvent(event)} of`)),
    };
  };
  return [...reconstructed.map(explain), ...ordered.filter(({ attached }) => attached).map((event) => explain(event, 0))];
};
