import { randomUUID } from 'node:crypto';
import { apiError, type Answer } from './errors';
import type { Organisation } from './organisation';
import type { Route } from './question';

/**
 * What is described elsewhere and the public API does not list: `POST /api/v2/eventsub/subscription`. What a name that is taken is
 * answered with is not described; here a 409.
 */
const create = ({ described }: Organisation, body: string): Answer => {
  if (!described) return apiError('not.found', 'The requested resource was not found.');
  const asked = JSON.parse(body) as { readonly name: string };
  const isTaken = described.subscriptions.some((each) => (each as typeof asked).name === asked.name);
  if (isTaken) return apiError('bad.request', 'A subscription of that name exists.', { status: 409 });
  described.subscriptions.push(asked);
  return { status: 200, body: { id: randomUUID(), ...asked } };
};

export const eventSubscriptionRoutes = ({
  state,
}: {
  readonly state: { readonly organisation: Organisation };
}): readonly Route[] => [
  {
    method: 'POST',
    path: /^\/api\/v2\/eventsub\/subscription$/,
    permissions: [],
    answer: ({ body }) => create(state.organisation, body),
  },
];
