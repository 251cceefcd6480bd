import { beginBudget, type BudgetErrand, type BudgetState, runErrands } from '../core/budget';
import { createWaitingLine } from '../core/budget-waits';
import type { Clock, Random, RequestBudget } from '../ports';
import { answer } from './answer';

interface Outside {
  readonly clock: Pick<Clock, 'nowMs'>;
  readonly random: Pick<Random, 'fraction'>;
}

/** The budget of one process, or of simulated workers that share it. */
export const memoryRequestBudget = (
  { clock, random }: Outside,
  { requestsPerMinute }: { readonly requestsPerMinute: number },
): RequestBudget => {
  const place = createWaitingLine(requestsPerMinute);
  let state: BudgetState = beginBudget(requestsPerMinute, clock.nowMs());
  const run = (errand: BudgetErrand): number => {
    const done = runErrands(state, [errand], requestsPerMinute, clock.nowMs());
    state = done.state;
    return done.waits[0] ?? 0;
  };
  return {
    take: (ask) =>
      answer(() => {
        const waitMs = run({ kind: 'take', ask });
        return { waitMs: waitMs > 0 ? place(ask, waitMs, clock.nowMs(), random.fraction()) : 0 };
      }),
    learn: (heard) => answer(() => void run({ kind: 'learn', heard })),
  };
};
