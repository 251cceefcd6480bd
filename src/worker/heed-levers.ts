import type { LeverWatch } from './lever-watch';
import type { TableHealth } from './table-health';

/** Time that somebody can stop. */
const stoppable = (timeMs: () => number) => {
  let stoppedAtMs: number | null = null;
  let lostMs = 0;
  return {
    stop: (): void => void (stoppedAtMs ??= timeMs()),
    goOn: (): void => {
      if (stoppedAtMs !== null) lostMs += timeMs() - stoppedAtMs;
      stoppedAtMs = null;
    },
    timeMs: () => (stoppedAtMs ?? timeMs()) - lostMs,
  };
};

/**
 * What a person has paused waits as it does for a table that is away. No poll begins while intake is paused, and its time stands
 * still: what was handed back is no nearer to its next receive, so its ghosts go on holding the watermark, and no window closes early
 * for it. While closing is paused nothing is claimed. What is in hand goes on.
 */
export const heedLevers = (health: TableHealth, levers: LeverWatch): TableHealth => {
  const receiving = stoppable(health.receivingMs);
  const heed = (): void => (levers.isPaused('intake') ? receiving.stop() : receiving.goOn());
  heed();
  levers.onChange(heed);
  return {
    ...health,
    ready: async (signal) => {
      while (!signal.aborted) {
        await levers.untilResumed('intake', signal);
        await health.ready(signal);
        if (!levers.isPaused('intake')) return;
        // It was paused while the table was awaited.
        health.endTurn();
      }
    },
    mayClose: () => health.mayClose() && !levers.isPaused('closing'),
    receivingMs: receiving.timeMs,
    report: () => {
      health.report();
      levers.report();
    },
  };
};
