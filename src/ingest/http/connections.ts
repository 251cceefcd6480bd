import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';

interface Exchange {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
}

const isUnderWay = ({ request, response }: Exchange): boolean => !request.complete || !response.writableFinished;

/** What is under way on each connection: who may be answered past fastify, and who has nothing to wait for. */
export const watchConnections = (server: Server) => {
  const exchanges = new Map<Socket, readonly Exchange[]>();
  const on = (socket: Socket): readonly Exchange[] => (exchanges.get(socket) ?? []).filter(isUnderWay);
  let isClosing = false;
  server.on('connection', (socket) => {
    // It had connected just before nobody could any more.
    if (isClosing) socket.destroy();
    exchanges.set(socket, []);
    socket.once('close', () => exchanges.delete(socket));
  });
  server.on('request', (request, response) => {
    exchanges.set(request.socket, [...on(request.socket), { request, response }]);
  });
  return {
    /**
     * What a bare answer on this connection would be taken for the answer to: null for a request whose head could not be read. `nothing`: to
     * one that came whole and is yet to be answered, or was answered already; such an answer would be a lie.
     */
    failing: (socket: Socket): IncomingMessage | null | 'nothing' => {
      const [first, ...others] = on(socket);
      if (!first) return null;
      const isAwaited = others.length === 0 && !first.request.complete && !first.response.headersSent;
      return isAwaited ? first.request : 'nothing';
    },
    isClosing: (): boolean => isClosing,
    /** Ends those on which nobody waits for an answer, and any that is to come. The server itself ends only those that asked something before. */
    close: (): void => {
      isClosing = true;
      for (const socket of exchanges.keys()) if (on(socket).length === 0) socket.destroy();
    },
  };
};

export type Connections = ReturnType<typeof watchConnections>;
