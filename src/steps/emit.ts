import { ItemRefusedError, OutputInvalidError } from '../core/errors';
import { executionName, isHandedOff } from '../core/handoff';
import type { Outbox, StoredRecord } from '../core/items';
import { makeRecord } from '../core/revision';
import { executionInput, recordNotification, withoutLists } from '../core/travel';
import type { Claim } from './claim';
import type { Enriched } from './enrich';
import type { Outside, PipelineSettings } from './outside';
import type { Draft } from './reconstruct';

type EmitOutside = Pick<Outside, 'table' | 'clock' | 'registry' | 'stateMachine' | 'topic' | 'metrics' | 'log'>;
type Details = Extract<Enriched, { kind: 'enriched' }>;

/** What we send is held to our own schemas before it leaves: a breach is our bug, and stops the close, not the subscriber. */
const assertValid = (registry: Outside['registry'], subject: string, value: unknown): void => {
  const verdict = registry.validate(subject, value);
  if (!verdict.ok) throw new OutputInvalidError(`Expected what leaves to be a valid ${subject}, but ${verdict.detail}.`);
};

/** The record with the exact bytes that will be sent, all of it fixed before anything is sent. */
export const composeRecord =
  (outside: EmitOutside, settings: PipelineSettings) =>
  (claim: Claim, draft: Draft, details: Details): StoredRecord => {
    const { conversationId, claimed } = claim;
    const previous = draft.previous?.record ?? null;
    const record = makeRecord({
      content: draft.folded.content,
      life: claimed.life,
      revision: claimed.finished + 1,
      pane: previous && previous.pane !== 'early' ? 'late' : 'on_time',
      previous,
      expiredHistory: draft.expiredHistory,
    });
    assertValid(outside.registry, 'tidemark.record', record);
    const { callDetails, callDetailsStatus } = details;
    const timestamp = new Date(outside.clock.nowMs()).toISOString();
    const { enrichmentSteps } = settings;
    const input = { conversationId, timestamp, callDetails, callDetailsStatus, enrichmentSteps, record };
    const execution = isHandedOff(record) ? { name: executionName(record), input: executionInput(input) } : null;
    if (execution) assertValid(outside.registry, 'tidemark.execution-input', JSON.parse(execution.input));
    return { record, madeOf: draft.madeOf, outbox: { execution, notification: recordNotification(record) } };
  };

/** Starts and publishes what the outbox says. May run any number of times: same name, same bytes, same key. */
const send = async ({ stateMachine, topic, metrics }: EmitOutside, claim: Claim, outbox: Outbox): Promise<void> => {
  if (outbox.execution) {
    await claim.hold();
    const answer = await stateMachine.start(outbox.execution);
    metrics.add(answer === 'started' ? 'ExecutionsStarted' : 'ExecutionsAlready', 1);
  }
  await claim.hold();
  await topic.publish(outbox.notification);
  metrics.add('RecordsPublished', 1);
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

/**
 * Step 6: puts the record, then sends its bytes. If another close put it first, its bytes are the ones. Answers the number of
 * the last record, and whether this close put it itself.
 */
export const emit =
  (outside: EmitOutside, settings: PipelineSettings) =>
  async (claim: Claim, record: StoredRecord): Promise<{ readonly finished: number; readonly own: boolean }> => {
    await claim.hold();
    const put = await putRecord(outside.table, record, outside.clock.nowMs() + settings.retentionMs);
    const own = put === 'put';
    const { record: last, outbox } = own ? record : put;
    if (own) outside.metrics.add('RecordsPut', 1, { pane: last.pane });
    await send(outside, claim, outbox);
    const { conversationId, revision, pane, status } = last;
    outside.log.info('Handed off a revision.', { conversationId, revision, pane, status, events: last.eventCount, own });
    return { finished: revision, own };
  };

/** Step 6 for a record that an earlier close put and may not have sent. */
export const resume =
  (outside: EmitOutside) =>
  async (claim: Claim, { record, outbox }: StoredRecord): Promise<{ readonly finished: number; readonly own: boolean }> => {
    await send(outside, claim, outbox);
    return { finished: record.revision, own: false };
  };
