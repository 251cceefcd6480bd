import type { IncomingMessage } from 'node:http';
import { createAnalytics, type Conversation } from './analytics';
import type { Client } from './clients';
import { control } from './control';
import { apiError, type Answer } from './errors';
import { applyFault, createFaults, type Fault } from './faults';
import { placeOf, type Place } from './places';
import type { Question } from './question';
import { createRateLimit } from './rate-limit';
import { ask, askOpen, createRoutes } from './routes';
import { createState, type Settings, type State } from './state';
import { createTokens } from './tokens';

export interface RouterOptions extends Partial<Settings> {
  readonly clients: readonly Client[];
  readonly conversations?: readonly Conversation[];
  readonly faults?: readonly Fault[];
  /** Default: the host's clock. */
  readonly nowMs?: () => number;
}

/** What to send, or to leave it hanging or cut it, as a fault asked. */
export interface Outcome {
  readonly answer: Answer | 'hang' | 'cut';
  readonly delayMs: number;
  readonly breaksOff: boolean;
}

const tooLarge = ({ limits, switches }: State): Answer =>
  apiError(switches.tooLargeBody, 'The request is over the size limit. Maximum bytes: {bytes}', {
    params: { bytes: String(limits.bodyBytes) },
  });

const wrongHost = (): Answer => apiError('not.found', 'This host does not serve this path.');

const createParts = (options: RouterOptions) => {
  const nowMs = options.nowMs ?? Date.now;
  const { state, setters } = createState(options);
  const analytics = createAnalytics(
    () => state.unknownIds,
    () => state.lag,
    nowMs,
  );
  analytics.register(options.conversations ?? []);
  return {
    state,
    setters,
    analytics,
    tokens: createTokens(state, nowMs),
    rateLimit: createRateLimit(state, nowMs),
    faults: createFaults(options.faults ?? []),
    routes: createRoutes({ analytics, state, nowMs }),
  };
};

/** Everything behind the ports of one fake. */
export const createRouter = (options: RouterOptions, connections: () => number) => {
  const parts = createParts(options);
  const { state, tokens, rateLimit, faults, routes } = parts;

  const withFault = (path: string, usual: () => Answer): Outcome => {
    const fault = faults.next(path);
    if (!fault) return { answer: usual(), delayMs: 0, breaksOff: false };
    return { answer: applyFault(fault, usual), delayMs: fault.delayMs ?? 0, breaksOff: fault.answer === 'half' };
  };

  const asIs = (answer: Answer): Outcome => ({ answer, delayMs: 0, breaksOff: false });

  /** A fault happens to what the caller may ask: it counts as a request, and its answer has the headers of one. */
  const askApi = (request: IncomingMessage, question: Question, { region }: Place): Outcome => {
    const path = question.url.pathname;
    if (Buffer.byteLength(question.body) > state.limits.bodyBytes) return asIs(tooLarge(state));
    const caller = tokens.authenticate(request, region);
    if ('refusal' in caller) return asIs(caller.refusal);
    const { headers, refusal } = rateLimit(caller.limitOf, path);
    if (refusal) return asIs({ ...refusal, headers: { ...headers, ...refusal.headers } });
    const outcome = withFault(path, () => ask(routes, caller.client, question, state));
    if (typeof outcome.answer === 'string') return outcome;
    return { ...outcome, answer: { ...outcome.answer, headers: { ...headers, ...outcome.answer.headers } } };
  };

  const route = (request: IncomingMessage, body: string, port: Place): Outcome => {
    const url = new URL(request.url ?? '/', `http://${request.headers.host ?? 'localhost'}`);
    const place = placeOf(request.headers.host, port);
    if (url.pathname === '/oauth/token' && request.method === 'POST')
      return place.serves === 'api'
        ? asIs(wrongHost())
        : withFault(url.pathname, () => tokens.issue(request, body, place.region));
    if (place.serves === 'login') return asIs(wrongHost());
    const question = { method: request.method ?? '', url, headers: request.headers, body };
    const isOpen = routes.some((one) => one.isOpen === true && one.method === question.method && one.path.test(url.pathname));
    return isOpen ? withFault(url.pathname, () => askOpen(routes, question) ?? wrongHost()) : askApi(request, question, place);
  };
  return { route, control: control({ ...parts, connections }) };
};
