import type { EndedPage, Refused } from '../core/genesys-answers';
import { isObject, type JsonObject, objectsIn, textOrNull } from '../core/json';
import { conversationEndMs } from '../core/reconciliation/facts';
import { intervalsOf, type Slice } from '../core/reconciliation/slice';
import type { EndedConversations } from '../ports-reconciliation';
import type { ApiAnswer, ApiRequest, GenesysClient } from './client';

const largestPage = 100;
/** Far more than a day has. A host that ignores page numbers would be asked for ever. */
const mostPages = 10_000;

interface Page {
  readonly interval: string;
  readonly size: number;
  readonly number: number;
}

const askFor = ({ interval, size, number }: Page): ApiRequest => ({
  method: 'POST',
  onlyReads: true,
  path: '/api/v2/analytics/conversations/details/query',
  json: {
    interval,
    // What begins while we read comes last, and shifts no page that we have yet to read.
    order: 'asc',
    orderBy: 'conversationStart',
    paging: { pageSize: size, pageNumber: number },
    conversationFilters: [{ type: 'and', predicates: [{ type: 'dimension', dimension: 'conversationEnd', operator: 'exists' }] }],
  },
  permission: 'analytics:conversationDetail:view',
  resource: 'query',
  purpose: 'reconciliation',
});

type Unacceptable = Extract<ApiAnswer, { kind: 'unacceptable' }>;

const isTooLarge = ({ status, code }: Unacceptable): boolean =>
  status === null || status === 413 || code === 'response.entity.too.large';

/** From the same place on, or a little before it. */
const halved = ({ interval, size, number }: Page): Page => {
  const half = Math.floor(size / 2);
  return { interval, size: half, number: Math.floor(((number - 1) * size) / half) + 1 };
};

const refusedFor = ({ why }: Unacceptable): Refused => ({
  kind: 'refused',
  why: `expected a page of conversations, ${why}`,
});

/**
 * One interval to its end. Pages shift while they are read, and the number of hits is approximate (Genesys says both): only a page
 * without anything is the last one. A short one may merely hide what the client's divisions do not show.
 */
async function* pagesOf(client: GenesysClient, interval: string): AsyncGenerator<EndedPage> {
  let page: Page = { interval, size: largestPage, number: 1 };
  while (page.number <= mostPages) {
    const answer = await client.send(askFor(page));
    if (answer.kind === 'unacceptable' && isTooLarge(answer) && page.size > 1) {
      page = halved(page);
      continue;
    }
    if (answer.kind === 'unacceptable' || answer.kind === 'refused') {
      yield answer.kind === 'refused' ? answer : refusedFor(answer);
      return;
    }
    if (answer.kind === 'unavailable') {
      yield answer;
      continue;
    }
    const conversations = isObject(answer.body) ? objectsIn(answer.body['conversations']) : [];
    if (conversations.length === 0) return;
    yield { kind: 'page', conversations };
    page = { ...page, number: page.number + 1 };
  }
  yield { kind: 'refused', why: `expected at most ${mostPages} pages for ${interval}, there are more` };
}

/** Those that ended within the slice and were not seen before. */
const sift = ({ afterMs, upToMs }: Slice) => {
  const seen = new Set<string>();
  return (conversation: JsonObject): boolean => {
    const id = textOrNull(conversation['conversationId']);
    const endMs = conversationEndMs(conversation);
    if (id === null || endMs === null || endMs <= afterMs || endMs > upToMs || seen.has(id)) return false;
    seen.add(id);
    return true;
  };
};

export const genesysEndedConversations = (client: GenesysClient): EndedConversations => ({
  endedWithin: async function* (slice) {
    const isWanted = sift(slice);
    for (const interval of intervalsOf(slice))
      for await (const page of pagesOf(client, interval)) {
        yield page.kind === 'page' ? { ...page, conversations: page.conversations.filter(isWanted) } : page;
        if (page.kind === 'refused') return;
      }
  },
});
