import { backoffMs } from '../core/backoff';
import { ItemRefusedError } from '../core/errors';
import type { CanonicalEvent } from '../core/event';
import { keys, type StoredEvent } from '../core/items';
import { limits } from '../core/limits';
import { type Hear, hearNothing } from './failing';
import { createGather } from './gather';
import type { Outside } from './outside';

/** Rounds in which events that the table did not take are sent again; about 10 s in all, well inside a visibility timeout. */
const rounds = 8;

/** No round begins later than this: where the table hangs, one call alone takes the SDK half a minute. */
export const patienceMs = 15_000;

/** Calls under way at once: one message may hold 10,000 details, and heads need connections, too. */
const callsAtOnce = 16;

export type WriteOutcome = 'stored' | 'refused' | 'failed';

/** What one call made of an event. `left`: the table did not take it, or did not answer. */
type Answer = 'stored' | 'refused' | { readonly left: unknown };

const leftOut: Answer = { left: null };

export const chunksOf = <T>(items: readonly T[], size: number): readonly (readonly T[])[] =>
  Array.from({ length: Math.ceil(items.length / size) }, (_, index) => items.slice(index * size, (index + 1) * size));

type WriteOutside = Pick<Outside, 'table' | 'clock' | 'random' | 'log'>;

/** One call. A batch that the table refuses goes again in halves, down to the one item that it never takes. */
const writeOnce = ({ table, clock, log }: WriteOutside, eventRetentionMs: number) => {
  const write = async (batch: readonly StoredEvent[], tell: (index: number, answer: Answer) => void): Promise<void> => {
    try {
      const left = new Set(await table.writeEvents(batch, clock.nowMs() + eventRetentionMs));
      batch.forEach((one, index) => tell(index, left.has(one) ? leftOut : 'stored'));
    } catch (error) {
      if (!(error instanceof ItemRefusedError)) {
        log.warn('Events could not be stored and are tried again.', { events: batch.length }, error);
        batch.forEach((_, index) => tell(index, { left: error }));
      } else if (batch.length === 1) {
        tell(0, 'refused');
      } else {
        const size = Math.ceil(batch.length / 2);
        const halves = chunksOf(batch, size).map((half, n) => write(half, (index, answer) => tell(n * size + index, answer)));
        await Promise.all(halves);
      }
    }
  };
  return write;
};

/**
 * Stores events in bulk, together with those that others store at the same time, and says of each what became of it. What the
 * table leaves unprocessed is sent again with jitter; a batch that it refuses is split down to the one item that it will never
 * take, so that one bad event fails no neighbour.
 */
export const writeEvents = (outside: WriteOutside, eventRetentionMs: number) => {
  const { clock, random } = outside;
  const call = writeOnce(outside, eventRetentionMs);
  const write = createGather<StoredEvent, Answer>({ clock, most: limits.writeBatch, callsAtOnce, call, unknown: leftOut });

  return async (events: readonly StoredEvent[], hear: Hear = hearNothing): Promise<ReadonlyMap<StoredEvent, WriteOutcome>> => {
    const outcomes = new Map<StoredEvent, WriteOutcome>(events.map((event) => [event, 'failed']));
    const untilMs = clock.monotonicMs() + patienceMs;
    let left = events;
    for (let round = 0; left.length > 0 && round < rounds && clock.monotonicMs() <= untilMs; round++) {
      if (round > 0) await clock.sleep(backoffMs(round, 50, 2_000, random.fraction()));
      const answers = await write(left);
      left = left.filter((one, index) => {
        const answer = answers[index] ?? leftOut;
        if (typeof answer === 'string') outcomes.set(one, answer);
        else if (answer.left !== null) hear(answer.left);
        return typeof answer === 'object';
      });
    }
    return outcomes;
  };
};

export interface DistinctItems {
  /** One per key, of its latest queue time. */
  readonly items: readonly StoredEvent[];
  /** The one that stands for an event; undefined for one that was not given. */
  readonly itemOf: (event: CanonicalEvent) => StoredEvent | undefined;
}

const identify = (event: CanonicalEvent): string => `${event.conversationId}\n${keys.event(event).sk}`;

/** The same fact twice in a batch is written once. */
export const distinctItems = (events: readonly StoredEvent[]): DistinctItems => {
  const byKey = new Map<string, StoredEvent>();
  const keyOf = new Map(events.map(({ event }) => [event, identify(event)]));
  for (const one of events) {
    const key = keyOf.get(one.event) ?? '';
    const known = byKey.get(key);
    if (!known || known.sentAtMs < one.sentAtMs) byKey.set(key, one);
  }
  return { items: [...byKey.values()], itemOf: (event) => byKey.get(keyOf.get(event) ?? '') };
};
