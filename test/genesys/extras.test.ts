import { startFakeGenesys, type FakeGenesys, type FakeGenesysOptions } from '../../localstack/embedded/genesys/server';
import { createGenesysClient } from '../../src/genesys/client';
import { genesysParticipants } from '../../src/genesys/participants';
import { genesysSentiment } from '../../src/genesys/sentiment';
import { anOutside } from './outside';

const client = { id: 'client-1', secret: 'canary-secret-3307' };
/** These two need none. */
const noDetails = { kind: 'absent' } as const;
let genesys: FakeGenesys;

afterEach(() => genesys.close());

const start = async (options: Partial<FakeGenesysOptions> = {}, timeoutMs = 10_000) => {
  const { outside, clock, lines } = anOutside(client.id, client.secret);
  genesys = await startFakeGenesys({ clients: [client], nowMs: clock.nowMs, unknownIds: 'absent', ...options });
  const settings = { apiUrl: genesys.url, loginUrl: genesys.url, timeoutMs, retryDelayMs: () => 0 };
  const api = createGenesysClient(settings, outside);
  return { participants: genesysParticipants(api), sentiment: genesysSentiment(api), lines };
};

const participant = (id: string, attributes: Record<string, string>, purpose = 'customer') => ({ id, purpose, attributes });

test('attributes are handed on under the keys they were set by, participant by participant', async () => {
  const attributes = { ' language ': 'es-US', ANI: '+15550100', 'LLM (AW) question': '', ['__proto__']: 'x' };
  const live = [{ id: 'c-1', participants: [participant('p-1', attributes), participant('p-2', {}, 'agent')] }];
  const { participants } = await start({ live });
  const answer = await participants.fetch('c-1', 'live', noDetails);
  expect(answer).toEqual({
    kind: 'found',
    value: { participants: [{ participantId: 'p-1', purpose: 'customer', attributes }], truncated: false },
  });
});

test('whatever else stands among the attributes costs the others nothing', async () => {
  const odd = [null, 7, { id: null, attributes: { a: 'b' } }, { id: 'p-1', attributes: null }, { id: 'p-2', attributes: [1] }];
  const mixed = { id: 'p-3', purpose: null, attributes: { n: 7, yes: true, none: null, deep: { a: 1 }, text: 't' } };
  const { participants } = await start({ live: [{ id: 'c-1', participants: [...odd, mixed] as never }] });
  expect(await participants.fetch('c-1', 'live', noDetails)).toEqual({
    kind: 'found',
    value: {
      participants: [{ participantId: 'p-3', purpose: null, attributes: { n: '7', yes: 'true', text: 't' } }],
      truncated: false,
    },
  });
});

test('attributes over 64 KiB are left out whole, always the same ones, and it is said', async () => {
  const attributes = { a: 'x'.repeat(40_000), b: 'y'.repeat(40_000), c: 'small' };
  const { participants } = await start({ live: [{ id: 'c-1', participants: [participant('p-1', attributes)] }] });
  expect(await participants.fetch('c-1', 'live', noDetails)).toEqual({
    kind: 'found',
    value: {
      participants: [{ participantId: 'p-1', purpose: 'customer', attributes: { a: attributes.a, c: 'small' } }],
      truncated: true,
    },
  });
});

test('a sentiment is score and trend, with what else is a number', async () => {
  const sentimentScore = -0.4;
  const { sentiment } = await start({
    sentiments: {
      'c-1': {
        conversation: { id: 'c-1', selfUri: '/api/v2/conversations/c-1' },
        sentimentScore,
        sentimentTrend: 0.2,
        sentimentTrendClass: 'Improving',
        participantMetrics: { agentDurationPercentage: 40, overtalkCount: 2, note: 'canary-note' },
      },
      short: { sentimentScore, sentimentTrend: null, sentimentTrendClass: 'NotCalculated', participantMetrics: null },
      unheard: { sentimentScore: null, participantMetrics: {} },
    },
  });
  expect(await sentiment.fetch('c-1', 'live', noDetails)).toEqual({
    kind: 'found',
    value: {
      score: -0.4,
      trend: 0.2,
      trendClass: 'Improving',
      participantMetrics: { agentDurationPercentage: 40, overtalkCount: 2 },
    },
  });
  expect(await sentiment.fetch('short', 'live', noDetails)).toMatchObject({ kind: 'found', value: { score: -0.4, trend: null } });
  expect(await sentiment.fetch('unheard', 'live', noDetails)).toEqual({ kind: 'absent' });
});

describe.each(['participants', 'sentiment'] as const)('%s', (name) => {
  test.each(['error', 'nothing'] as const)('a conversation that is not there is absent (404 with %s)', async (notFoundBody) => {
    const extras = await start({ switches: { notFoundBody } });
    expect(await extras[name].fetch('c-1', 'live', noDetails)).toEqual({ kind: 'absent' });
  });

  test('a missing permission is refused by its name, and nothing is asked for an id that would be another call', async () => {
    const extras = await start({ clients: [{ ...client, permissions: [] }] });
    expect(await extras[name].fetch('c-1', 'live', noDetails)).toMatchObject({
      kind: 'refused',
      why: expect.stringContaining(
        name === 'sentiment' ? 'speechAndTextAnalytics:data:view' : 'conversation:communication:view',
      ) as string,
    });
    const before = genesys.control.requests().length;
    for (const id of ['..', '.', '', 'a/b', 'a?b', 'a%2fb', 'x'.repeat(101)])
      expect(await extras[name].fetch(id, 'live', noDetails)).toMatchObject({ kind: 'refused' });
    expect(genesys.control.requests()).toHaveLength(before);
  });

  test.each([[429], [503], ['hang'], ['cut'], ['html'], ['broken-json'], ['half']] as const)(
    'an answer of %s is a matter of time',
    async (fault) => {
      const extras = await start({ unknownIds: 'synthesize' }, 200);
      genesys.control.faults([{ answer: fault, times: 3 }]);
      expect(await extras[name].fetch('c-1', 'live', noDetails)).toMatchObject({ kind: 'unavailable' });
      genesys.control.faults([]);
    },
  );

  test.each(['empty', 'list', 'huge'] as const)('an answer that is %s never rejects', async (fault) => {
    const extras = await start({ unknownIds: 'synthesize' });
    genesys.control.faults([{ answer: fault }]);
    expect(['absent', 'refused', 'unavailable']).toContain((await extras[name].fetch('c-1', 'live', noDetails)).kind);
  });
});

test('no attribute is in a log line', async () => {
  const { participants, lines } = await start({
    live: [{ id: 'c-1', participants: [participant('p-1', { a: 'canary-8841' })] }],
  });
  await participants.fetch('c-1', 'live', noDetails);
  expect(lines.length).toBeGreaterThan(0);
  expect(lines.join()).not.toContain('canary');
});
