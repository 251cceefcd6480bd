import { once } from 'node:events';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { LoopState } from './worker/pulse';

export interface HealthSource {
  readonly loops: () => readonly LoopState[];
  /** It has joined the fleet, polls, and nobody has told it to stop. */
  readonly isReady: () => boolean;
}

export interface HealthServer {
  readonly port: number;
  readonly close: () => Promise<void>;
}

interface Answer {
  readonly status: number;
  readonly body: object;
}

/** Only on loopback: it is the container's own health check that asks. */
const host = '127.0.0.1';
const requestTimeoutMs = 5_000;

const places: Readonly<Record<string, (source: HealthSource) => Answer>> = {
  '/healthz': ({ loops }) => {
    const all = loops();
    const healthy = all.every(({ turns }) => turns);
    return { status: healthy ? 200 : 503, body: { healthy, loops: all } };
  },
  '/readyz': ({ isReady }) => ({ status: isReady() ? 200 : 503, body: { ready: isReady() } }),
};

const answerTo = (source: HealthSource, method: string, url: string): Answer => {
  const place = places[url.replace(/\?.*$/s, '')];
  if (!place) return { status: 404, body: { expected: Object.keys(places) } };
  if (method !== 'GET' && method !== 'HEAD') return { status: 405, body: { expected: ['GET', 'HEAD'] } };
  return place(source);
};

const listener =
  (source: HealthSource): RequestListener =>
  (request, response) => {
    const { method = '', url = '' } = request;
    const { status, body } = answerTo(source, method, url);
    const text = `${JSON.stringify(body)}\n`;
    // Each asks once; a connection kept open would only hold up the stop.
    response.writeHead(status, { 'content-type': 'application/json', 'cache-control': 'no-store', connection: 'close' });
    response.end(method === 'HEAD' ? undefined : text);
  };

/** Rejects where the port cannot be had. Port 0: any that is free. */
export const serveHealth = async (port: number, source: HealthSource): Promise<HealthServer> => {
  const server = createServer({ requestTimeout: requestTimeoutMs, headersTimeout: requestTimeoutMs }, listener(source));
  server.listen(port, host);
  await once(server, 'listening');
  return {
    port: (server.address() as AddressInfo).port,
    close: async () => {
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
};
