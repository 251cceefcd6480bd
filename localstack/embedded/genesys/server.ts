import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Control } from './control';
import type { Answer } from './errors';
import type { Place } from './places';
import { createRouter, type Outcome, type RouterOptions } from './router';

/*
 * A Genesys Cloud that fits into a test: token, conversation details, limits and errors as the real API has them. Its first port is
 * login host and API host in one; each region that is asked for has a port for either. What is not known of the real one is a
 * switch. `/_control` scripts it from outside.
 */

export interface FakeGenesysOptions extends RouterOptions {
  /** Default 0: any free one. */
  readonly port?: number;
  /** Domains of regions, the one of the first port first. */
  readonly regions?: readonly string[];
}

export interface RegionUrls {
  readonly apiUrl: string;
  readonly loginUrl: string;
}

export interface FakeGenesys {
  /** Login host and API host. */
  readonly url: string;
  /** By domain. */
  readonly regions: Readonly<Record<string, RegionUrls>>;
  readonly control: Control;
  readonly close: () => Promise<void>;
}

const readBody = async (request: IncomingMessage): Promise<string> => {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString();
};

const textOf = ({ body, text }: Answer): string => text ?? (body === undefined ? '' : JSON.stringify(body));

const send = (response: ServerResponse, answer: Answer, breaksOff = false): void => {
  const text = Buffer.from(textOf(answer));
  response.writeHead(answer.status, {
    ...(text.length > 0 && { 'Content-Type': 'application/json' }),
    ...(answer.status !== 204 && { 'Content-Length': text.length }),
    'ININ-Correlation-Id': randomUUID(),
    ...answer.headers,
  });
  if (breaksOff) response.write(text.subarray(0, text.length / 2), () => response.destroy());
  else response.end(text);
};

const deliver = ({ answer, delayMs, breaksOff }: Outcome, request: IncomingMessage, response: ServerResponse): void => {
  const now = (): void => {
    if (answer === 'cut') request.socket.destroy();
    else if (answer !== 'hang') send(response, answer, breaksOff);
  };
  if (delayMs > 0) setTimeout(now, delayMs).unref();
  else now();
};

interface Port {
  readonly url: string;
  readonly close: () => Promise<void>;
}

type Handler = (request: IncomingMessage, response: ServerResponse) => Promise<void>;

const listen = async (port: number, handle: Handler, connected: () => void): Promise<Port> => {
  const server = createServer((request, response) => {
    handle(request, response).catch(() => request.socket.destroy());
  });
  server.on('connection', connected);
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: async () => {
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
};

export const startFakeGenesys = async ({ port = 0, regions = [], ...options }: FakeGenesysOptions): Promise<FakeGenesys> => {
  let connections = 0;
  const router = createRouter(options, () => connections);
  const answerAt =
    (place: Place): Handler =>
    async (request, response) => {
      const body = await readBody(request);
      const scripted = router.control.handle(request.method ?? '', request.url ?? '/', body);
      if (scripted) {
        send(response, scripted);
        return;
      }
      const outcome = router.route(request, body, place);
      router.control.note(request, outcome.answer);
      deliver(outcome, request, response);
    };
  const open = (number: number, place: Place): Promise<Port> => listen(number, answerAt(place), () => (connections += 1));
  const main = await open(port, { region: regions[0] ?? 'localhost', serves: 'both' });
  const ofRegions = await Promise.all(
    regions.map(async (region) => {
      const [api, login] = await Promise.all([open(0, { region, serves: 'api' }), open(0, { region, serves: 'login' })]);
      return { region, api, login };
    }),
  );
  const ports = [main, ...ofRegions.flatMap(({ api, login }) => [api, login])];
  return {
    url: main.url,
    regions: Object.fromEntries(ofRegions.map(({ region, api, login }) => [region, { apiUrl: api.url, loginUrl: login.url }])),
    control: router.control,
    close: async () => {
      await Promise.all(ports.map(({ close }) => close()));
    },
  };
};
