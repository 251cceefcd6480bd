/** Why a post is not accepted, each a problem type (RFC 9457) of its own. A closed set: senders may rely on it. */
export const problems = {
  'not-http': { status: 400, title: 'The request is no HTTP' },
  'not-json': { status: 400, title: 'The body is no JSON' },
  'not-text': { status: 400, title: 'The body holds what a message cannot carry' },
  'bad-header': { status: 400, title: 'A header cannot be used' },
  'too-deep': { status: 400, title: 'The body nests too deep' },
  unauthenticated: { status: 401, title: 'The sender did not prove itself' },
  'not-found': { status: 404, title: 'There is no such place' },
  'wrong-method': { status: 405, title: 'The place does not take this method' },
  'too-slow': { status: 408, title: 'The body did not come in time' },
  'too-large': { status: 413, title: 'The body is too large' },
  'wrong-content-type': { status: 415, title: 'The body is not of a type that is taken' },
  'unknown-envelope': { status: 422, title: 'The body is no envelope that is known' },
  'too-many': { status: 429, title: 'The sender posts too often' },
  'headers-too-large': { status: 431, title: 'The headers are too large' },
  internal: { status: 500, title: 'The post failed for a reason of ours' },
  unavailable: { status: 503, title: 'The post cannot be taken now' },
} as const satisfies Record<string, { readonly status: number; readonly title: string }>;

export type ProblemName = keyof typeof problems;

/** Of a post that can never be accepted. `detail` says what was expected and what came, in kinds and numbers: nothing of the post. */
export interface Refusal {
  readonly problem: ProblemName;
  readonly detail: string;
}

/** An identifier, no address: there is nothing to fetch. */
export const problemType = (name: ProblemName): string => `urn:tidemark:problem:${name}`;
