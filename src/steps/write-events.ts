import { backoffMs } from '../core/backoff';
import { ItemRefusedError } from '../core/errors';
import { keys, type StoredEvent } from '../core/items';
import { limits } from '../core/limits';
import { type Hear, hearNothing } from './failing';
import type { Outside } from './outside';

/** Rounds in which events that the table did not take are sent again; about 10 s in all, well inside a visibility timeout. */
const rounds = 8;

/** No round begins later than this: where the table hangs, one call alone takes the SDK half a minute. */
export const patienceMs = 15_000;

/** Calls under way at once: one message may hold 10,000 details, and its neighbours need connections, too. */
const callsAtOnce = 16;

export type WriteOutcome = 'stored' | 'refused' | 'failed';

const keyOf = ({ event }: StoredEvent): string => keys.event(event).sk;

export const chunksOf = <T>(items: readonly T[], size: number): readonly (readonly T[])[] =>
  Array.from({ length: Math.ceil(items.length / size) }, (_, index) => items.slice(index * size, (index + 1) * size));

type WriteOutside = Pick<Outside, 'table' | 'clock' | 'random' | 'log'>;

/** One call, and what it did not take. A batch that the table refuses goes again in halves, down to the one item that it never takes. */
const batchWriter = ({ table, log }: WriteOutside) => {
  const write = async (batch: readonly StoredEvent[], expiresAtMs: number, { tell, hear }: Listener): Promise<Batch> => {
    try {
      const left = await table.writeEvents(batch, expiresAtMs);
      const isLeft = new Set(left);
      tell(
        batch.filter((one) => !isLeft.has(one)),
        'stored',
      );
      return left;
    } catch (error) {
      if (!(error instanceof ItemRefusedError)) {
        hear(error);
        log.warn('Events could not be stored and are tried again.', { events: batch.length }, error);
        return batch;
      }
      if (batch.length === 1) {
        tell(batch, 'refused');
        return [];
      }
      const halves = chunksOf(batch, Math.ceil(batch.length / 2)).map((half) => write(half, expiresAtMs, { tell, hear }));
      return (await Promise.all(halves)).flat();
    }
  };
  return write;
};

/**
 * Stores events in bulk and says of each what became of it. What the table leaves unprocessed is sent again with jitter; a
 * batch that it refuses is split down to the one item that it will never take, so that one bad event fails no neighbour.
 */
export const writeEvents = (outside: WriteOutside) => {
  const { clock, random } = outside;
  const write = batchWriter(outside);

  return async (
    events: Batch,
    expiresAtMs: number,
    hear: Hear = hearNothing,
  ): Promise<ReadonlyMap<StoredEvent, WriteOutcome>> => {
    const outcomes = new Map<StoredEvent, WriteOutcome>(events.map((event) => [event, 'failed']));
    const tell: Tell = (some, outcome) => some.forEach((one) => outcomes.set(one, outcome));
    const untilMs = clock.monotonicMs() + patienceMs;
    let left = events;
    for (let round = 0; left.length > 0 && round < rounds && clock.monotonicMs() <= untilMs; round++) {
      if (round > 0) await clock.sleep(backoffMs(round, 50, 2_000, random.fraction()));
      const unwritten: StoredEvent[] = [];
      for (const some of chunksOf(chunksOf(left, limits.writeBatch), callsAtOnce))
        unwritten.push(...(await Promise.all(some.map((batch) => write(batch, expiresAtMs, { tell, hear })))).flat());
      left = unwritten;
    }
    return outcomes;
  };
};

type Batch = readonly StoredEvent[];
type Tell = (events: readonly StoredEvent[], outcome: WriteOutcome) => void;

interface Listener {
  readonly tell: Tell;
  readonly hear: Hear;
}

/** One item per key, its latest queue time: the same fact twice in a batch is written once. */
export const distinctItems = (events: readonly StoredEvent[]): readonly StoredEvent[] => {
  const byKey = new Map<string, StoredEvent>();
  for (const one of events) {
    const key = `${one.event.conversationId}\n${keyOf(one)}`;
    const known = byKey.get(key);
    if (!known || known.sentAtMs < one.sentAtMs) byKey.set(key, one);
  }
  return [...byKey.values()];
};
