import type { IncomingMessage } from 'node:http';
import type { Analytics, Conversation } from './analytics';
import type { Answer } from './errors';
import type { Fault, Faults } from './faults';
import type { Setters } from './state';
import type { Tokens } from './tokens';

/** One request that reached the fake, as a test wants to see it. */
export interface SeenRequest {
  readonly method: string;
  /** Path and query. */
  readonly url: string;
  readonly status: number | 'hang' | 'cut';
}

/**
 * Scripts a running fake, in process or by HTTP: `PUT /_control/<name>` with the argument as JSON for each setter, `GET` for what it
 * has seen. Whatever the state has is set here, besides what follows.
 */
export interface Control extends Setters {
  /** Adds conversations, or registers them anew: their lag starts again. */
  readonly conversations: (conversations: readonly Conversation[]) => void;
  readonly faults: (faults: readonly Fault[]) => void;
  /** Every token issued so far is worthless. */
  readonly revokeTokens: () => void;
  readonly requests: () => readonly SeenRequest[];
  /** How many connections were opened so far. */
  readonly connections: () => number;
  /** For the server: answers a control request, null for any other. */
  readonly handle: (method: string, url: string, body: string) => Answer | null;
  /** For the server: remembers a request. */
  readonly note: (request: IncomingMessage, answer: Answer | 'hang' | 'cut') => void;
}

interface Parts {
  readonly analytics: Analytics;
  readonly tokens: Tokens;
  readonly faults: Faults;
  readonly setters: Setters;
  readonly connections: () => number;
}

/** Enough for any test; a demo that runs for days must not grow. */
const remembered = 10_000;

export const control = ({ analytics, tokens, faults, setters: ofState, connections }: Parts): Control => {
  const seen: SeenRequest[] = [];
  const setters = { ...ofState, conversations: analytics.register, faults: faults.set, revokeTokens: tokens.revokeAll };
  const getters = { requests: () => seen, connections };
  const handle = (method: string, url: string, body: string): Answer | null => {
    const name = /^\/_control\/(\w+)$/.exec(url)?.[1];
    if (name === undefined) return null;
    if (method === 'GET' && Object.hasOwn(getters, name)) return { status: 200, body: getters[name as keyof typeof getters]() };
    if (method !== 'PUT' || !Object.hasOwn(setters, name))
      return { status: 404, body: { expected: [...Object.keys(setters), ...Object.keys(getters)] } };
    const set = setters[name as keyof typeof setters] as (argument: unknown) => void;
    try {
      set(body === '' ? undefined : JSON.parse(body));
    } catch (error) {
      return { status: 400, body: { expected: `a JSON argument for ${name}`, got: String(error) } };
    }
    return { status: 200, body: {} };
  };
  const note = (request: IncomingMessage, answer: Answer | 'hang' | 'cut'): void => {
    if (seen.length >= remembered) seen.shift();
    const status = typeof answer === 'string' ? answer : answer.status;
    seen.push({ method: request.method ?? '', url: request.url ?? '', status });
  };
  return { ...setters, ...getters, handle, note };
};
