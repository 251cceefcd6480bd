import type { Clock } from '../../src/ports';

/*
 * The process that a worker runs in. It can be killed: nothing of it ever runs again. It can stand still: no call of it goes
 * out, no answer and no timer reaches it until it goes on; requests that are on their way, and time, do not wait for it.
 */
export interface Process {
  readonly worker: number;
  readonly died: AbortSignal;
  readonly kill: () => void;
  readonly pause: () => void;
  readonly resume: () => void;
  readonly isPaused: () => boolean;
  /** Null while it runs; else when it goes on, which for a dead one is never. Whoever waited must ask again. */
  readonly standstill: () => Promise<void> | null;
  readonly awake: () => Promise<void>;
  /** What it reads on its own clock, which may be off, and its timers. */
  readonly clock: Clock;
}

/** Each one its own: whoever waits for a promise is kept for as long as it lives. */
const never = (): Promise<never> => new Promise(() => undefined);

export const createProcess = (worker: number, clock: Clock, skewMs: number): Process => {
  const death = new AbortController();
  let standing: { readonly over: Promise<void>; readonly end: () => void } | null = null;

  const standstill = (): Promise<void> | null => (death.signal.aborted ? never() : (standing?.over ?? null));
  const awake = async (): Promise<void> => {
    for (let wait = standstill(); wait !== null; wait = standstill()) await wait;
  };

  return {
    worker,
    died: death.signal,
    kill: () => death.abort('killed'),
    pause: () => {
      let end = (): void => undefined;
      standing ??= { over: new Promise((resolve) => (end = resolve)), end: () => end() };
    },
    resume: () => {
      standing?.end();
      standing = null;
    },
    isPaused: () => standing !== null,
    standstill,
    awake,
    clock: {
      nowMs: () => clock.nowMs() + skewMs,
      monotonicMs: clock.monotonicMs,
      sleep: async (ms, signal) => {
        await clock.sleep(ms, signal);
        if (standstill()) await awake();
      },
    },
  };
};
