import swagger from '@fastify/swagger';
import { fastify, type FastifyInstance } from 'fastify';
import { type Connections, watchConnections } from './connections';
import { clientErrorAnswerer } from './client-errors';
import { answerNowhere, errorAnswerer } from './framework';
import { addOtherRoutes } from './other-routes';
import type { HttpOutside, HttpSettings } from './outside';
import { addPostRoute } from './post-route';
import { securitySchemes } from './post-schema';

/** Longer than a load balancer's, 60 s: else it sends a post into a connection that we just closed. */
const keepAliveMs = 75_000;
const maxHeaderBytes = 16 * 1024;

/** Node looks this often for who takes too long. */
const checkEveryMs = (timeoutMs: number): number => Math.min(1_000, Math.ceil(timeoutMs / 10));

const limitsOf = ({ timeoutMs }: HttpSettings) => ({
  requestTimeout: timeoutMs,
  keepAliveTimeout: keepAliveMs,
  // For who reads no answer. A body and then the queue may each take so long without a word on the connection.
  connectionTimeout: 2 * timeoutMs + keepAliveMs,
  http: { headersTimeout: timeoutMs, connectionsCheckingInterval: checkEveryMs(timeoutMs), maxHeaderSize: maxHeaderBytes },
});

const document = (version: string) => ({
  openapi: {
    openapi: '3.1.0',
    info: { title: 'Tidemark, ingest over HTTP', version, license: { name: 'Apache-2.0', identifier: 'Apache-2.0' } },
    components: { securitySchemes },
  },
});

export interface App {
  readonly app: FastifyInstance;
  readonly connections: Connections;
}

/** The server with all its places, not listening yet. */
export const createApp = async (outside: HttpOutside, settings: HttpSettings): Promise<App> => {
  const { log, metrics, version } = outside;
  const answerError = errorAnswerer(log, settings.maxBodyBytes);
  const app: FastifyInstance = fastify({
    ...limitsOf(settings),
    logger: false,
    // Who is on a connection that was open already is answered as before, and told to go.
    return503OnClosing: false,
    frameworkErrors: (error, request, reply) => void answerError(error, request, reply),
    clientErrorHandler: clientErrorAnswerer(metrics, () => connections),
  });
  const connections = watchConnections(app.server);
  // Whoever expects more than HTTP promises gets what it promises.
  app.server.on('checkExpectation', (request, response) => app.server.emit('request', request, response));
  // Where no body is expected none is read.
  app.removeAllContentTypeParsers();
  app.addHook('onSend', (request, reply, _payload, done) => {
    // A sender whose address is misspelt shows nowhere else.
    if (request.is404 && request.method === 'POST') metrics.add('PostsAnswered', 1, { status: String(reply.statusCode) });
    void reply.header('cache-control', 'no-store');
    if (connections.isClosing()) void reply.header('connection', 'close');
    done();
  });
  app.setNotFoundHandler(answerNowhere);
  app.setErrorHandler(answerError);
  await app.register(swagger, document(version));
  addOtherRoutes(app, outside);
  await app.register((scope) => addPostRoute(scope, outside, settings));
  await app.ready();
  return { app, connections };
};
