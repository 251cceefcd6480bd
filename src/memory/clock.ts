import type { Clock } from '../ports';

/**
 * Time that moves only when told. Sleepers wake in the order of their due times, those of one instant in the order they fell
 * asleep, and whatever a waking one sets off has run to its next pause before the following one wakes.
 */
export interface VirtualClock extends Clock {
  /** Moves time on by `ms`, waking everybody who is due on the way. */
  readonly advance: (ms: number) => Promise<void>;
  /** Jumps from sleeper to sleeper until the condition holds; false when `limitMs` passed, or nobody slept, before it did. */
  readonly advanceUntil: (condition: () => boolean, limitMs: number) => Promise<boolean>;
  /** Lets everything that is ready run, without moving time. */
  readonly settle: () => Promise<void>;
  /** When the next sleeper wakes; null when nobody sleeps. A test that leaks a timer sees it here. */
  readonly nextWakeMs: () => number | null;
}

interface Sleeper {
  readonly dueMs: number;
  readonly wake: () => void;
}

/**
 * After all promise callbacks that are ready, and those that they make ready: from within one of them, a tick comes when none
 * is left. A turn of the event loop would do the same, at ten times the price.
 */
const settle = async (): Promise<void> => {
  await Promise.resolve();
  await new Promise<void>((resolve) => process.nextTick(resolve));
};

/** Sleepers, earliest first. */
const queueOfSleepers = () => {
  const sleepers: Sleeper[] = [];
  const add = (sleeper: Sleeper): void => {
    const before = sleepers.findLastIndex(({ dueMs }) => dueMs <= sleeper.dueMs);
    sleepers.splice(before + 1, 0, sleeper);
  };
  return {
    next: (): Sleeper | undefined => sleepers[0],
    sleepUntil: (dueMs: number, signal?: AbortSignal): Promise<void> =>
      new Promise((resolve) => {
        const wake = (): void => {
          signal?.removeEventListener('abort', wake);
          sleepers.splice(sleepers.indexOf(sleeper), 1);
          resolve();
        };
        const sleeper: Sleeper = { dueMs, wake };
        signal?.addEventListener('abort', wake);
        add(sleeper);
      }),
  };
};

export const virtualClock = (startMs: number = Date.UTC(2026, 0, 1)): VirtualClock => {
  const { next, sleepUntil } = queueOfSleepers();
  let nowMs = startMs;

  const wakeUpTo = async (targetMs: number, enough: () => boolean): Promise<boolean> => {
    await settle();
    for (let first = next(); !enough() && first !== undefined && first.dueMs <= targetMs; first = next()) {
      nowMs = Math.max(nowMs, first.dueMs);
      first.wake();
      await settle();
    }
    return enough();
  };

  return {
    nowMs: () => nowMs,
    monotonicMs: () => nowMs - startMs,
    // At least a millisecond, as with a host's timer: a loop that sleeps for 0 cannot make time stand still.
    sleep: (ms, signal) => (signal?.aborted ? Promise.resolve() : sleepUntil(nowMs + (ms >= 1 ? ms : 1), signal)),
    settle,
    nextWakeMs: () => next()?.dueMs ?? null,
    advance: async (ms) => {
      const targetMs = nowMs + ms;
      await wakeUpTo(targetMs, () => false);
      nowMs = targetMs;
    },
    advanceUntil: (condition, limitMs) => wakeUpTo(nowMs + limitMs, condition),
  };
};
