import { CallRefusedError } from '../core/errors';
import type { DetailsAnswer, Unavailable } from '../core/genesys-answers';
import type { Clock, ConversationDetails } from '../ports';
import { type CallListener, isBug } from '../breaker-watch';

/** What is asked of Genesys, Step Functions and SNS, each of which is of one kind as far as its breaker goes. */
export type DownstreamCall = 'details' | 'start' | 'publish';

interface Around {
  readonly clock: Pick<Clock, 'monotonicMs'>;
  readonly listener: CallListener<DownstreamCall>;
}

type Call<A extends readonly unknown[], R> = (...args: A) => Promise<R>;

/** A call with somebody who is told how it did. What will never be taken is an answer, too. */
export const watchCall =
  <A extends readonly unknown[], R>(kind: DownstreamCall, { clock, listener }: Around, call: Call<A, R>): Call<A, R> =>
  async (...args) => {
    const startedMs = clock.monotonicMs();
    try {
      const answer = await call(...args);
      listener.answered([kind]);
      return answer;
    } catch (error) {
      if (error instanceof CallRefusedError) listener.answered([kind]);
      else if (!isBug(error)) listener.failed([kind], startedMs, { error });
      throw error;
    }
  };

const isUnavailable = (answer: DetailsAnswer): answer is Unavailable => answer.kind === 'unavailable';

/**
 * Genesys rejects nothing, it says so: one answer that is none of its failures speaks for it. A known wait says nothing of its
 * health, whichever way; `onWait` is told the shortest, where nobody was answered.
 */
export const watchDetails = (
  { fetch }: ConversationDetails,
  { clock, listener }: Around,
  onWait: (waitMs: number) => void,
): ConversationDetails => ({
  fetch: async (ids, purpose) => {
    const startedMs = clock.monotonicMs();
    const judge = (answers: readonly DetailsAnswer[]): void => {
      const unavailable = answers.filter(isUnavailable);
      const waits = unavailable.filter(({ isThrottle }) => isThrottle).map(({ retryAfterMs }) => retryAfterMs);
      if (unavailable.length < answers.length) listener.answered(['details']);
      else if (waits.length > 0) onWait(Math.min(...waits));
      else if (unavailable[0]) listener.failed(['details'], startedMs, { why: unavailable[0].why });
    };
    try {
      const answers = await fetch(ids, purpose);
      judge([...answers.values()]);
      return answers;
    } catch (error) {
      if (!isBug(error)) listener.failed(['details'], startedMs, { error });
      throw error;
    }
  },
});
