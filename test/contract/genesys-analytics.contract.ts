import { randomUUID } from 'node:crypto';
import { dayOf, detailsOf, idsOf, withEnd, withId, type AskGenesys, type Ended, type Row } from './genesys-asked';

/* Conversation details: one, many, and by query. */

const sdk = 'MyPureCloud/platform-client-sdk-dotnet';
const blog = 'MyPureCloud/developer-center-blog, 2022-04-21';

const oneEnded = async (genesys: AskGenesys): Promise<Ended> => {
  const [first] = await genesys.subject.ended(genesys);
  if (!first) throw new Error('Expected a conversation that is over, found none. Use an organisation that had one this week.');
  return first;
};

const registered = (id: string, conversationStart: string, conversationEnd: string) => ({
  conversationId: id,
  conversationStart,
  conversationEnd,
});

const day = '2026-01-05T00:00:00.000Z/2026-01-06T00:00:00.000Z';
const many = (count: number) =>
  Array.from({ length: count }, (_, index) =>
    registered(randomUUID(), new Date(Date.UTC(2026, 0, 5, 0, index)).toISOString(), '2026-01-05T23:00:00.000Z'),
  );

export const analyticsRows: readonly Row[] = [
  {
    says: 'details of one conversation are ids, ISO times and lower-case words, without the attributes of its participants',
    verifiedBy: `${sdk} (AnalyticsConversationWithoutAttributes)`,
    proof: async (genesys) => {
      const { conversationId } = await oneEnded(genesys);
      const { status, body } = await genesys.get(`/api/v2/analytics/conversations/${conversationId}/details`);
      expect([status, body?.['conversationId']]).toEqual([200, conversationId]);
      expect(body?.['conversationStart']).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/);
      expect(JSON.stringify(body)).not.toMatch(/"(mediaType|direction|disconnectType|purpose)":"[A-Z]|"attributes":\{/);
    },
  },
  {
    says: 'details of many come in a list',
    verifiedBy: sdk,
    proof: async (genesys) => {
      const ended = await genesys.subject.ended(genesys);
      const ids = ended.map(({ conversationId }) => conversationId).slice(0, 2);
      expect([...idsOf(await genesys.get(detailsOf(...ids)))].sort()).toEqual([...ids].sort());
    },
  },
  {
    says: 'an id that nobody knows is 404 by itself',
    verifiedBy: sdk,
    proof: async ({ get }) => {
      expect((await get(`/api/v2/analytics/conversations/${randomUUID()}/details`)).status).toBe(404);
    },
  },
  {
    says: 'a query needs an interval, and the words of a tutorial are none',
    verifiedBy: sdk,
    proof: async ({ query }) => {
      expect((await query({})).status).toBe(400);
      expect((await query({ dateFrom: '2026-01-05T00:00:00Z', dateTo: '2026-01-06T00:00:00Z', size: 10 })).status).toBe(400);
    },
  },
  {
    says: 'an interval of 31 days is taken, one of more is refused',
    verifiedBy: 'splunk/genesys_cloud_ta (conversations_details_helper.py)',
    proof: async ({ query }) => {
      expect((await query({ interval: '2026-01-01T00:00:00Z/2026-02-01T00:00:00Z' })).status).toBe(200);
      expect((await query({ interval: '2026-01-01T00:00:00Z/2026-02-01T00:00:01Z' })).status).toBe(400);
    },
  },
  {
    says: 'a query finds by id',
    verifiedBy: `${sdk} (ConversationDetailQueryFilter)`,
    proof: async (genesys) => {
      const { conversationId, conversationStart } = await oneEnded(genesys);
      const found = await genesys.query({ interval: dayOf(conversationStart), conversationFilters: withId(conversationId) });
      expect(idsOf(found)).toEqual([conversationId]);
      expect(found.body?.['totalHits']).toEqual(expect.any(Number));
    },
  },
  {
    says: 'a query finds nothing that started on another day',
    verifiedBy: blog,
    proof: async (genesys) => {
      const { conversationId, conversationStart } = await oneEnded(genesys);
      const interval = dayOf(new Date(Date.parse(conversationStart) - 86_400_000).toISOString());
      expect(idsOf(await genesys.query({ interval, conversationFilters: withId(conversationId) }))).toEqual([]);
    },
  },
  {
    says: 'a query for those that have an end finds no other',
    verifiedBy: blog,
    proof: async (genesys) => {
      genesys.subject.script?.control.conversations([
        { conversationId: randomUUID(), conversationStart: '2026-01-05T10:00:00Z' },
      ]);
      const { conversationStart } = await oneEnded(genesys);
      const found = await genesys.query({ interval: dayOf(conversationStart), conversationFilters: withEnd });
      const ended = found.body?.['conversations'] as readonly Ended[];
      expect(ended.length).toBeGreaterThan(0);
      expect(ended.filter(({ conversationEnd }) => !conversationEnd)).toEqual([]);
    },
  },
  {
    says: 'a query answers in the order of the starts, and backwards when asked to',
    verifiedBy: `${sdk} (ConversationQuery.order)`,
    proof: async (genesys) => {
      const { conversationStart } = await oneEnded(genesys);
      for (const order of ['asc', 'desc']) {
        const found = await genesys.query({ interval: dayOf(conversationStart), conversationFilters: withEnd, order });
        const starts = (found.body?.['conversations'] as readonly Ended[]).map((each) => Date.parse(each.conversationStart));
        expect(starts).toEqual([...starts].sort((one, other) => (order === 'asc' ? one - other : other - one)));
      }
    },
  },
  {
    says: 'a query answers 25 to a page, or as many as are asked for, up to 100',
    verifiedBy: `${sdk} (PagingSpec); that 100 are taken: all public code asks for them`,
    needsScript: 'it takes 120 conversations of one day',
    proof: async (genesys) => {
      const all = many(118);
      genesys.subject.script!.control.conversations(all);
      expect(idsOf(await genesys.query({ interval: day }))).toHaveLength(25);
      const pages = [1, 2, 3].map(async (pageNumber) =>
        idsOf(await genesys.query({ interval: day, paging: { pageSize: 100, pageNumber } })),
      );
      const [first = [], second = [], third = []] = await Promise.all(pages);
      expect([first.length, second.length, third.length]).toEqual([100, 20, 0]);
      expect(new Set([...first, ...second]).size).toBe(120);
    },
  },
  {
    says: 'pages shift while one reads: what was read comes again',
    verifiedBy: blog,
    needsScript: 'conversations have to come in meanwhile',
    proof: async (genesys) => {
      const { control } = genesys.subject.script!;
      control.conversations(many(118));
      control.pageShift(3);
      const read = async (pageNumber: number) =>
        idsOf(await genesys.query({ interval: day, paging: { pageSize: 50, pageNumber } }));
      const pages = [await read(1), await read(2), await read(3)];
      expect(pages[1]!.slice(0, 3)).toEqual(pages[0]!.slice(-3));
      expect([pages.flat().length, new Set(pages.flat()).size]).toEqual([126, 120]);
    },
  },
  {
    says: 'analytics lag behind: a conversation is not there, then there without its end, then complete',
    verifiedBy: null,
    needsScript: 'a conversation has to end',
    proof: async ({ subject, get }) => {
      const { control, advance } = subject.script!;
      control.lag({ absentMs: 20_000, incompleteMs: 30_000 });
      const [late] = many(1);
      control.conversations([late!]);
      const seen = async (): Promise<unknown> => (await get(detailsOf(late!.conversationId))).body?.['conversations'];
      expect(await seen()).toEqual([]);
      advance(20_000);
      expect(await seen()).toEqual([{ conversationId: late!.conversationId, conversationStart: late!.conversationStart }]);
      advance(30_000);
      expect(await seen()).toEqual([late]);
    },
  },
];
