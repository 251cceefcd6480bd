import { startFakeGenesys, type FakeGenesys, type FakeGenesysOptions } from '../../localstack/embedded/genesys/server';
import { genesysTopics } from '../../src/genesys/topics';
import { anOutside } from './outside';

const client = { id: 'client-1', secret: 'canary-secret-5519' };
const topic = { id: 'v2.users.{id}.presence', transports: ['All'], schema: { type: 'object' }, publicApiTemplateUriPaths: [] };
let genesys: FakeGenesys;

afterEach(() => genesys.close());

const start = async (options: Partial<FakeGenesysOptions> = {}, secret = client.secret) => {
  const { outside, clock, lines } = anOutside(client.id, secret);
  genesys = await startFakeGenesys({ clients: [client], topics: [topic], nowMs: clock.nowMs, ...options });
  const hosts = { apiUrl: genesys.url, loginUrl: genesys.url };
  const topics = genesysTopics({ ...hosts, timeoutMs: 10_000, retryDelayMs: () => 0 }, outside);
  const questions = () => genesys.control.requests().filter(({ url }) => url.startsWith('/api'));
  return { fetch: topics.fetch, lines, questions };
};

test('topics come with schema and transports, in one request, from a client without any permission', async () => {
  const { fetch, questions } = await start({ clients: [{ ...client, permissions: [] }] });
  const { id, transports, schema } = topic;
  expect(await fetch()).toEqual({ kind: 'ok', status: 200, body: { entities: [{ id, schema, transports }] } });
  expect(questions()).toHaveLength(1);
});

test('a token that was turned down is renewed once', async () => {
  const { fetch, questions } = await start({ faults: [{ answer: 401 }] });
  expect(await fetch()).toMatchObject({ kind: 'ok' });
  expect(questions().map(({ status }) => status)).toEqual([401, 200]);
});

test('wrong credentials are refused and shown nowhere', async () => {
  const { fetch, lines } = await start({}, 'canary-wrong-2218');
  const answer = await fetch();
  expect(answer).toMatchObject({ kind: 'refused', why: expect.stringContaining("Check the client's id and secret") as string });
  expect(JSON.stringify([answer, lines])).not.toContain('canary');
});

test('too many requests say how long to wait, and are not repeated', async () => {
  const { fetch, questions } = await start({ faults: [{ answer: 429, retryAfterSeconds: 90 }] });
  expect(await fetch()).toMatchObject({ kind: 'unavailable', retryAfterMs: 90_000 });
  expect(questions()).toHaveLength(1);
});

test('an outage is tried three times, and a short one is not seen', async () => {
  const { fetch } = await start({ faults: [{ answer: 503, times: 2 }] });
  expect(await fetch()).toMatchObject({ kind: 'ok' });
  genesys.control.faults([{ answer: 500, times: 3 }]);
  expect(await fetch()).toMatchObject({ kind: 'unavailable' });
});
