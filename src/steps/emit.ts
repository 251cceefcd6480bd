import { attachedThatFit } from '../core/attached';
import type { Enrichment } from '../core/enrichment';
import { ItemRefusedError } from '../core/errors';
import type { CanonicalEvent } from '../core/event';
import { type ExecutionInput, executionInput } from '../core/execution-input';
import { executionName } from '../core/handoff';
import { identitiesOf } from '../core/identities';
import type { StoredRecord } from '../core/items';
import { orderDistinct } from '../core/order';
import type { Pane } from '../core/record';
import { makeRecord } from '../core/revision';
import { recordNotification, withoutLists } from '../core/travel';
import { assertOutput } from './assert-output';
import type { Claim } from './claim';
import type { Outside, PipelineSettings } from './outside';
import { publishAttached } from './publish-attached';
import { publishEvents, type RevisionEvents } from './publish-events';
import { readWindow, type WindowRead } from './read-window';
import type { Draft } from './reconstruct';

type EmitOutside = Pick<Outside, 'table' | 'clock' | 'registry' | 'stateMachine' | 'topic' | 'metrics' | 'log'>;

/** How a record went out. */
export interface Emitted {
  readonly finished: number;
  /** This close put it itself. */
  readonly own: boolean;
  readonly pane: Pane;
}

/** The record with the exact bytes that will be sent, all of it fixed before anything is sent. */
export const composeRecord =
  (outside: EmitOutside, settings: PipelineSettings) =>
  (claim: Claim, draft: Draft, enrichment: Enrichment): StoredRecord => {
    const { conversationId, claimed } = claim;
    const previous = draft.previous?.record ?? null;
    const record = makeRecord({
      content: draft.folded.content,
      life: claimed.life,
      revision: claimed.finished + 1,
      pane: draft.pane,
      previous,
      expiredHistory: draft.gone.length > 0,
      attached: attachedThatFit(draft.attached),
    });
    assertOutput(outside.registry, 'tidemark.record', record);
    const nowMs = outside.clock.nowMs();
    const input: ExecutionInput = {
      conversationId,
      timestamp: new Date(nowMs).toISOString(),
      ...enrichment,
      enrichmentSteps: settings.enrichmentSteps,
      record,
      identities: identitiesOf(record, enrichment.names?.users),
      expiresAt: Math.ceil((nowMs + settings.retentionMs) / 1000),
    };
    const { madeOf, gone, watermarkMs, handsOff, recordsOnly } = draft;
    const execution = handsOff ? { name: executionName(record), input: executionInput(input) } : null;
    if (execution) assertOutput(outside.registry, 'tidemark.execution-input', JSON.parse(execution.input) as ExecutionInput);
    const closed = { atMs: nowMs, watermarkMs, waits: claimed.waits, attempts: claimed.attempts };
    const outbox = { execution, notification: recordNotification(record) };
    return { record, madeOf, ...(gone.length > 0 ? { gone } : {}), closed, ...(recordsOnly ? { recordsOnly } : {}), outbox };
  };

/** A revision, and what was found in its window. */
type Sending = RevisionEvents & { readonly attached: readonly CanonicalEvent[] };

/** Starts and publishes what the outbox says, then its new events and what it does not carry. May run any number of times: same name, same bytes, same keys. */
const send = (outside: EmitOutside, settings: PipelineSettings) => {
  const { stateMachine, topic, metrics, log } = outside;
  const publishNew = publishEvents(outside);
  const publishLeftOut = publishAttached(outside);
  return async (claim: Claim, sending: Sending, own: boolean): Promise<Emitted> => {
    const { record, outbox } = sending.stored;
    if (outbox.execution) {
      await claim.hold();
      const answer = await stateMachine.start(outbox.execution);
      metrics.add(answer === 'started' ? 'ExecutionsStarted' : 'ExecutionsAlready', 1);
    }
    await claim.hold();
    await topic.publish(outbox.notification);
    metrics.add('RecordsPublished', 1);
    if (settings.publishEvents) await publishNew(claim, sending);
    await publishLeftOut(claim, sending.attached, sending.stored);
    const { conversationId, revision, pane, status, eventCount } = record;
    const handedOff = outbox.execution !== null;
    log.info('Sent a revision.', { conversationId, revision, pane, status, events: eventCount, handedOff, own });
    return { finished: revision, own, pane };
  };
};

/** A record that no item can hold is kept without its lists; its events are in the table still, and what is sent is the same. */
const putRecord = async (table: Outside['table'], stored: StoredRecord, expiresAtMs: number): Promise<'put' | StoredRecord> => {
  try {
    return await table.putRecord(stored, expiresAtMs);
  } catch (error) {
    if (!(error instanceof ItemRefusedError)) throw error;
    return table.putRecord({ ...stored, record: withoutLists(stored.record) }, expiresAtMs);
  }
};

const eventsRead = ({ events, attached, last }: WindowRead): Omit<Sending, 'stored'> => ({
  previous: last,
  attached,
  ordered: orderDistinct(events.map(({ event }) => event)),
});

/**
 * Step 6: puts the record, then sends its bytes. If another close put it first, its bytes are the ones, and its events may be
 * others than ours: the window is read again for them.
 */
export const emit = (outside: EmitOutside, settings: PipelineSettings) => {
  const { table, clock, metrics } = outside;
  const sendOut = send(outside, settings);
  return async (claim: Claim, record: StoredRecord, draft: Draft): Promise<Emitted> => {
    await claim.hold();
    const put = await putRecord(table, record, clock.nowMs() + settings.retentionMs);
    const { attached, previous } = draft;
    const own = { previous, attached, ordered: draft.folded.ordered };
    if (put === 'put') {
      metrics.add('RecordsPut', 1, { pane: record.record.pane });
      return sendOut(claim, { ...own, stored: record }, true);
    }
    const others = settings.publishEvents ? eventsRead(await readWindow(table, claim)) : own;
    return sendOut(claim, { ...others, stored: put }, false);
  };
};

/** Step 6 for a record that an earlier close put and may not have sent. */
export const resume = (outside: EmitOutside, settings: PipelineSettings) => {
  const sendOut = send(outside, settings);
  return (claim: Claim, stored: StoredRecord, read: WindowRead): Promise<Emitted> =>
    sendOut(claim, { ...eventsRead(read), stored }, false);
};
