import type { Clock } from '../ports';

/** Resolves when it is the turn of the next so many, at most `perSecond` of them in a second; at once when the signal aborts. */
export const paceOf = (clock: Clock, perSecond: number, signal: AbortSignal): ((count: number) => Promise<void>) => {
  let turnMs = 0;
  return async (count) => {
    const nowMs = clock.nowMs();
    const mineMs = Math.max(nowMs, turnMs);
    turnMs = mineMs + (count * 1_000) / perSecond;
    if (mineMs > nowMs) await clock.sleep(mineMs - nowMs, signal);
  };
};
