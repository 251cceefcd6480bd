import { synthesize } from '../../localstack/embedded/genesys/analytics';
import { startFakeGenesys, type FakeGenesys, type FakeGenesysOptions } from '../../localstack/embedded/genesys/server';
import { createGenesysClient, type ApiAnswer, type ApiRequest } from '../../src/genesys/client';
import { genesysConversations } from '../../src/genesys/conversations';
import { anOutside } from './outside';

const client = { id: 'client-1', secret: 'canary-secret-3307' };
let genesys: FakeGenesys;

afterEach(() => genesys.close());

const start = async (
  options: Partial<FakeGenesysOptions> = {},
  settings: { secret?: string; batchSize?: number; largestAnswerBytes?: number } = {},
) => {
  const { outside, clock, lines, counted } = anOutside(client.id, settings.secret ?? client.secret);
  genesys = await startFakeGenesys({ clients: [client], nowMs: clock.nowMs, ...options });
  const api = createGenesysClient(
    {
      apiUrl: genesys.url,
      loginUrl: genesys.url,
      timeoutMs: 10_000,
      largestAnswerBytes: settings.largestAnswerBytes ?? 1_000_000,
      retryDelayMs: () => 0,
    },
    outside,
  );
  const conversations = genesysConversations(api, outside, { batchSize: settings.batchSize ?? 20, timeoutMs: 10_000 });
  const kinds = async (ids: readonly string[]) => [...(await conversations.fetch(ids, 'live')).values()].map(({ kind }) => kind);
  const requests = (path: string) => genesys.control.requests().filter(({ url }) => url.startsWith(path));
  const fetch = (ids: readonly string[]) => conversations.fetch(ids, 'live');
  const batches = () => counted.filter((each) => (each as unknown[])[0] === 'GenesysBatch').map((each) => (each as unknown[])[1]);
  return { fetch, kinds, clock, lines, batches, logins: () => requests('/oauth'), questions: () => requests('/api') };
};

const ids = (count: number): readonly string[] => Array.from({ length: count }, (_, index) => `conversation-${index}`);

test('a conversation with its end is complete, one without incomplete, one that is not there absent', async () => {
  const begun = { conversationId: 'begun', conversationStart: '2026-01-05T09:00:00.000Z' };
  const ended = { ...begun, conversationId: 'ended', conversationEnd: '2026-01-05T09:05:00.000Z' };
  const { fetch } = await start({ conversations: [begun, ended], unknownIds: 'absent' });
  expect(await fetch(['ended', 'begun', 'unheard'])).toEqual(
    new Map([
      ['ended', { kind: 'complete', details: ended }],
      ['begun', { kind: 'incomplete', details: begun }],
      ['unheard', { kind: 'absent' }],
    ]),
  );
});

test('many ids are asked for in batches, each once', async () => {
  const { kinds, questions, logins } = await start({}, { batchSize: 20 });
  expect(await kinds([...ids(45), ...ids(45)])).toEqual(ids(45).map(() => 'complete'));
  expect(questions()).toHaveLength(3);
  expect(logins()).toHaveLength(1);
});

test('no ids, no request', async () => {
  const { kinds } = await start();
  expect(await kinds([])).toEqual([]);
  expect(genesys.control.requests()).toEqual([]);
});

test('a batch that is too large is halved until it is taken', async () => {
  const { kinds } = await start({ limits: { maxIds: 3 } }, { batchSize: 10 });
  expect(await kinds(ids(10))).toEqual(ids(10).map(() => 'complete'));
});

test('batches stay as small as they were taken, for ten minutes', async () => {
  const { kinds, batches, clock } = await start({ limits: { maxIds: 3 } }, { batchSize: 10 });
  await kinds(ids(10));
  expect(batches().slice(0, 3)).toEqual([10, 5, 3]);
  await clock.advance(599_000);
  const before = batches().length;
  expect(await kinds(ids(10))).toEqual(ids(10).map(() => 'complete'));
  expect(batches().slice(before)).toEqual([3, 3, 3, 1]);
  await clock.advance(1_000);
  await kinds(ids(10));
  expect(batches()[before + 4]).toBe(10);
});

test('one id that Genesys does not take makes no batch smaller', async () => {
  const { kinds, batches } = await start({}, { batchSize: 8 });
  genesys.control.faults([{ answer: 400, times: 4 }]);
  await kinds(ids(8));
  const before = batches().length;
  await kinds(ids(8));
  expect(batches().slice(before)).toEqual([8]);
});

test('all requests of one fetch must be over at the same time', async () => {
  await start();
  const { outside, clock } = anOutside();
  const ends: unknown[] = [];
  const send = async ({ endsAtMs }: ApiRequest): Promise<ApiAnswer> => {
    ends.push(endsAtMs);
    await clock.advance(1_000);
    return { kind: 'ok', status: 200, body: { conversations: [] } };
  };
  await genesysConversations({ send }, outside, { batchSize: 1, timeoutMs: 30_000 }).fetch(ids(3), 'live');
  expect(ends).toEqual([30_000, 30_000, 30_000]);
});

