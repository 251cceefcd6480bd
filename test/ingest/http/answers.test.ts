import { sign } from '../../../src/core/ingest/signature';
import { problems } from '../../../src/core/ingest/problem';
import type { PostOutcome } from '../../../src/ingest';
import { postProblems } from '../../../src/ingest/http/post-schema';
import { virtualClock } from '../../../src/memory/clock';
import {
  ask,
  dial,
  documentOf,
  fakeIngest,
  head,
  headers,
  holdAgainst,
  postPath,
  seenStatuses,
  servers,
  signingSecret,
} from './served';

const started = servers();

const answering = (outcome: PostOutcome) => fakeIngest(() => Promise.resolve(outcome)).ingest;
const typeOf = ({ json }: { readonly json: unknown }): unknown => (json as { readonly type: unknown }).type;
const problem = (name: string): string => `urn:tidemark:problem:${name}`;

describe('a post that is taken', () => {
  test('is answered with its message, goes on byte for byte with its headers, and is counted', async () => {
    const { ingest, seen } = fakeIngest();
    const served = await started({ ingest });
    const body = ' {"eventBody": {"ä": "\u{1f600}"}}\r\n';
    const given = { ...headers, 'x-idempotency-key': '${data.id}', 'x-event-type': 'v2.some' };
    const answer = await ask(served, { body, headers: given });
    expect([answer.status, answer.json]).toEqual([200, { status: 'accepted', message_id: 'message-1' }]);
    expect(seen.posts).toEqual([{ body, idempotencyKey: '${data.id}', eventType: 'v2.some' }]);
    expect([seen.entered, seen.left, seen.bytes]).toEqual([1, 1, [Buffer.byteLength(body)]]);
    expect(served.counted.map(({ name, status }) => [name, status])).toEqual([
      ['PostsAnswered', '200'],
      ['PostDelay', undefined],
    ]);
    expect(answer.headers.get('cache-control')).toBe('no-store');
  });

  test('may be signed instead: the bytes, at their time', async () => {
    const clock = virtualClock();
    const { ingest, seen } = fakeIngest();
    const served = await started({ ingest, clock });
    const body = '{"eventBody":{}}';
    const signed = (seconds: number, bytes: string) => ({
      'content-type': 'application/json',
      'x-tidemark-timestamp': String(seconds),
      'x-tidemark-signature': sign(signingSecret, seconds, Buffer.from(bytes)),
    });
    const now = clock.nowMs() / 1000;
    expect((await ask(served, { body, headers: signed(now - 300, body) })).status).toBe(200);
    expect((await ask(served, { body, headers: signed(now, `${body} `) })).status).toBe(401);
    expect((await ask(served, { body, headers: signed(now - 301, body) })).status).toBe(401);
    expect((await ask(served, { body, headers: signed(now + 301, body) })).status).toBe(401);
    expect([seen.posts.length, seen.entered, seen.left]).toEqual([1, 4, 4]);
  });

  test('may say that its headers are empty', async () => {
    const { ingest, seen } = fakeIngest();
    await ask(await started({ ingest }), { headers: { ...headers, 'x-idempotency-key': '' } });
    expect(seen.posts[0]).toMatchObject({ idempotencyKey: null, eventType: null });
  });
});

