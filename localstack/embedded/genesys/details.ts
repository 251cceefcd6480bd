import { withNulls } from './absent-fields';
import type { Analytics, Conversation } from './analytics';
import { apiError, type Answer } from './errors';
import { queryDetails } from './query';
import type { Route } from './question';
import type { State } from './state';

/* The three ways to ask for conversation details that exist. */

export interface DetailsBehind {
  readonly analytics: Analytics;
  readonly state: State;
}

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

const tooMany = (max: number, code: State['switches']['tooManyIds']): Answer =>
  code === 'uri-too-long'
    ? { status: 414, text: '', headers: { 'Content-Type': 'text/html' } }
    : apiError(code, 'Expected at most [{max}] ids', { params: { max: String(max) } });

const shown = (conversation: Conversation, { switches }: State): unknown =>
  switches.absentFields === 'null' ? withNulls(conversation) : conversation;

/** The list that both the list of ids and the query answer with. */
const listOf = (conversations: readonly Conversation[], state: State): { readonly conversations?: readonly unknown[] } => {
  if (conversations.length === 0 && state.switches.nothingFound === 'left-out') return {};
  return { conversations: conversations.map((conversation) => shown(conversation, state)) };
};

const notFound = (): Answer => apiError('not.found', 'The requested resource was not found.');

const detailsOfMany = ({ analytics, state }: DetailsBehind, query: URLSearchParams): Answer => {
  const { switches, limits } = state;
  const maxIds = limits.maxIds ?? Number(switches.mostIds);
  const ids = query.getAll('id').flatMap((list) => list.split(',').filter((id) => id !== ''));
  if (ids.length === 0) return apiError('bad.request', 'id is required');
  if (ids.length > maxIds) return tooMany(maxIds, switches.tooManyIds);
  if (switches.malformedId === 'refused' && !ids.every((id) => uuid.test(id)))
    return apiError('bad.request', 'Expected conversation ids to be UUIDs');
  const found = ids.map((id) => analytics.look(id)).filter((conversation) => conversation !== null);
  if (found.length < ids.length && switches.unknownIdInList === 'not-found') return notFound();
  return { status: 200, body: listOf(switches.listOrder === 'as-asked' ? found : found.reverse(), state) };
};

const detailsOfOne = ({ analytics, state }: DetailsBehind, conversationId: string): Answer => {
  const conversation = analytics.look(conversationId);
  return conversation ? { status: 200, body: shown(conversation, state) } : notFound();
};

const permissions = ['analytics:conversationDetail:view', 'analytics:agentConversationDetail:view'];

export const detailRoutes = (behind: DetailsBehind): readonly Route[] => [
  {
    method: 'GET',
    path: /^\/api\/v2\/analytics\/conversations\/details$/,
    permissions,
    answer: ({ url }) => detailsOfMany(behind, url.searchParams),
  },
  {
    method: 'POST',
    path: /^\/api\/v2\/analytics\/conversations\/details\/query$/,
    permissions,
    answer: ({ body }) => {
      const found = queryDetails(behind.analytics, behind.state, body);
      if ('refusal' in found) return found.refusal;
      return { status: 200, body: { ...listOf(found.page, behind.state), totalHits: found.totalHits } };
    },
  },
  {
    method: 'GET',
    path: /^\/api\/v2\/analytics\/conversations\/([^/]+)\/details$/,
    permissions,
    answer: (_, conversationId = '') => detailsOfOne(behind, conversationId),
  },
];
