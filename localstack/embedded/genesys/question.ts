import type { IncomingHttpHeaders } from 'node:http';
import type { Answer } from './errors';

/** A request to the API host. */
export interface Question {
  readonly method: string;
  /** With the origin that was asked, for answers that hold URLs. */
  readonly url: URL;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** One call of the API: whether a question is for it, who may ask, and what it answers. */
export interface Route {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** Its groups are handed to `answer`, decoded. */
  readonly path: RegExp;
  /** One of these; empty: any client. */
  readonly permissions: readonly string[];
  /** All of these, besides. */
  readonly allPermissions?: readonly string[];
  /** No part of the API, as what a pre-signed URL leads to: needs no token and counts against no limit. */
  readonly isOpen?: true;
  readonly answer: (question: Question, ...groups: readonly string[]) => Answer;
}
