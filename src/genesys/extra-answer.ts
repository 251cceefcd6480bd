import type { ExtraAnswer } from '../core/genesys-answers';
import { isObject, type JsonObject } from '../core/json';
import type { ApiAnswer } from './client';

export const noId: ExtraAnswer = { kind: 'refused', why: 'expected a conversation id of Genesys, got another text' };

/** What an answer of the API says of an extra. `read` answers null where the body does not hold it, or not yet. */
export const toExtraAnswer = (answer: ApiAnswer, read: (body: JsonObject) => JsonObject | null): ExtraAnswer => {
  if (answer.kind === 'ok') {
    const value = isObject(answer.body) ? read(answer.body) : null;
    return value === null ? { kind: 'absent' } : { kind: 'found', value };
  }
  if (answer.kind !== 'unacceptable') return answer;
  return answer.status === 404 ? { kind: 'absent' } : { kind: 'refused', why: answer.why };
};
