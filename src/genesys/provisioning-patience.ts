import type { Unavailable } from '../core/genesys-answers';
import type { Clock } from '../ports';
import type { ApiAnswer, ApiRequest, GenesysClient } from './client';
import { GenesysFailedError } from './provisioning-errors';

/** A person waits for it: what takes longer is told instead. */
const longestWaitMs = 30_000;
const tries = 3;

export type Answered = Extract<ApiAnswer, { readonly kind: 'ok' | 'unacceptable' }>;
export type Question = Omit<ApiRequest, 'resource' | 'purpose'>;

/** What it was that Genesys should do, for the message: `list the integrations`. */
export type Ask = (toDo: string, question: Question) => Promise<Answered>;

export const failure = (toDo: string, answer: Exclude<ApiAnswer, { readonly kind: 'ok' }>): GenesysFailedError => {
  const next = answer.kind === 'unavailable' ? `. Try again in ${Math.ceil(answer.retryAfterMs / 1_000)} s` : '';
  return new GenesysFailedError(`Expected Genesys to ${toDo}: ${answer.why}${next}.`);
};

/** Genesys asked for a short wait, and has done nothing. After an outage nobody knows that. */
export const isShortWait = ({ isThrottle, retryAfterMs }: Unavailable): boolean =>
  isThrottle === true && retryAfterMs <= longestWaitMs;

/** Asks as it is, with what every question of a person has. */
export const askOnce = (client: GenesysClient, question: Question): Promise<ApiAnswer> =>
  client.send({ ...question, resource: 'other', purpose: 'live' });

/** For what may be asked twice: waits as long as Genesys asks, if that is short, and rejects where it does not answer. */
export const patientAsk =
  (client: GenesysClient, clock: Pick<Clock, 'sleep'>): Ask =>
  async (toDo, question) => {
    for (let left = tries - 1; ; left--) {
      const answer = await askOnce(client, question);
      if (answer.kind === 'ok' || answer.kind === 'unacceptable') return answer;
      if (answer.kind !== 'unavailable' || !isShortWait(answer) || left === 0) throw failure(toDo, answer);
      await clock.sleep(answer.retryAfterMs);
    }
  };
