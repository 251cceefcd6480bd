import type { BudgetAsk, GenesysResource, Purpose } from '../../src/core/genesys-answers';
import type { VirtualClock } from '../../src/memory/clock';
import type { RequestBudget } from '../../src/ports';

export const minute = 60_000;

/** One client's budget, as several workers see it, in a time that the test moves. */
export interface BudgetSubject {
  readonly clock: VirtualClock;
  /** Another worker's side of it. */
  readonly open: () => RequestBudget;
}

export type MakeBudget = (requestsPerMinute: number) => Promise<BudgetSubject>;

export const anAsk = (purpose: Purpose = 'live', resource: GenesysResource = 'details'): BudgetAsk => ({ resource, purpose });

interface Taker {
  readonly budget: RequestBudget;
  readonly ask: BudgetAsk;
  dueMs: number;
}

export interface Taken {
  readonly atMs: number;
  readonly ask: BudgetAsk;
}

const stepMs = 100;

/** Takers who want one request after the other for so long, and come back when they are told to. Answers what they took, in order. */
export const takeAll = async (
  { clock }: BudgetSubject,
  takers: readonly { readonly budget: RequestBudget; readonly ask: BudgetAsk }[],
  forMs: number,
): Promise<readonly Taken[]> => {
  const taken: Taken[] = [];
  const all: Taker[] = takers.map((one) => ({ ...one, dueMs: clock.nowMs() }));
  const takeOnce = async (taker: Taker): Promise<void> => {
    const atMs = clock.nowMs();
    const { waitMs } = await taker.budget.take(taker.ask);
    if (waitMs === 0) taken.push({ atMs, ask: taker.ask });
    taker.dueMs = atMs + waitMs;
  };
  const endMs = clock.nowMs() + forMs;
  while (clock.nowMs() < endMs) {
    await Promise.all(all.filter(({ dueMs }) => dueMs <= clock.nowMs()).map(takeOnce));
    await clock.advance(stepMs);
  }
  return taken;
};

/** Most that was taken in any minute, wherever it begins. */
export const mostInAMinute = (taken: readonly Taken[]): number => {
  const times = taken.map(({ atMs }) => atMs);
  return Math.max(0, ...times.map((fromMs) => times.filter((atMs) => atMs >= fromMs && atMs < fromMs + minute).length));
};
