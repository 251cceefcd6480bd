import type { IncomingMessage } from 'node:http';
import type { Analytics, Conversation, Lag, UnknownIds } from './analytics';
import type { Answer } from './errors';
import type { Fault, Faults } from './faults';
import type { Limits } from './limits';
import type { Tokens } from './tokens';
import type { Topic } from './topics';

/** One request that reached the fake, as a test wants to see it. */
export interface SeenRequest {
  readonly method: string;
  /** Path and query. */
  readonly url: string;
  readonly status: number | 'hang' | 'cut';
}

/**
 * Scripts a running fake, in process or by HTTP: `PUT /_control/<name>` with the argument as JSON for each setter,
 * `GET /_control/requests` for what it has seen.
 */
export interface Control {
  /** Adds conversations, or registers them anew: their lag starts again. */
  readonly conversations: (conversations: readonly Conversation[]) => void;
  readonly lag: (lag: Lag) => void;
  readonly faults: (faults: readonly Fault[]) => void;
  readonly limits: (limits: Partial<Limits>) => void;
  readonly unknownIds: (unknownIds: UnknownIds) => void;
  /** All notification topics that the organisation is offered. */
  readonly topics: (topics: readonly Topic[]) => void;
  /** Every token issued so far is worthless. */
  readonly revokeTokens: () => void;
  readonly requests: () => readonly SeenRequest[];
  /** For the server: answers a control request, null for any other. */
  readonly handle: (method: string, url: string, body: string) => Answer | null;
  /** For the server: remembers a request. */
  readonly note: (request: IncomingMessage, answer: Answer | 'hang' | 'cut') => void;
}

interface Parts {
  readonly analytics: Analytics;
  readonly tokens: Tokens;
  readonly faults: Faults;
  readonly state: { lag: Lag; unknownIds: UnknownIds; limits: Limits; topics: readonly Topic[] };
}

/** Enough for any test; a demo that runs for days must not grow. */
const remembered = 10_000;

export const control = ({ analytics, tokens, faults, state }: Parts): Control => {
  const seen: SeenRequest[] = [];
  const setters = {
    conversations: analytics.register,
    lag: (lag: Lag) => void (state.lag = lag),
    faults: faults.set,
    limits: (limits: Partial<Limits>) => void (state.limits = { ...state.limits, ...limits }),
    unknownIds: (unknownIds: UnknownIds) => void (state.unknownIds = unknownIds),
    topics: (topics: readonly Topic[]) => void (state.topics = topics),
    revokeTokens: tokens.revokeAll,
  };
  const handle = (method: string, url: string, body: string): Answer | null => {
    const name = /^\/_control\/(\w+)$/.exec(url)?.[1];
    if (name === undefined) return null;
    if (method === 'GET' && name === 'requests') return { status: 200, body: seen };
    if (method !== 'PUT' || !Object.hasOwn(setters, name)) return { status: 404, body: { expected: Object.keys(setters) } };
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
  return { ...setters, requests: () => seen, handle, note };
};
