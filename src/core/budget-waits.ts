import { rateOf } from './budget-bucket';
import type { BudgetAsk } from './genesys-answers';

/** Nobody is sent away for longer than this beyond the time at which there will be a token again. */
const longestLineMs = 120_000;

/**
 * When those who were refused are to ask again: not all at the same time. Each is given a place behind the last one, twice as close
 * as tokens come back: some come late, and a token that nobody comes for is lost.
 */
export const createWaitingLine = (limit: number) => {
  const stepMs = 1 / rateOf(limit) / 2;
  /** Time of the last place that was given, by resource and purpose: those who wait for one do not hold up another. */
  const last = new Map<string, number>();
  /** `waitMs`: until there will be a token. `fraction` is chance, so that the lines of two workers do not march in step. */
  return ({ resource, purpose }: BudgetAsk, waitMs: number, nowMs: number, fraction: number): number => {
    const line = `${resource} ${purpose}`;
    const earliestMs = nowMs + waitMs;
    const behindMs = Math.max(last.get(line) ?? 0, earliestMs) - earliestMs + stepMs;
    const place = behindMs <= longestLineMs ? behindMs : longestLineMs * fraction;
    last.set(line, earliestMs + Math.min(behindMs, longestLineMs));
    return Math.ceil(waitMs + place * (0.75 + fraction / 4));
  };
};
