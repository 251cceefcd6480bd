import type { AddressInfo } from 'node:net';
import { createApp } from './app';
import type { HttpOutside, HttpSettings } from './outside';

export interface IngestServer {
  readonly port: number;
  /** No new connections; what is under way is answered, its connections are told to close. Resolves when none is left. */
  readonly close: () => Promise<void>;
}

/** Rejects where the address cannot be had. */
export const serveIngest = async (outside: HttpOutside, settings: HttpSettings): Promise<IngestServer> => {
  const { app, connections } = await createApp(outside, settings);
  await app.listen({ host: settings.host, port: settings.port });
  return {
    port: (app.server.address() as AddressInfo).port,
    close: async () => {
      const closed = new AbortController();
      const closing = app.close().finally(() => closed.abort());
      connections.close();
      // Node no longer looks for slow bodies once it closes. A body and then the queue may each take so long.
      void outside.clock.sleep(2 * settings.timeoutMs, closed.signal).then(() => app.server.closeAllConnections());
      await closing;
    },
  };
};
