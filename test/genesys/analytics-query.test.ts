import type { Conversation } from '../../localstack/embedded/genesys/analytics';
import { startFakeGenesys, type FakeGenesys, type FakeGenesysOptions } from '../../localstack/embedded/genesys/server';
import type { EndedPage } from '../../src/core/genesys-answers';
import { genesysEndedConversations } from '../../src/genesys/analytics-query';
import { createGenesysClient } from '../../src/genesys/client';
import { anOutside } from './outside';

const client = { id: 'client-1', secret: 'secret-1' };
const hour = 3_600_000;
const upToMs = Date.UTC(2026, 2, 10, 12);
const slice = { afterMs: upToMs - 6 * hour, upToMs };
const iso = (ms: number): string => new Date(ms).toISOString();

let genesys: FakeGenesys;
afterEach(() => genesys.close());

const start = async (conversations: readonly Conversation[], options: Partial<FakeGenesysOptions> = {}) => {
  const { outside, clock } = anOutside(client.id, client.secret);
  genesys = await startFakeGenesys({ clients: [client], nowMs: clock.nowMs, conversations, unknownIds: 'absent', ...options });
  const settings = { apiUrl: genesys.url, loginUrl: genesys.url, timeoutMs: 10_000, retryDelayMs: () => 0 };
  const ended = genesysEndedConversations(createGenesysClient(settings, outside));
  const queries = () => genesys.control.requests().filter(({ url }) => url.endsWith('/query'));
  return { ended, queries };
};

const lasting = (id: string, fromMs: number, toMs: number | null): Conversation => ({
  conversationId: id,
  conversationStart: iso(fromMs),
  ...(toMs !== null && { conversationEnd: iso(toMs) }),
});

const pagesOf = async (pages: AsyncIterable<EndedPage>): Promise<readonly EndedPage[]> => {
  const all: EndedPage[] = [];
  for await (const page of pages) all.push(page);
  return all;
};

const idsIn = (pages: readonly EndedPage[]): readonly string[] =>
  pages.flatMap((page) => (page.kind === 'page' ? page.conversations.map(({ conversationId }) => conversationId as string) : []));

const many = (count: number): readonly Conversation[] =>
  Array.from({ length: count }, (_, index) =>
    lasting(`c-${String(index).padStart(4, '0')}`, slice.afterMs - hour + index * 1_000, slice.afterMs + 1 + index),
  );

test('those that ended within the slice are found, however long before it they began, and no others', async () => {
  const { ended } = await start([
    lasting('just after', slice.afterMs - hour, slice.afterMs + 1),
    lasting('at its end', upToMs - hour, upToMs),
    lasting('begun two days before', slice.afterMs - 48 * hour, upToMs - hour),
    lasting('at its beginning', slice.afterMs - hour, slice.afterMs),
    lasting('after it', upToMs - hour, upToMs + 1),
    lasting('not over', upToMs - hour, null),
    lasting('long over', slice.afterMs - 30 * hour, slice.afterMs - 20 * hour),
  ]);
  expect([...idsIn(await pagesOf(ended.endedWithin(slice)))].sort()).toEqual([
    'at its end',
    'begun two days before',
    'just after',
  ]);
});

test('the same where Genesys finds only what overlaps an interval', async () => {
  const { ended } = await start([lasting('a', slice.afterMs - 40 * hour, upToMs - hour), lasting('b', upToMs - hour, upToMs)], {
    switches: { intervalMeans: 'day-of-start-and-overlap' },
  });
  expect([...idsIn(await pagesOf(ended.endedWithin(slice)))].sort()).toEqual(['a', 'b']);
});

test.each([0, 1, 3])(
  'pages are read to the end while %s conversations come in for each, and none is said twice',
  async (shift) => {
    const all = many(250);
    const { ended } = await start(all);
    genesys.control.pageShift(shift);
    const ids = idsIn(await pagesOf(ended.endedWithin(slice)));
    expect(new Set(ids).size).toBe(250);
    expect(ids).toHaveLength(250);
  },
);

test('a page that Genesys could not answer is asked for again, as often as the caller wants one more', async () => {
  const { ended } = await start(many(3));
  genesys.control.faults([{ answer: 429, times: 2, retryAfterSeconds: 30 }]);
  const pages = await pagesOf(ended.endedWithin(slice));
  expect(pages.slice(0, 2)).toMatchObject([{ kind: 'unavailable', retryAfterMs: 30_000 }, { kind: 'unavailable' }]);
  expect(idsIn(pages)).toHaveLength(3);
});

test('after a refusal there is nothing more, and it names the permission', async () => {
  const { ended, queries } = await start(many(3), { clients: [{ ...client, permissions: [] }] });
  const pages = await pagesOf(ended.endedWithin(slice));
  expect(pages).toMatchObject([{ kind: 'refused', why: expect.stringContaining('analytics:conversationDetail:view') as string }]);
  expect(queries()).toHaveLength(1);
});
