import type { BudgetAsk, Unavailable } from '../core/genesys-answers';
import type { Clock, Log, Metrics, RequestBudget } from '../ports';
import { defaultRetryAfterMs, type Reply } from './reply';

/** A wait up to this is slept here; a longer one becomes a window's due time. */
const longestSleepMs = 5_000;

export interface GateOutside {
  readonly clock: Pick<Clock, 'monotonicMs' | 'sleep'>;
  readonly log: Log;
  readonly metrics: Metrics;
  /** Null: nobody counts, as in a command that a person runs. */
  readonly budget: RequestBudget | null;
}

/** What every request passes: the budget that the whole fleet keeps. */
export interface Gate {
  /** Null when the request may be sent, at the latest shortly before `endsAtMs`. */
  readonly pass: (ask: BudgetAsk, endsAtMs: number) => Promise<Unavailable | null>;
  /** Tells the fleet what an answer said of the limits. */
  readonly learn: (ask: BudgetAsk, reply: Reply) => Promise<void>;
}

export const createGate = ({ clock, log, metrics, budget }: GateOutside): Gate => ({
  pass: async ({ resource, purpose }, endsAtMs) => {
    if (!budget) return null;
    const latestMs = Math.min(endsAtMs, clock.monotonicMs() + longestSleepMs);
    for (;;) {
      const { waitMs } = await budget.take({ resource, purpose });
      if (waitMs <= 0) return null;
      if (clock.monotonicMs() + waitMs > latestMs) {
        metrics.add('GenesysHeldBack', 1, { resource, purpose });
        const why = 'the budget of requests to Genesys, which the whole fleet shares, allows none yet';
        return { kind: 'unavailable', why, retryAfterMs: waitMs, isThrottle: true };
      }
      await clock.sleep(waitMs);
    }
  },
  learn: async ({ resource }, { status, askedMs, period }) => {
    const stayAwayMs = status === 429 ? (askedMs ?? defaultRetryAfterMs) : null;
    if (!budget || (stayAwayMs === null && period === null)) return;
    try {
      await budget.learn({ resource, stayAwayMs, period });
    } catch (error) {
      // The answer is worth more than the news of the limits.
      log.warn('What Genesys said of its limits could not be passed on to the fleet.', { resource }, error);
    }
  },
});
