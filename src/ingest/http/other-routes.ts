import type { FastifyInstance } from 'fastify';
import type { HttpOutside } from './outside';
import { places } from './places';

const json = (description: string, schema: object) => ({ description, content: { 'application/json': { schema } } });

const flag = (name: string) => ({
  type: 'object',
  required: [name],
  additionalProperties: false,
  properties: { [name]: { type: 'boolean' } },
});

/** For the load balancer, and for who writes a sender. Nobody needs a secret for them, and they tell none. */
export const addOtherRoutes = (app: FastifyInstance, { isReady }: Pick<HttpOutside, 'isReady'>): void => {
  app.get(
    places.health.path,
    { schema: { operationId: 'health', summary: 'The process answers', response: { 200: json('It does.', flag('healthy')) } } },
    () => ({ healthy: true }),
  );
  const ready = flag('ready');
  const answers = { 200: json('It does.', ready), 503: json('Not yet, or no longer.', ready) };
  app.get(
    places.readiness.path,
    { schema: { operationId: 'readiness', summary: 'The door takes posts', response: answers } },
    (_request, reply) => reply.code(isReady() ? 200 : 503).send({ ready: isReady() }),
  );
  let text = '';
  app.get(
    places.document.path,
    {
      schema: {
        operationId: 'document',
        summary: 'This document',
        response: { 200: json('OpenAPI 3.1.', { type: 'object', additionalProperties: true }) },
      },
    },
    (_request, reply) => reply.type('application/json').send((text ||= JSON.stringify(app.swagger()))),
  );
};