describe('a post that is not taken says why', () => {
  test.each([
    ['no proof', { headers: { 'content-type': 'application/json' } }, 401, 'unauthenticated'],
    [
      'another secret',
      { headers: { ...headers, authorization: 'Bearer another-made-up-secret-of-one' } },
      401,
      'unauthenticated',
    ],
    ['another scheme', { headers: { ...headers, authorization: 'Basic bWU6eW91' } }, 401, 'unauthenticated'],
    ['another type', { headers: { ...headers, 'content-type': 'application/cloudevents+json' } }, 415, 'wrong-content-type'],
    [
      'another charset',
      { headers: { ...headers, 'content-type': 'application/json; charset=latin1' } },
      415,
      'wrong-content-type',
    ],
    ['an encoding', { headers: { ...headers, 'content-encoding': 'gzip' } }, 415, 'wrong-content-type'],
    ['too many bytes', { body: 'x'.repeat(100_001) }, 413, 'too-large'],
    ['a key that is too long', { headers: { ...headers, 'x-idempotency-key': 'k'.repeat(257) } }, 400, 'bad-header'],
    ['a key beyond ASCII', { headers: { ...headers, 'x-idempotency-key': 'schl\u00fcssel' } }, 400, 'bad-header'],
    ['bytes that are no UTF-8', { body: new Uint8Array([0x7b, 0xff, 0x7d]) }, 400, 'not-text'],
    ['a character that SQS refuses', { body: '{"a":"\u0000"}' }, 400, 'not-text'],
  ] as const)('%s', async (_what, asked, status, name) => {
    const { ingest, seen } = fakeIngest();
    const served = await started({ ingest });
    const answer = await ask(served, asked);
    expect([answer.status, typeOf(answer)]).toEqual([status, problem(name)]);
    expect([seen.posts.length, seen.entered - seen.left]).toEqual([0, 0]);
    expect(answer.headers.get('www-authenticate')).toBe(status === 401 ? 'Bearer' : null);
    expect(served.counted).toEqual([{ name: 'PostsAnswered', value: 1, status: String(status) }]);
  });

  test('what the door behind it refuses, or cannot take now', async () => {
    const refused = answering({ kind: 'refused', refusal: { problem: 'unknown-envelope', detail: 'Expected another.' } });
    expect(typeOf(await ask(await started({ ingest: refused })))).toBe(problem('unknown-envelope'));
    for (const why of ['queue-away', 'overloaded', 'too-slow'] as const) {
      const answer = await ask(await started({ ingest: answering({ kind: 'unavailable', why, retryAfterMs: 1_200 }) }));
      expect([answer.status, answer.headers.get('retry-after')]).toEqual([503, '2']);
    }
  });

  test('no room: before anybody is asked who they are', async () => {
    const full = { ...fakeIngest().ingest, enter: () => ({ kind: 'unavailable', why: 'overloaded', retryAfterMs: 0 }) as const };
    const answer = await ask(await started({ ingest: full }), { headers: {} });
    expect([answer.status, answer.headers.get('retry-after')]).toEqual([503, '1']);
  });

  test('secrets that cannot be had are no fault of the sender', async () => {
    const answer = await ask(await started({ secrets: { read: () => Promise.resolve(null) } }));
    expect([answer.status, typeOf(answer)]).toEqual([503, problem('unavailable')]);
  });

  test('a bug of ours: 500, and one line without anything of the post', async () => {
    const ingest = { ...fakeIngest().ingest, accept: () => Promise.reject(new TypeError('canary')) };
    const served = await started({ ingest });
    const answer = await ask(served);
    expect([answer.status, answer.text.includes('canary')]).toEqual([500, false]);
    expect(served.lines).toMatchObject([{ message: 'A request failed for a reason of ours.', error: { name: 'TypeError' } }]);
  });

  test('too many of one sender in a second, whatever others do', async () => {
    const frozen = jest.spyOn(Date, 'now').mockReturnValue(1_000_000);
    const other = 'made-up-secret-of-another';
    const secrets = { read: () => Promise.resolve({ bearer: ['made-up-secret-of-a-sender', other], signing: [] }) };
    const served = await started({ secrets, settings: { maxPerSecond: 2 } });
    const statuses = [await ask(served), await ask(served), await ask(served)].map(({ status }) => status);
    expect(statuses).toEqual([200, 200, 429]);
    expect((await ask(served)).headers.get('retry-after')).toBe('1');
    expect((await ask(served, { headers: { ...headers, authorization: `Bearer ${other}` } })).status).toBe(200);
    frozen.mockReturnValue(1_001_000);
    expect((await ask(served)).status).toBe(200);
    frozen.mockRestore();
  });
});

