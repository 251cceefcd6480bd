import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export type Handler = (request: IncomingMessage, response: ServerResponse) => void;

/** Answers these, one after the other; the last one for ever. */
export const serve = async (...handlers: readonly [Handler, ...Handler[]]) => {
  let served = 0;
  let connections = 0;
  const server = createServer((request, response) => {
    const handler = handlers[Math.min(served, handlers.length - 1)];
    served += 1;
    handler?.(request, response);
  });
  server.on('connection', () => (connections += 1));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const close = async (): Promise<void> => {
    const closed = once(server, 'close');
    server.close();
    server.closeAllConnections();
    await closed;
  };
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    served: () => served,
    connections: () => connections,
    close,
  };
};

export const answer =
  (status: number, headers: Readonly<Record<string, string>> = {}, body: unknown = {}): Handler =>
  (_, response) =>
    response.writeHead(status, headers).end(JSON.stringify(body));
