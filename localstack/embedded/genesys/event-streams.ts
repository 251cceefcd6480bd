import { randomUUID } from 'node:crypto';
import { apiError, type Answer } from './errors';
import type { Organisation } from './organisation';
import type { Route } from './question';

/** What is described elsewhere and the public API does not list: `POST /api/v2/eventstreams`, where a name that is taken is a 409. */
const create = ({ described }: Organisation, body: string): Answer => {
  if (!described) return apiError('not.found', 'The requested resource was not found.');
  const asked = JSON.parse(body) as { readonly name: string };
  const isTaken = described.eventStreams.some((each) => (each as typeof asked).name === asked.name);
  if (isTaken) return apiError('bad.request', 'An event stream of that name exists.', { status: 409 });
  described.eventStreams.push(asked);
  return { status: 200, body: { id: randomUUID(), ...asked } };
};

export const eventStreamRoutes = ({ state }: { readonly state: { readonly organisation: Organisation } }): readonly Route[] => [
  { method: 'POST', path: /^\/api\/v2\/eventstreams$/, permissions: [], answer: ({ body }) => create(state.organisation, body) },
];