describe('what is not a post', () => {
  test('has its places and methods, and no others', async () => {
    const served = await started();
    const asked = async (method: string, path: string) => {
      const { status, headers: said } = await ask(served, { method, path });
      return [status, said.get('allow')];
    };
    expect(await asked('GET', '/healthz')).toEqual([200, null]);
    expect(await asked('HEAD', '/readyz')).toEqual([200, null]);
    expect(await asked('DELETE', '/healthz?x=1')).toEqual([405, 'GET, HEAD']);
    expect(await asked('GET', postPath)).toEqual([405, 'POST']);
    for (const path of ['/', '/nowhere', '/%zz', `${postPath}/`, '/__proto__'])
      expect(await asked('POST', path)).toEqual([404, null]);
  });

  test('says whether the door is ready', async () => {
    let isReady = false;
    const served = await started({ isReady: () => isReady });
    const { status } = await ask(served, { method: 'GET', path: '/readyz' });
    isReady = true;
    expect([status, (await ask(served, { method: 'GET', path: '/readyz' })).status]).toEqual([503, 200]);
  });
});

test('nothing that came is in an answer, in a line or in a metric', async () => {
  const served = await started();
  const canary = 'canary-4711';
  const strange = Object.fromEntries(
    [
      'authorization',
      'x-idempotency-key',
      'x-event-type',
      'x-tidemark-timestamp',
      'x-tidemark-signature',
      'content-type',
      'cookie',
      'user-agent',
      'x-forwarded-for',
      'accept',
      'content-encoding',
    ].map((name) => [name, `${canary}-${name}`]),
  );
  const answers = [
    await ask(served, { headers: strange, body: canary }),
    await ask(served, { headers: { ...strange, ...headers }, body: canary }),
    await ask(served, { headers: { ...headers, 'x-idempotency-key': `${canary}\u00fc` }, body: canary }),
    await ask(served, { headers: { ...headers, 'x-idempotency-key': canary }, body: `\u0000${canary}` }),
    await ask(served, { path: `/${canary}?${canary}`, headers: strange }),
    await ask(served, { path: `/%zz${canary}`, headers: strange }),
    await ask(served, { method: 'PUT', path: `${postPath}?${canary}`, headers: strange }),
  ];
  expect(answers.map(({ status }) => status)).toEqual([401, 415, 400, 400, 404, 404, 405]);
  const told = JSON.stringify([answers.map(({ text, headers: said }) => [text, [...said]]), served.lines, served.counted]);
  expect(told).not.toContain('4711');
});

test('who does not prove themselves make one line a minute, with how many they were', async () => {
  const clock = virtualClock();
  const served = await started({ clock });
  for (let n = 0; n < 3; n++) await ask(served, { headers: {} });
  await clock.advance(60_000);
  await ask(served, { headers: {} });
  expect(served.lines.map(({ fields }) => fields)).toEqual([{ posts: 1 }, { posts: 3 }]);
});

/** A bare answer, read by hand. */
const readBare = (text: string) => {
  const [top = '', body = ''] = text.split('\r\n\r\n');
  const [first = '', ...lines] = top.split('\r\n');
  const said = new Headers(lines.map((line) => line.split(': ') as [string, string]));
  return { status: Number(first.split(' ')[1]), headers: said, text: body, json: JSON.parse(body) as unknown };
};

test('every status that the document gives a post was seen, and every problem has one', async () => {
  const served = await started({ settings: { timeoutMs: 100 } });
  const document = await documentOf(served);
  for (const sent of [`GET / HTTP/1.1\r\nx: ${'y'.repeat(20_000)}\r\n\r\n`, head(['Content-Length: 10'])]) {
    const { socket, closed } = await dial(served);
    socket.write(sent);
    holdAgainst(document, { method: 'POST', path: postPath }, readBare(await closed));
  }
  const described = Object.keys(document.paths?.[postPath]?.post?.responses ?? {});
  expect([...seenStatuses].sort()).toEqual(described.sort());
  expect(postProblems.filter((name) => !described.includes(String(problems[name].status)))).toEqual([]);
});
