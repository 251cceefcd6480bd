import type { StoredRecord } from '../core/items';
import { type JsonObject, textOrNull } from '../core/json';
import { limits } from '../core/limits';
import { compareWithAnalytics, isOutdated } from '../core/reconciliation/compare';
import { correctionEvent, correctionSubject } from '../core/reconciliation/correction-event';
import { conversationEndMs, readFacts } from '../core/reconciliation/facts';
import type { HeldAgainst } from '../core/reconciliation/held-against';
import type { CanonicalEvent } from '../core/event';
import { buffer } from './buffer';
import type { Outside, PipelineSettings } from './outside';
import { chunksOf } from './write-events';

type HoldOutside = Pick<Outside, 'table' | 'registry' | 'clock' | 'random' | 'log' | 'metrics'>;

/** Each leads to a close and perhaps an execution, which live traffic must not wait for. */
const correctionsPerSecond = 10;

interface Found {
  readonly id: string;
  readonly conversation: JsonObject;
  readonly endMs: number;
}

const readFound = (conversation: JsonObject): readonly Found[] => {
  const id = textOrNull(conversation['conversationId']);
  const endMs = conversationEndMs(conversation);
  return id === null || endMs === null ? [] : [{ id, conversation, endMs }];
};

/** The event that says what differs; null if nothing does. */
const correctionOf = (
  { registry, log }: HoldOutside,
  { conversation, endMs }: Found,
  { record }: StoredRecord,
): CanonicalEvent | null => {
  const facts = readFacts(conversation);
  if (isOutdated(record, endMs) || compareWithAnalytics(record, facts).length === 0) return null;
  const event = correctionEvent(record, facts, endMs, registry.subjectNamed(correctionSubject)?.version ?? 1);
  const verdict = registry.validate(correctionSubject, event.body);
  if (verdict.ok) return event;
  log.error('A correction is not what its schema allows: a bug. The record stays as it is.', {
    conversationId: record.conversationId,
    why: verdict.detail,
  });
  return null;
};

/** Sorts conversations by what their heads say. */
const lookAtHeads = async ({ table }: HoldOutside, found: readonly Found[]) => {
  const heads = new Map(
    (await Promise.all(chunksOf(found, limits.readBatch).map((some) => table.readHeads(some.map(({ id }) => id))))).flatMap(
      (answer) => [...answer.heads],
    ),
  );
  return {
    unknown: found.filter(({ id }) => heads.get(id) === null),
    closed: found.filter(({ id }) => heads.get(id)?.state === 'closed'),
    again: found.filter(({ id }) => heads.get(id) !== null && heads.get(id)?.state !== 'closed').map(({ id }) => id),
  };
};

/**
 * Holds what Genesys's analytics say of conversations against their last records. What differs enters the window as any other event
 * does, and the window's own close makes the next revision of it. May run any number of times: the same facts, held against the same
 * revision, are the same event, and a corrected record differs no more. Rejects where the table did not take an event.
 */
export const holdAgainstAnalytics = (outside: HoldOutside, settings: PipelineSettings) => {
  const { table, clock, metrics } = outside;
  const admit = buffer(outside, settings);

  const admitSlowly = async (events: readonly CanonicalEvent[], signal: AbortSignal): Promise<void> => {
    for (const some of chunksOf(events, correctionsPerSecond)) {
      // Queue time: of what is sent now.
      const fateOf = await admit(some.map((event) => ({ event, sentAtMs: clock.nowMs() })));
      if (some.some((event) => fateOf(event) === 'failed'))
        throw new Error(`Expected the table to take ${some.length} corrections, it did not take all of them.`);
      await clock.sleep(1_000, signal);
    }
  };

  return async (conversations: readonly JsonObject[], signal: AbortSignal): Promise<HeldAgainst> => {
    const { unknown, closed, again } = await lookAtHeads(outside, conversations.flatMap(readFound));
    const events: CanonicalEvent[] = [];
    const withoutRecord: string[] = [];
    for (const some of chunksOf(closed, 10)) {
      const records = await Promise.all(some.map(({ id }) => table.latestRecord(id)));
      some.forEach((one, index) => {
        const stored = records[index];
        const event = stored ? correctionOf(outside, one, stored) : null;
        if (event) events.push(event);
        if (!stored) withoutRecord.push(one.id);
      });
    }
    await admitSlowly(events, signal);
    const compared = closed.length - withoutRecord.length;
    const nobody = [...unknown.map(({ id }) => id), ...withoutRecord];
    metrics.add('ReconciliationCompared', compared);
    metrics.add('ReconciliationDiffered', events.length);
    metrics.add('ReconciliationUnknown', nobody.length);
    return { compared, differed: events.length, unknown: nobody, again };
  };
};
