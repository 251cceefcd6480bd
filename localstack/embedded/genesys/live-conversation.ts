import type { UnknownIds } from './analytics';
import { apiError, type Answer } from './errors';
import type { Route } from './question';

/** A conversation as the live API answers it, and answers it for a while after its end: unlike analytics, with attributes. */
export interface LiveConversation {
  readonly id: string;
  readonly participants: readonly {
    readonly id: string;
    readonly purpose: string;
    readonly attributes: Readonly<Record<string, string>>;
    readonly [field: string]: unknown;
  }[];
  readonly [field: string]: unknown;
}

interface State {
  readonly live: readonly LiveConversation[];
  readonly unknownIds: UnknownIds;
}

const synthesizeLive = (id: string): LiveConversation => ({
  id,
  participants: [
    { id: `${id}-customer`, purpose: 'customer', attributes: { 'Customer Tier': 'gold', ' language': 'en-US' } },
    { id: `${id}-agent`, purpose: 'agent', attributes: {} },
  ],
});

const answerOf = ({ live, unknownIds }: State, conversationId: string): Answer => {
  const known =
    live.find(({ id }) => id === conversationId) ?? (unknownIds === 'synthesize' ? synthesizeLive(conversationId) : null);
  return known ? { status: 200, body: known } : apiError('not.found', 'The requested resource was not found.');
};

export const liveConversationRoutes = ({ state }: { readonly state: State }): readonly Route[] => [
  {
    method: 'GET',
    path: /^\/api\/v2\/conversations\/([^/]+)$/,
    permissions: ['conversation:communication:view'],
    answer: (_, conversationId = '') => answerOf(state, conversationId),
  },
];
