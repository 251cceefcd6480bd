import { backoffMs } from '../core/backoff';
import type { Head, StoredEvent } from '../core/items';
import { limits } from '../core/limits';
import { admitToWindow, type Arrival, mayEnd } from '../core/window';
import type { Hear } from './failing';
import { createGather } from './gather';
import type { Outside, PipelineSettings } from './outside';
import { patienceMs } from './write-events';

/** Rounds in which heads that were unknown, or changed under us, are looked at again. */
const rounds = 8;

/** Reads of heads under way at once, each with the updates that follow. */
const callsAtOnce = 16;

/** Null for a conversation of which only attached events came: its head is looked at, and nothing is asked of it. */
type Arrivals = ReadonlyMap<string, Arrival | null>;

const together = (one: Arrival | null, other: Arrival | null): Arrival | null =>
  one && other ? { ...one, atMs: Math.max(one.atMs, other.atMs), mayEnd: one.mayEnd || other.mayEnd } : (one ?? other);

export const arrivalsOf = (stored: readonly StoredEvent[]): Arrivals => {
  const arrivals = new Map<string, Arrival | null>();
  for (const { event, sentAtMs } of stored) {
    const { conversationId } = event;
    const arrival = event.attached ? null : { conversationId, atMs: sentAtMs, mayEnd: mayEnd(event) };
    arrivals.set(conversationId, together(arrivals.get(conversationId) ?? null, arrival));
  }
  return arrivals;
};

/** State of a head as it answered, before what the arrival made of it. */
type HeadState = Head['state'] | 'missing';

/** `unknown`: it did not answer, or was not as it was read; the error says why where anything was said. */
type Answer = HeadState | { readonly unknown: unknown };

const unanswered: Answer = { unknown: null };

type ArriveOutside = Pick<Outside, 'table' | 'clock' | 'random' | 'log' | 'metrics'>;

type Asked = readonly [conversationId: string, arrival: Arrival | null];

/** Brings one arrival to its conversation's head, as that was read; false when it has changed since. Most need no update at all. */
const arriveAt =
  ({ table, clock, random, metrics }: ArriveOutside, settings: PipelineSettings) =>
  async (arrival: Arrival, head: Head | null): Promise<boolean> => {
    const nowMs = clock.nowMs();
    const life = (): string => random.life(nowMs, arrival.conversationId);
    const update = admitToWindow(settings, head, arrival, { nowMs, life });
    if (!update) return true;
    const isApplied = (await table.updateHead(update)) !== null;
    if (isApplied && head?.state === 'closed') metrics.add('WindowsReopened', 1);
    return isApplied;
  };

/** One read of heads, and at most one update of each: what came of a conversation in several batches arrives as one. */
const arriveOnce = (outside: ArriveOutside, settings: PipelineSettings) => {
  const { table, log } = outside;
  const arriveOne = arriveAt(outside, settings);

  return async (asked: readonly Asked[], tell: (index: number, answer: Answer) => void): Promise<void> => {
    const byId = new Map<string, { arrival: Arrival | null; readonly asks: number[] }>();
    asked.forEach(([id, arrival], index) => {
      const one = byId.get(id);
      if (!one) return byId.set(id, { arrival, asks: [index] });
      one.arrival = together(one.arrival, arrival);
      one.asks.push(index);
    });
    const answer = async (id: string, head: Head | null): Promise<void> => {
      const { arrival = null, asks = [] } = byId.get(id) ?? {};
      const tellAll = (indexes: readonly number[], answered: Answer): void => indexes.forEach((index) => tell(index, answered));
      const state = head?.state ?? 'missing';
      // Who only looks shares no neighbour's update, and none that fails.
      tellAll(
        asks.filter((index) => asked[index]?.[1] === null),
        state,
      );
      if (arrival === null) return;
      const arriving = asks.filter((index) => asked[index]?.[1] !== null);
      try {
        tellAll(arriving, (await arriveOne(arrival, head)) ? state : unanswered);
      } catch (error) {
        tellAll(arriving, { unknown: error });
      }
    };
    try {
      const ids = [...byId.keys()];
      const { heads } = await table.readHeads(ids);
      await Promise.all([...heads].map(([id, head]) => answer(id, head)));
    } catch (error) {
      log.warn('Heads could not be read and are tried again.', { heads: byId.size }, error);
      asked.forEach((_, index) => tell(index, { unknown: error }));
    }
  };
};

/** Brings each arrival to its conversation's head, together with those that come at the same time; answers the heads that did answer. */
export const arrive = (outside: ArriveOutside, settings: PipelineSettings) => {
  const { clock, random } = outside;
  const call = arriveOnce(outside, settings);
  const ask = createGather<Asked, Answer>({ clock, most: limits.readBatch, callsAtOnce, call, unknown: unanswered });

  return async (arrivals: Arrivals, hear: Hear): Promise<ReadonlyMap<string, HeadState>> => {
    const untilMs = clock.monotonicMs() + patienceMs;
    const states = new Map<string, HeadState>();
    let pending: readonly Asked[] = [...arrivals];
    for (let round = 0; pending.length > 0 && round < rounds && clock.monotonicMs() <= untilMs; round++) {
      if (round > 0) await clock.sleep(backoffMs(round, 25, 2_000, random.fraction()));
      const answers = await ask(pending);
      pending = pending.filter(([id], index) => {
        const answer = answers[index] ?? unanswered;
        if (typeof answer === 'string') states.set(id, answer);
        else if (answer.unknown !== null) hear(answer.unknown);
        return typeof answer === 'object';
      });
    }
    return states;
  };
};
