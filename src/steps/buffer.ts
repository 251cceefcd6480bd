import { backoffMs } from '../core/backoff';
import type { CanonicalEvent } from '../core/event';
import { type Head, keys, type StoredEvent } from '../core/items';
import { fitsNotification, limits } from '../core/limits';
import { asPassed, passedEventNotification } from '../core/passed-event';
import type { Rejection } from '../core/rejection';
import { admitToWindow, type Arrival, mayEnd } from '../core/window';
import { type Hear, hearNothing } from './failing';
import type { Outside, PipelineSettings } from './outside';
import { chunksOf, distinctItems, patienceMs, writeEvents, type WriteOutcome } from './write-events';

type BufferOutside = Pick<Outside, 'table' | 'clock' | 'random' | 'log' | 'metrics'>;

/** Rounds in which heads that were unknown, or changed under us, are looked at again. */
const rounds = 8;

/**
 * What became of an event: buffered, or refused for ever, or unknown (its message must come again). `unattached`: no window was
 * open for it, so no record is sure to carry it.
 */
export type Fate = 'buffered' | 'unattached' | 'failed' | Rejection;

const tooLarge: Rejection = {
  reason: 'too-large',
  detail:
    'Expected an event that fits a table item (400 KB compressed, ids of at most 2 KB) and, if attached, a notification (256 KB), got one that does not.',
  step: 'buffer',
};

/** What no record has room for is published when its window closes: what cannot be published would keep that from closing. */
const isPublishable = ({ event }: StoredEvent): boolean =>
  !event.attached || fitsNotification(passedEventNotification(asPassed(event)));

const identify = (event: CanonicalEvent): string => `${event.conversationId}\n${keys.event(event).sk}`;

/**
 * Step 3: events into the table first, then the heads of their conversations. This order is what loses no event: a closer marks
 * the head before it queries, so either its query sees the event, or we see the mark. Answers each event's fate. An attached
 * event asks nothing of its head: where that is open, the close that is still to come will see it.
 */
export const buffer = (outside: BufferOutside, settings: PipelineSettings) => {
  const write = writeEvents(outside);
  const arrive = updateHeads(outside, settings);
  return async (events: readonly StoredEvent[], hear: Hear = hearNothing): Promise<(event: CanonicalEvent) => Fate> => {
    const all = distinctItems(events);
    const items = all.filter(isPublishable);
    const outcomes = await write(items, outside.clock.nowMs() + settings.eventRetentionMs, hear);
    const stored = items.filter((item) => outcomes.get(item) === 'stored');
    outside.metrics.add('EventsAdmitted', stored.length);
    const answers = await arrive(arrivalsOf(stored), hear);
    const byKey = new Map<string, WriteOutcome>(all.map((item) => [identify(item.event), outcomes.get(item) ?? 'refused']));
    return (event) => {
      const outcome = byKey.get(identify(event)) ?? 'failed';
      if (outcome === 'refused') return tooLarge;
      const state = answers.get(event.conversationId);
      if (outcome === 'failed' || state === undefined) return 'failed';
      return event.attached && state !== 'open' ? 'unattached' : 'buffered';
    };
  };
};

/** Null for a conversation of which only attached events came: its head is looked at, and nothing is asked of it. */
type Arrivals = ReadonlyMap<string, Arrival | null>;

const arrivalsOf = (stored: readonly StoredEvent[]): Arrivals => {
  const arrivals = new Map<string, Arrival | null>();
  for (const { event, sentAtMs } of stored) {
    const { conversationId } = event;
    const known = arrivals.get(conversationId) ?? null;
    const next = { conversationId, atMs: Math.max(known?.atMs ?? 0, sentAtMs), mayEnd: mayEnd(event) || known?.mayEnd === true };
    arrivals.set(conversationId, event.attached ? known : next);
  }
  return arrivals;
};

/** State of a head as it answered, before what the arrival made of it. */
type HeadStates = ReadonlyMap<string, Head['state'] | 'missing'>;

/** Brings each arrival to its conversation's head; answers the heads that did answer. Most need no update at all. */
const updateHeads = ({ table, clock, random, log, metrics }: BufferOutside, settings: PipelineSettings) => {
  const arriveAt = async (arrival: Arrival, head: Head | null): Promise<boolean> => {
    const nowMs = clock.nowMs();
    const life = (): string => random.life(nowMs, arrival.conversationId);
    const update = admitToWindow(settings, head, arrival, { nowMs, life });
    if (!update) return true;
    const isApplied = (await table.updateHead(update)) !== null;
    if (isApplied && head?.state === 'closed') metrics.add('WindowsReopened', 1);
    return isApplied;
  };

  const round = async (arrivals: Arrivals, ids: readonly string[], hear: Hear): Promise<HeadStates> => {
    try {
      const { heads } = await table.readHeads(ids);
      const answers = [...heads].map(async ([id, head]) => {
        const arrival = arrivals.get(id) ?? null;
        const isAnswered = arrival === null || (await arriveAt(arrival, head));
        return isAnswered ? [[id, head?.state ?? 'missing'] as const] : [];
      });
      const settled = await Promise.allSettled(answers);
      for (const one of settled) if (one.status === 'rejected') hear(one.reason);
      return new Map(settled.flatMap((one) => (one.status === 'fulfilled' ? one.value : [])));
    } catch (error) {
      hear(error);
      log.warn('Heads could not be read and are tried again.', { heads: ids.length }, error);
      return new Map();
    }
  };

  return async (arrivals: Arrivals, hear: Hear): Promise<HeadStates> => {
    const untilMs = clock.monotonicMs() + patienceMs;
    const states = new Map<string, Head['state'] | 'missing'>();
    let pending = [...arrivals.keys()];
    for (let attempt = 0; pending.length > 0 && attempt < rounds && clock.monotonicMs() <= untilMs; attempt++) {
      if (attempt > 0) await clock.sleep(backoffMs(attempt, 25, 2_000, random.fraction()));
      const answers = await Promise.all(chunksOf(pending, limits.readBatch).map((ids) => round(arrivals, ids, hear)));
      for (const [id, state] of answers.flatMap((some) => [...some])) states.set(id, state);
      pending = pending.filter((id) => !states.has(id));
    }
    return states;
  };
};