test('a batch whose answer is too large is halved; a single one that is too large is refused', async () => {
  const bytes = JSON.stringify({ conversations: [synthesize('conversation-0')] }).length;
  const { kinds } = await start({}, { batchSize: 4, largestAnswerBytes: bytes + 100 });
  expect(await kinds(ids(4))).toEqual(ids(4).map(() => 'complete'));
  genesys.control.conversations([{ ...synthesize('huge'), note: 'x'.repeat(200) }]);
  expect(await kinds(['huge', 'conversation-1'])).toEqual(['refused', 'complete']);
});

test('one id that Genesys does not take costs its neighbours nothing', async () => {
  const { kinds, questions } = await start({ limits: { maxIds: 0 } }, { batchSize: 4 });
  genesys.control.faults([{ answer: 400, times: 3 }]);
  genesys.control.limits({ maxIds: 2 });
  // The four, the first two and the first one are turned down.
  expect(await kinds(ids(4))).toEqual(['refused', 'complete', 'complete', 'complete']);
  expect(questions()).toHaveLength(5);
});

test('a 404 means not yet', async () => {
  const { kinds } = await start();
  genesys.control.faults([{ answer: 404, times: 3 }]);
  expect(await kinds(ids(2))).toEqual(['absent', 'absent']);
});

test('an id that would be two in the list is not asked for', async () => {
  const { fetch, kinds, questions } = await start();
  expect(await kinds(['good', 'a,b', 'sp ace', 'x'.repeat(101), ''])).toEqual([
    'complete',
    'refused',
    'refused',
    'refused',
    'refused',
  ]);
  expect((await fetch(['__proto__'])).get('__proto__')).toMatchObject({ kind: 'complete' });
  expect(questions()).toHaveLength(2);
});

test('used-up quota is unavailable until the minute is over, and the remaining batches are not tried', async () => {
  const { fetch, clock, kinds, questions } = await start({ limits: { requestsPerMinute: 1 } }, { batchSize: 1 });
  await clock.advance(1_000);
  const answers = await fetch(ids(3));
  expect([...answers.values()]).toEqual([
    expect.objectContaining({ kind: 'complete' }),
    { kind: 'unavailable', retryAfterMs: 60_000, why: `${genesys.url} answered 429 too.many.requests`, isThrottle: true },
    { kind: 'unavailable', retryAfterMs: 60_000, why: `${genesys.url} answered 429 too.many.requests`, isThrottle: true },
  ]);
  expect(questions()).toHaveLength(2);
  await clock.advance(60_000);
  expect(await kinds(ids(1))).toEqual(['complete']);
});

test('an outage is unavailable, and over when it is over', async () => {
  const { fetch, kinds } = await start();
  genesys.control.faults([{ answer: 503, times: 3 }]);
  expect((await fetch(['a'])).get('a')).toMatchObject({ kind: 'unavailable', retryAfterMs: 15_000 });
  expect(await kinds(['a'])).toEqual(['complete']);
});

test('a revoked token is renewed once, and nobody notices', async () => {
  const { kinds, logins, questions } = await start();
  await kinds(['a']);
  genesys.control.revokeTokens();
  expect(await kinds(['a'])).toEqual(['complete']);
  expect(logins()).toHaveLength(2);
  expect(questions().map(({ status }) => status)).toEqual([200, 401, 200]);
});

test('an API that turns down fresh tokens is refused, with a hint at the region, and not asked again for a minute', async () => {
  const { fetch, kinds, clock } = await start();
  genesys.control.faults([{ answer: 401, times: 2 }]);
  expect((await fetch(['a'])).get('a')).toMatchObject({
    kind: 'refused',
    why: expect.stringMatching(/client-1. The region may be wrong/) as string,
  });
  const before = genesys.control.requests().length;
  expect(await kinds(['a'])).toEqual(['refused']);
  expect(genesys.control.requests()).toHaveLength(before);
  await clock.advance(60_000);
  expect(await kinds(['a'])).toEqual(['complete']);
});

test('a wrong secret is refused with one request, however many ask', async () => {
  const { fetch, kinds, logins, questions } = await start({}, { secret: 'canary-wrong-1190' });
  const answers = await Promise.all(ids(20).map((id) => fetch([id])));
  expect(answers[0]?.get('conversation-0')).toMatchObject({
    kind: 'refused',
    why: expect.stringMatching(/client-1.*401 invalid_client/) as string,
  });
  expect(await kinds(ids(3))).toEqual(['refused', 'refused', 'refused']);
  expect(logins()).toHaveLength(1);
  expect(questions()).toHaveLength(0);
});

test('a missing permission is refused by its name', async () => {
  const { fetch } = await start({ clients: [{ ...client, permissions: [] }] });
  expect((await fetch(['a'])).get('a')).toMatchObject({
    kind: 'refused',
    why: expect.stringMatching(/403 missing\.any\.permissions.*client-1.*analytics:conversationDetail:view/) as string,
  });
});

test('neither secret nor token is in any log line or answer', async () => {
  const { fetch, lines } = await start();
  genesys.control.faults([{ answer: 'cut' }, { answer: 500, times: 3 }, { answer: 403 }]);
  const answers = [await fetch(['a']), await fetch(['b']), await fetch(['c'])].map((answer) => [...answer.values()]);
  const text = JSON.stringify(answers) + lines.join();
  expect(lines.length).toBeGreaterThan(0);
  expect(text).not.toMatch(/canary|bearer|basic/i);
  expect(text).not.toContain(Buffer.from(`${client.id}:${client.secret}`).toString('base64'));
});
