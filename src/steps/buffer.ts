import { backoffMs } from '../core/backoff';
import type { CanonicalEvent } from '../core/event';
import { keys, type StoredEvent } from '../core/items';
import { limits } from '../core/limits';
import type { Rejection } from '../core/rejection';
import { admitToWindow, type Arrival, mayEnd } from '../core/window';
import type { Outside, PipelineSettings } from './outside';
import { chunksOf, distinctItems, patienceMs, writeEvents, type WriteOutcome } from './write-events';

type BufferOutside = Pick<Outside, 'table' | 'clock' | 'random' | 'log' | 'metrics'>;

/** Rounds in which heads that were unknown, or changed under us, are looked at again. */
const rounds = 8;

/** What became of an event: buffered, or refused for ever, or unknown (its message must come again). */
export type Fate = 'buffered' | 'failed' | Rejection;

const tooLarge: Rejection = {
  reason: 'too-large',
  detail: 'Expected an event that fits a table item (400 KB compressed, ids of at most 2 KB), got one that does not.',
  step: 'buffer',
};

const identify = (event: CanonicalEvent): string => `${event.conversationId}\n${keys.event(event).sk}`;

/**
 * Step 3: events into the table first, then the heads of their conversations. This order is what loses no event: a closer marks
 * the head before it queries, so either its query sees the event, or we see the mark. Answers each event's fate.
 */
export const buffer = (outside: BufferOutside, settings: PipelineSettings) => {
  const write = writeEvents(outside);
  const arrive = updateHeads(outside, settings);
  return async (events: readonly StoredEvent[]): Promise<(event: CanonicalEvent) => Fate> => {
    const items = distinctItems(events);
    const outcomes = await write(items, outside.clock.nowMs() + settings.eventRetentionMs);
    const stored = items.filter((item) => outcomes.get(item) === 'stored');
    outside.metrics.add('EventsAdmitted', stored.length);
    const unanswered = await arrive(arrivalsOf(stored));
    const byKey = new Map<string, WriteOutcome>(items.map((item) => [identify(item.event), outcomes.get(item) ?? 'failed']));
    return (event) => {
      const outcome = byKey.get(identify(event)) ?? 'failed';
      if (outcome === 'refused') return tooLarge;
      return outcome === 'stored' && !unanswered.has(event.conversationId) ? 'buffered' : 'failed';
    };
  };
};

const arrivalsOf = (stored: readonly StoredEvent[]): ReadonlyMap<string, Arrival> => {
  const arrivals = new Map<string, Arrival>();
  for (const { event, sentAtMs } of stored) {
    const { conversationId } = event;
    const known = arrivals.get(conversationId);
    arrivals.set(conversationId, {
      conversationId,
      atMs: Math.max(known?.atMs ?? 0, sentAtMs),
      mayEnd: mayEnd(event) || known?.mayEnd === true,
    });
  }
  return arrivals;
};

/** Brings each arrival to its conversation's head; answers those whose head did not answer. Most need no update at all. */
const updateHeads = ({ table, clock, random, log, metrics }: BufferOutside, settings: PipelineSettings) => {
  const arriveAt = async (arrival: Arrival, head: Parameters<typeof admitToWindow>[1]): Promise<boolean> => {
    const nowMs = clock.nowMs();
    const life = (): string => random.life(nowMs, arrival.conversationId);
    const update = admitToWindow(settings, head, arrival, { nowMs, life });
    if (!update) return true;
    const isApplied = (await table.updateHead(update)) !== null;
    if (isApplied && head?.state === 'closed') metrics.add('WindowsReopened', 1);
    return isApplied;
  };

  const round = async (pending: ReadonlyMap<string, Arrival>, ids: readonly string[]): Promise<readonly string[]> => {
    try {
      const { heads, unprocessed } = await table.readHeads(ids);
      const answers = [...heads].map(async ([id, head]) => {
        const arrival = pending.get(id);
        return !arrival || (await arriveAt(arrival, head)) ? [] : [id];
      });
      const settled = await Promise.allSettled(answers);
      const lost = settled.flatMap((one, index) => (one.status === 'fulfilled' ? one.value : [[...heads.keys()][index] ?? '']));
      return [...lost, ...unprocessed];
    } catch (error) {
      log.warn('Heads could not be read and are tried again.', { heads: ids.length }, error);
      return ids;
    }
  };

  return async (arrivals: ReadonlyMap<string, Arrival>): Promise<ReadonlySet<string>> => {
    const untilMs = clock.monotonicMs() + patienceMs;
    let pending = [...arrivals.keys()];
    for (let attempt = 0; pending.length > 0 && attempt < rounds && clock.monotonicMs() <= untilMs; attempt++) {
      if (attempt > 0) await clock.sleep(backoffMs(attempt, 25, 2_000, random.fraction()));
      const answers = chunksOf(pending, limits.readBatch).map((ids) => round(arrivals, ids));
      pending = (await Promise.all(answers)).flat();
    }
    return new Set(pending);
  };
};
