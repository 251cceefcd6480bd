import { once } from 'node:events';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';

export const isTaken = (error: unknown): boolean => error instanceof Error && 'code' in error && error.code === 'EADDRINUSE';

const listen = async (server: Server, port: number): Promise<void> => {
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
};

/** On the port that is preferred, or on a free one where that is taken. Never reachable from outside. */
export const listenOnLoopback = async (server: Server, port: number): Promise<{ url: string; close: () => Promise<void> }> => {
  await listen(server, port).catch((error: unknown) => {
    if (!isTaken(error)) throw error;
    return listen(server, 0);
  });
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: async () => {
      const closed = once(server, 'close');
      server.close();
      // Long polls would keep it open for their twenty seconds.
      server.closeAllConnections();
      await closed;
    },
  };
};
