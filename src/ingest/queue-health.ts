import { type CallListener, watchBreaker, type WatchOutside } from '../breaker-watch';
import type { BreakerMode } from '../core/breaker';
import type { Clock } from '../ports';
import type { IntakeWriter, QueuedPost, WriteOutcome } from '../ports-ingest';

const second = 1_000;

/**
 * A sender waits while we find out, so sooner than the worker's breakers: nothing but failures for two seconds, at any rate after
 * three writes. One that hangs has failed for longer than that by the time that the client gives it up. Between probes at most
 * a quarter of a minute: senders that come back a little later than SQS does find the door open.
 */
const options = {
  failures: 3,
  failingMs: 2 * second,
  firstOpenMs: 2 * second,
  longestOpenMs: 15 * second,
  calmMs: 60 * second,
  // Nobody calls SQS but with posts.
  hearsAnyway: false,
};

/** The sooner they come back, the more of them come at once. */
const spreadMs = 2 * second;

/** Tells of each write what came of it. Never rejects: what has no answer has failed, although it may have been written. */
const watchWrites =
  ({ write }: IntakeWriter, { answered, failed }: CallListener<'write'>, now: Clock['monotonicMs']) =>
  async (batch: readonly QueuedPost[]): Promise<readonly WriteOutcome[]> => {
    const startedMs = now();
    try {
      const outcomes = await write(batch);
      const failure = outcomes.find(({ kind }) => kind === 'failed');
      // One post that was taken shows that SQS is there; one that was refused for what it is shows nothing.
      if (outcomes.some(({ kind }) => kind === 'written')) answered(['write']);
      else if (failure?.kind === 'failed') failed(['write'], startedMs, { why: failure.why });
      return outcomes;
    } catch (error) {
      failed(['write'], startedMs, { error });
      return batch.map(() => ({ kind: 'failed', why: 'no answer' }));
    }
  };

/** Watches what comes of writes: SQS that is away costs a sender no wait, and SQS that comes back is not asked by all at once. */
export const createQueueHealth = (outside: WatchOutside & { readonly writer: IntakeWriter }, onChange: () => void) => {
  const { writer, random } = outside;
  const watched = { dependency: 'sqs', name: 'The queue', pauses: 'accepting', options, onChange } as const;
  const { breaker, listener, report, notice, now } = watchBreaker<'write'>(outside, watched);

  /** As only time moves it on, too. */
  const mode = (): BreakerMode => {
    breaker.look(now());
    notice();
    return breaker.mode();
  };
  return {
    mode,
    report: (): void => {
      mode();
      report();
    },
    /** When to try again what was turned away now. While it is being found out whether SQS is back: soon. */
    comeBackMs: (): number => {
      const openMs = breaker.mode() === 'open' ? breaker.waitMs(now()) : 0;
      return Math.max(second, openMs) + Math.floor(random.fraction() * spreadMs);
    },
    /** Null: not now. Else to be called when the write is over. While probing there is one write at a time. */
    takeTurn: (): (() => void) | null => {
      const mayGo = breaker.takeTurn(now());
      notice();
      if (!mayGo) return null;
      return breaker.mode() === 'probing' ? breaker.endTurn : () => undefined;
    },
    write: watchWrites(writer, listener, now),
  };
};

export type QueueHealth = ReturnType<typeof createQueueHealth>;
