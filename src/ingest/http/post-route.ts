import underPressure from '@fastify/under-pressure';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { UnderPressureError } from './framework';
import { createGate } from './gate';
import type { HttpOutside, HttpSettings } from './outside';
import { places } from './places';
import { postSchema } from './post-schema';
import { createPostSteps } from './post-steps';
import { createSenderLimit } from './sender-limit';

/** How far the event loop may fall behind, over a second: posts in hand are bounded already, this is for what else keeps it busy. */
const pressure = { maxEventLoopDelay: 1_000, retryAfter: 2, customError: UnderPressureError };

/** Counts what is answered while somebody is there to read it. */
const createTally = ({ clock, metrics }: Pick<HttpOutside, 'clock' | 'metrics'>) => {
  const startedMs = new WeakMap<FastifyRequest, number>();
  return {
    begin: (request: FastifyRequest): void => void startedMs.set(request, clock.monotonicMs()),
    end: (request: FastifyRequest, { statusCode }: FastifyReply): void => {
      const started = startedMs.get(request);
      if (!request.raw.socket.writable) return;
      metrics.add('PostsAnswered', 1, { status: String(statusCode) });
      if (statusCode === 200 && started !== undefined) metrics.add('PostDelay', clock.monotonicMs() - started);
    },
  };
};

/** The scope must be of its own: its parser takes whatever comes, and its pressure is not that of those who ask for health. */
export const addPostRoute = async (scope: FastifyInstance, outside: HttpOutside, settings: HttpSettings): Promise<void> => {
  const tally = createTally(outside);
  scope.addHook('onRequest', (request, _reply, done) => {
    tally.begin(request);
    done();
  });
  await scope.register(underPressure, pressure);
  const gate = createGate(outside, await createSenderLimit(scope, settings.maxPerSecond));
  const steps = createPostSteps(outside, settings, gate);
  // What it is has been judged before; it is read as it is.
  scope.addContentTypeParser('*', { parseAs: 'buffer', bodyLimit: settings.maxBodyBytes }, (_request, body, done) =>
    done(null, body),
  );
  scope.addHook('onSend', (request, reply, _payload, done) => {
    steps.leave(request);
    tally.end(request, reply);
    done();
  });
  scope.route({
    method: [...places.post.methods],
    url: places.post.path,
    schema: postSchema,
    // The schema is for the document: the body is judged as bytes, its headers one by one.
    validatorCompiler: () => () => true,
    onRequest: steps.admit,
    handler: steps.accept,
  });
};
