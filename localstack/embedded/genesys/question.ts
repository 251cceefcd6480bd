import type { Answer } from './errors';

/** A request to the API host, by a client that is known. */
export interface Question {
  readonly method: string;
  readonly url: URL;
  readonly body: string;
}

/** One call of the API: whether a question is for it, who may ask, and what it answers. */
export interface Route {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH';
  /** Its groups are handed to `answer`, decoded. */
  readonly path: RegExp;
  /** One of these; empty: anybody. */
  readonly permissions: readonly string[];
  readonly answer: (question: Question, ...groups: readonly string[]) => Answer;
}
