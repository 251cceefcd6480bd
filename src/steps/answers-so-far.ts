import type { Extras } from '../core/enrichment';
import type { DetailsAnswer } from '../core/genesys-answers';
import type { Clock } from '../ports';
import type { Claim } from './claim';

/** What Genesys has answered for a revision whose close has to wait for the rest. */
export interface AnswersSoFar {
  readonly details: DetailsAnswer | null;
  readonly extras: Extras;
}

/** Longer than a quota makes anybody wait on a busy day, shorter than anybody would mind. */
const keptMs = 600_000;
/** Some hundred KB each at most, a few as a rule. */
const mostKept = 500;

const nothing: AnswersSoFar = { details: null, extras: {} };

/**
 * So that a window that is sent away after some of its answers asks only for the others when it comes back: else a quota that is used
 * up would be used for the same answers again. Kept in this process alone; another worker asks anew, and either set will do,
 * because nothing is fixed before the record is put.
 */
export const createAnswersSoFar = (clock: Pick<Clock, 'monotonicMs'>) => {
  const kept = new Map<string, AnswersSoFar & { readonly sinceMs: number }>();
  const isFresh = (one: { readonly sinceMs: number }): boolean => clock.monotonicMs() - one.sinceMs < keptMs;
  const keyOf = ({ conversationId, claimed }: Claim): string => `${claimed.life} ${claimed.finished} ${conversationId}`;
  /** Of windows that another worker has closed since: nobody will come for them. */
  const dropStale = (): void => {
    for (const [key, one] of kept) if (!isFresh(one)) kept.delete(key);
  };
  return {
    recall: (claim: Claim): AnswersSoFar => {
      dropStale();
      return kept.get(keyOf(claim)) ?? nothing;
    },
    keep: (claim: Claim, answers: AnswersSoFar): void => {
      const key = keyOf(claim);
      dropStale();
      const sinceMs = kept.get(key)?.sinceMs ?? clock.monotonicMs();
      kept.delete(key);
      const [oldest] = kept.keys();
      if (kept.size >= mostKept && oldest !== undefined) kept.delete(oldest);
      kept.set(key, { ...answers, sinceMs });
    },
    forget: (claim: Claim): void => void kept.delete(keyOf(claim)),
  };
};
