import type { PostOutcome } from '../../../src/ingest';
import { fakeIngest, headers, postPath, servers, when } from './served';

const started = servers();

const body = '{"eventBody":{}}';

test('a thousand posts at once are each answered their own, or told to come again, and all leave', async () => {
  const waiting: ((outcome: PostOutcome) => void)[] = [];
  const { ingest, seen } = fakeIngest(() => new Promise((resolve) => waiting.push(resolve)));
  const served = await started({ ingest });
  let turnedAway = 0;
  const posts = Array.from({ length: 1_000 }, async (_, n) => {
    const sent = `{"eventBody":{"n":${n}}}`;
    const response = await fetch(`${served.url}${postPath}`, { method: 'POST', headers, body: sent });
    const said = (await response.json()) as { readonly message_id?: string };
    // A machine that is busy with other things may fall behind.
    if (response.status === 503) turnedAway += 1;
    else expect([response.status, said.message_id]).toEqual([200, sent]);
  });
  await when(() => waiting.length + turnedAway === 1_000);
  seen.posts.forEach(({ body: messageId }, n) => waiting[n]?.({ kind: 'accepted', messageId, repeated: false }));
  await Promise.all(posts);
  expect(seen.posts.length).toBeGreaterThan(100);
  expect([seen.entered, seen.left]).toEqual([seen.posts.length, seen.posts.length]);
}, 60_000);

test('a door that falls behind says so before it reads a body, and still says how it is', async () => {
  const served = await started();
  // Nothing was measured in all that time.
  const endMs = performance.now() + 2_500;
  while (performance.now() < endMs);
  await when(() => true);
  const post = () => fetch(`${served.url}${postPath}`, { method: 'POST', headers, body });
  let answer = await post();
  for (let n = 0; answer.status === 200 && n < 50; n++) answer = await post();
  expect([answer.status, answer.headers.get('retry-after')]).toEqual([503, '2']);
  expect((await fetch(`${served.url}/healthz`)).status).toBe(200);
});
