import type { Analytics, Conversation } from './analytics';
import { apiError, type Answer } from './errors';
import type { Route } from './question';
import type { State } from './state';

/* The three ways to ask for conversation details that exist. */

const detailsOfMany = (analytics: Analytics, query: URLSearchParams, maxIds: number): Answer => {
  const ids = (query.get('id') ?? '').split(',').filter((id) => id !== '');
  if (ids.length === 0) return apiError('bad.request', 'id is required');
  // Unverified: how many ids are too many, and the code of the refusal.
  if (ids.length > maxIds) return apiError('bad.request', 'Expected at most [{max}] ids', { params: { max: String(maxIds) } });
  const conversations = ids.map((id) => analytics.look(id)).filter((conversation) => conversation !== null);
  return { status: 200, body: { conversations } };
};

const detailsOfOne = (analytics: Analytics, conversationId: string): Answer => {
  const conversation = analytics.look(conversationId);
  return conversation ? { status: 200, body: conversation } : apiError('not.found', 'The requested resource was not found.');
};

interface Query {
  readonly interval?: unknown;
  readonly conversationFilters?: readonly {
    readonly predicates?: readonly { readonly dimension?: string; readonly value?: string }[];
  }[];
  readonly paging?: { readonly pageSize?: number; readonly pageNumber?: number };
}

const dayMs = 86_400_000;
const dayOf = (ms: number): number => Math.floor(ms / dayMs);

/** Only conversations that started on a UTC day that the interval touches. */
const startedWithin = (conversation: Conversation, from: number, to: number): boolean => {
  const started = dayOf(Date.parse(conversation.conversationStart));
  return dayOf(from) <= started && started <= dayOf(to);
};

const wantedIds = (query: Query): readonly string[] | null => {
  const predicates = (query.conversationFilters ?? []).flatMap((filter) => filter.predicates ?? []);
  const ids = predicates.filter(({ dimension }) => dimension === 'conversationId').map(({ value }) => value ?? '');
  return predicates.length === 0 ? null : ids;
};

const parseQuery = (body: string): Query | null => {
  try {
    const query: unknown = JSON.parse(body);
    return typeof query === 'object' && query !== null ? query : null;
  } catch {
    return null;
  }
};

/** The query, as far as conversation ids and pages go. */
const queryDetails = (analytics: Analytics, body: string): Answer => {
  const query = parseQuery(body);
  if (!query) return apiError('bad.request', 'The request could not be understood by the server due to malformed syntax.');
  if (typeof query.interval !== 'string') return apiError('bad.request', 'interval is required');
  const [from = NaN, to = NaN] = query.interval.split('/').map((time) => Date.parse(time));
  if (Number.isNaN(from) || Number.isNaN(to) || to < from) return apiError('bad.request', 'Invalid interval');
  if (to - from > 31 * dayMs) return apiError('bad.request', 'Expected a search interval that does not exceed 31 days');
  const { pageSize = 25, pageNumber = 1 } = query.paging ?? {};
  const ids = wantedIds(query) ?? analytics.known().map(({ conversationId }) => conversationId);
  const hits = ids
    .map((id) => analytics.look(id))
    .filter((conversation) => conversation !== null)
    .filter((conversation) => startedWithin(conversation, from, to));
  const page = hits.slice((pageNumber - 1) * pageSize, pageNumber * pageSize);
  return { status: 200, body: { conversations: page, totalHits: hits.length } };
};

const permissions = ['analytics:conversationDetail:view', 'analytics:agentConversationDetail:view'];

interface Behind {
  readonly analytics: Analytics;
  readonly state: State;
}

export const detailRoutes = ({ analytics, state }: Behind): readonly Route[] => [
  {
    method: 'GET',
    path: /^\/api\/v2\/analytics\/conversations\/details$/,
    permissions,
    answer: ({ url }) => detailsOfMany(analytics, url.searchParams, state.limits.maxIds ?? Number(state.switches.mostIds)),
  },
  {
    method: 'POST',
    path: /^\/api\/v2\/analytics\/conversations\/details\/query$/,
    permissions,
    answer: ({ body }) => queryDetails(analytics, body),
  },
  {
    method: 'GET',
    path: /^\/api\/v2\/analytics\/conversations\/([^/]+)\/details$/,
    permissions,
    answer: (_, conversationId = '') => detailsOfOne(analytics, conversationId),
  },
];
