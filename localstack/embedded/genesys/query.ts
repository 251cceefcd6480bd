import type { Analytics, Conversation } from './analytics';
import { apiError, type Answer } from './errors';
import { idsIn, passes, problemOf, type Filter } from './query-filter';
import type { State } from './state';

/* The query: what started on the days of an interval and passes the filters, page by page. */

interface Query {
  readonly interval?: unknown;
  readonly conversationFilters?: readonly Filter[];
  readonly order?: string;
  readonly paging?: { readonly pageSize?: number; readonly pageNumber?: number };
  readonly [field: string]: unknown;
}

interface Interval {
  readonly fromMs: number;
  readonly toMs: number;
}

const dayMs = 86_400_000;
const dayOf = (ms: number): number => Math.floor(ms / dayMs);

/** Only conversations that started on a UTC day that the interval, which does not contain its end, touches. */
const isWithin = (conversation: Conversation, { fromMs, toMs }: Interval, { switches }: State): boolean => {
  const startMs = Date.parse(conversation.conversationStart);
  const started = dayOf(startMs);
  const isOnDay = dayOf(fromMs) <= started && started <= dayOf(Math.max(fromMs, toMs - 1));
  if (switches.intervalMeans === 'day-of-start') return isOnDay;
  const endMs = conversation.conversationEnd === undefined ? Infinity : Date.parse(conversation.conversationEnd);
  return isOnDay && startMs < toMs && endMs >= fromMs;
};

const parse = (body: string): Query | null => {
  try {
    const query: unknown = JSON.parse(body);
    return typeof query === 'object' && query !== null ? (query as Query) : null;
  } catch {
    return null;
  }
};

const parseInterval = (interval: string): Interval | null => {
  const [fromMs = NaN, toMs = NaN] = interval.split('/').map((time) => Date.parse(time));
  return Number.isNaN(fromMs) || Number.isNaN(toMs) || toMs < fromMs ? null : { fromMs, toMs };
};

const unknownFilters = ['segmentFilters', 'evaluationFilters', 'surveyFilters', 'resolutionFilters'];

const refuse = (message: string): { readonly refusal: Answer } => ({ refusal: apiError('bad.request', message) });

const pagingOf = ({ paging = {} }: Query, { switches }: State) => {
  const { pageSize = 25, pageNumber = 1 } = paging;
  const isPage = Number.isInteger(pageSize) && Number.isInteger(pageNumber) && pageSize > 0 && pageNumber > 0;
  if (!isPage || (pageSize > 100 && switches.pageOver100 === 'refused')) return null;
  return { pageSize: switches.pageOver100 === 'cut' ? Math.min(pageSize, 100) : pageSize, pageNumber };
};

const ordered = (conversations: readonly Conversation[], order: string): readonly Conversation[] => {
  const keyOf = ({ conversationStart, conversationId }: Conversation): string => `${conversationStart} ${conversationId}`;
  const ascending = [...conversations].sort((one, other) => (keyOf(one) < keyOf(other) ? -1 : 1));
  return order === 'desc' ? ascending.reverse() : ascending;
};

/** While one reads, others come in: every page begins so many places further in front than it should, or further behind. */
const cut = <T>(
  hits: readonly T[],
  { pageSize, pageNumber }: { pageSize: number; pageNumber: number },
  shift: number,
): readonly T[] => {
  const from = Math.max(0, (pageNumber - 1) * (pageSize - shift));
  return hits.slice(from, from + pageSize);
};

const approximate = (hits: number, how: State['switches']['totalHits']): number => {
  if (how === 'equal') return hits;
  return how === 'more' ? hits + 1 + Math.ceil(hits / 10) : Math.max(0, hits - 1 - Math.floor(hits / 10));
};

interface Found {
  readonly page: readonly Conversation[];
  readonly totalHits: number;
}

export const queryDetails = (analytics: Analytics, state: State, body: string): Found | { readonly refusal: Answer } => {
  const query = parse(body);
  if (!query) return refuse('The request could not be understood by the server due to malformed syntax.');
  if (typeof query.interval !== 'string') return refuse('interval is required');
  const interval = parseInterval(query.interval);
  if (!interval) return refuse('Invalid interval');
  if (interval.toMs - interval.fromMs > 31 * dayMs) return refuse('Expected a search interval that does not exceed 31 days');
  const paging = pagingOf(query, state);
  if (!paging) return refuse('Expected paging with a pageSize of 1 to 100 and a pageNumber of 1 or more');
  const unknown = unknownFilters.find((name) => query[name] !== undefined);
  if (unknown !== undefined) return refuse(`the fake knows conversationFilters, not ${unknown}`);
  const filters = query.conversationFilters ?? [];
  const problem = problemOf(filters);
  if (problem !== null) return refuse(problem);
  const asked = idsIn(filters);
  const ids = asked.length > 0 ? new Set(asked) : analytics.known().map(({ conversationId }) => conversationId);
  const hits = [...ids]
    .map((id) => analytics.look(id))
    .filter((conversation) => conversation !== null)
    .filter((conversation) => isWithin(conversation, interval, state) && passes(filters, conversation));
  return {
    page: cut(ordered(hits, query.order ?? 'asc'), paging, state.pageShift),
    totalHits: approximate(hits.length, state.switches.totalHits),
  };
};
