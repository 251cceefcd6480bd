import { virtualClock } from '../../../src/memory/clock';
import { dial, fakeIngest, headers, postPath, secret, type Served, servers, when } from './served';

const started = servers();

const clock = virtualClock(1_800_000_000_000);

/** Says that it signed, and never sends what. */
const stalled = [
  `POST ${postPath} HTTP/1.1`,
  'Host: door',
  'Content-Type: application/json',
  'Transfer-Encoding: chunked',
  `X-Tidemark-Timestamp: ${clock.nowMs() / 1000}`,
  `X-Tidemark-Signature: v1=${'a'.repeat(64)}`,
  '',
  '1',
  '{',
  '',
].join('\r\n');

const post = ({ url }: Served) => fetch(`${url}${postPath}`, { method: 'POST', headers, body: '{}' });

test('strangers that only say that they signed keep nobody out who is proven', async () => {
  const { ingest, seen } = fakeIngest();
  const served = await started({ ingest, clock, settings: { maxWaiting: 8 } });
  const [first, second, third] = [await dial(served), await dial(served), await dial(served)];
  first.socket.write(stalled);
  second.socket.write(stalled);
  await when(() => seen.entered === 2);
  third.socket.write(stalled);
  expect(await third.until(/Retry-After: \d+/i)).toMatch(/^HTTP\/1\.1 503 /);
  expect((await post(served)).status).toBe(200);
  for (const { socket } of [first, second, third]) socket.destroy();
  await when(() => seen.left === seen.entered);
  const next = await dial(served);
  next.socket.write(stalled);
  await when(() => seen.entered === 5);
  expect(seen.left).toBe(4);
  next.socket.destroy();
});

test('where nobody may sign, who says so is turned away before a body is read', async () => {
  const secrets = { read: () => Promise.resolve({ bearer: [secret], signing: [] }) };
  const served = await started({ secrets, clock });
  const { socket, until } = await dial(served);
  socket.write(stalled);
  expect(await until(/unauthenticated/)).toMatch(/^HTTP\/1\.1 401 /);
  socket.destroy();
});

test('a post to a place that is not there is counted: nobody else would know', async () => {
  const served = await started();
  expect((await fetch(`${served.url}${postPath}/`, { method: 'POST', headers, body: '{}' })).status).toBe(404);
  expect((await fetch(`${served.url}/favicon.ico`)).status).toBe(404);
  expect(served.counted).toEqual([{ name: 'PostsAnswered', value: 1, status: '404' }]);
});
