import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createAnalytics, type Conversation, type Lag, type UnknownIds } from './analytics';
import { control, type Control } from './control';
import type { Answer } from './errors';
import { createFaults, type Fault } from './faults';
import { defaultLimits, type Limits } from './limits';
import { createRateLimit } from './rate-limit';
import { ask, createRoutes } from './routes';
import { createTokens, type Client } from './tokens';
import type { Topic } from './topics';

/*
 * A Genesys Cloud that fits into a test: token, conversation details, limits and errors as the real API has them, login host and
 * API host in one. What is not known of the real one is said where it is made up. `/_control` scripts it from outside.
 */

export interface FakeGenesysOptions {
  /** Default 0: any free one. */
  readonly port?: number;
  readonly clients: readonly Client[];
  readonly conversations?: readonly Conversation[];
  /** Default `synthesize`. */
  readonly unknownIds?: UnknownIds;
  /** Notification topics that the organisation is offered; default none. */
  readonly topics?: readonly Topic[];
  readonly lag?: Lag;
  readonly faults?: readonly Fault[];
  readonly limits?: Partial<Limits>;
  /** Default: the host's clock. */
  readonly nowMs?: () => number;
}

export interface FakeGenesys {
  /** Login host and API host. */
  readonly url: string;
  readonly control: Control;
  readonly close: () => Promise<void>;
}

const readBody = async (request: IncomingMessage): Promise<string> => {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString();
};

const send = (response: ServerResponse, answer: Answer): void => {
  response.writeHead(answer.status, {
    'Content-Type': 'application/json',
    'ININ-Correlation-Id': randomUUID(),
    ...answer.headers,
  });
  response.end(JSON.stringify(answer.body));
};

/** Everything behind one origin: answers a request, or null to leave it hanging or cut, as a fault asked. */
const createRouter = (options: FakeGenesysOptions) => {
  const nowMs = options.nowMs ?? Date.now;
  const state = {
    lag: options.lag ?? {},
    unknownIds: options.unknownIds ?? 'synthesize',
    limits: { ...defaultLimits, ...options.limits },
    topics: options.topics ?? [],
  };
  const analytics = createAnalytics(
    () => state.unknownIds,
    () => state.lag,
    nowMs,
  );
  analytics.register(options.conversations ?? []);
  const tokens = createTokens(options.clients, () => state.limits.tokenLifetimeSeconds, nowMs);
  const rateLimit = createRateLimit(() => state.limits.requestsPerMinute, nowMs);
  const faults = createFaults(options.faults ?? []);
  const routes = createRoutes({ analytics, state });

  const askApi = (request: IncomingMessage, url: URL, body: string): Answer => {
    const caller = tokens.authenticate(request);
    if ('refusal' in caller) return caller.refusal;
    const { headers, refusal } = rateLimit(caller.client.id);
    const answer = refusal ?? ask(routes, caller.client, { method: request.method ?? '', url, body });
    return { ...answer, headers: { ...headers, ...answer.headers } };
  };

  const route = (request: IncomingMessage, body: string): Answer | 'hang' | 'cut' => {
    const url = new URL(request.url ?? '/', 'http://localhost');
    const fault = faults.next(url.pathname);
    if (fault) return fault;
    if (url.pathname === '/oauth/token' && request.method === 'POST') return tokens.issue(request, body);
    return askApi(request, url, body);
  };
  return { route, control: control({ analytics, tokens, faults, state }) };
};

export const startFakeGenesys = async (options: FakeGenesysOptions): Promise<FakeGenesys> => {
  const router = createRouter(options);
  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const body = await readBody(request);
    const scripted = router.control.handle(request.method ?? '', request.url ?? '/', body);
    if (scripted) {
      send(response, scripted);
      return;
    }
    const routed = router.route(request, body);
    router.control.note(request, routed);
    if (routed === 'cut') request.socket.destroy();
    else if (routed !== 'hang') send(response, routed);
  };
  const server = createServer((request, response) => {
    answer(request, response).catch(() => request.socket.destroy());
  });
  server.listen(options.port ?? 0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    control: router.control,
    close: async () => {
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
};
