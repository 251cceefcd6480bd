import { backoffMs } from '../core/backoff';
import { type Lever, levers, type Pause } from '../core/on-call/levers';
import type { Clock, Levers, Log, Metrics } from '../ports';
import type { LeverBoard } from '../ports-on-call';
import { createWaiters } from './waiters';

/** What a person has paused, as this worker knows it: read as often as it beats, kept as it was where it cannot be read. */
export interface LeverWatch extends Levers {
  /**
   * Resolves once it has been read, or at the signal. Before, all counts as paused: whoever starts anew must not go on with what a
   * person has stopped.
   */
  readonly learn: (signal: AbortSignal) => Promise<void>;
  /** Reads every so often until the signal. */
  readonly run: (over: AbortSignal) => Promise<void>;
  /** Resolves when it is not paused, or at the signal. */
  readonly untilResumed: (lever: Lever, signal: AbortSignal) => Promise<void>;
  /** Calls whenever something is paused or resumed. */
  readonly onChange: (listener: () => void) => void;
  /** For the metrics, every now and then. */
  readonly report: () => void;
}

interface LeverOutside {
  readonly board: Pick<LeverBoard, 'read'>;
  readonly clock: Clock;
  readonly log: Log;
  readonly metrics: Metrics;
}

/** While something stays paused, or cannot be read, this is said so often. */
const reminderMs = 300_000;

/** As a sentence begins with it. */
const names = { intake: 'Intake', closing: 'Closing', handoff: 'The handoff' } as const satisfies Record<Lever, string>;

type Paused = ReadonlyMap<Lever, Pause>;

/** The reason is not said: a person has typed it, and `tidemark levers` shows it. */
const speakOf = ({ clock, log }: Pick<LeverOutside, 'clock' | 'log'>) => {
  const saidAtMs = new Map<Lever | 'failure', number>();
  /** True the first time, and then every so often. */
  const isTime = (what: Lever | 'failure'): boolean => {
    const isDue = clock.monotonicMs() - (saidAtMs.get(what) ?? -Infinity) >= reminderMs;
    if (isDue) saidAtMs.set(what, clock.monotonicMs());
    return isDue;
  };
  return {
    read: (now: Paused, before: Paused | null): void => {
      saidAtMs.delete('failure');
      for (const lever of levers) {
        const pause = now.get(lever);
        if (pause && isTime(lever)) {
          const still = before?.has(lever) ? 'is still paused' : 'is paused';
          log.warn(`${names[lever]} ${still}, by a person; who resumes it ends that.`, {
            lever,
            who: pause.who,
            sinceMs: pause.sinceMs,
          });
        }
        if (pause) continue;
        saidAtMs.delete(lever);
        if (before?.has(lever)) log.info(`${names[lever]} goes on: it was resumed.`, { lever });
      }
    },
    failed: (error: unknown, isKnown: boolean): void => {
      if (!isTime('failure')) return;
      if (isKnown) log.warn('What is paused could not be read; what was known of it counts.', {}, error);
      else log.error('The table could not be reached to read what is paused; nothing begins before that.', {}, error);
    },
  };
};

const every = async (ms: number, act: () => Promise<void>, clock: Clock, over: AbortSignal): Promise<void> => {
  await clock.sleep(ms, over);
  while (!over.aborted) {
    await act();
    await clock.sleep(ms, over);
  }
};

export const createLeverWatch = (outside: LeverOutside, { heartbeatMs }: { readonly heartbeatMs: number }): LeverWatch => {
  const { board, clock, metrics } = outside;
  const speech = speakOf(outside);
  const waiters = createWaiters(clock);
  const listeners: (() => void)[] = [waiters.wake];
  let known: Paused | null = null;

  const isKnown = (): boolean => known !== null;
  const isPaused = (lever: Lever): boolean => known === null || known.has(lever);

  const read = async (): Promise<void> => {
    try {
      const now = new Map((await board.read()).map((pause) => [pause.lever, pause]));
      speech.read(now, known);
      const hasChanged = levers.some((lever) => isPaused(lever) !== now.has(lever));
      known = now;
      if (hasChanged) listeners.forEach((tell) => tell());
    } catch (error) {
      speech.failed(error, isKnown());
    }
  };

  return {
    isPaused,
    learn: async (signal) => {
      for (let attempt = 0; !isKnown() && !signal.aborted; attempt++) {
        await read();
        if (!isKnown()) await clock.sleep(backoffMs(attempt, 500, 30_000, 1), signal);
      }
    },
    run: (over) => every(heartbeatMs, read, clock, over),
    untilResumed: async (lever, signal) => {
      while (isPaused(lever) && !signal.aborted) await waiters.wait(reminderMs, signal);
    },
    onChange: (listener) => void listeners.push(listener),
    report: () => levers.forEach((lever) => metrics.add('LeverPaused', isPaused(lever) ? 1 : 0, { lever })),
  };
};
