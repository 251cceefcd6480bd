import { createHttp, type HttpRequest, type HttpSettings } from '../../src/genesys/http';
import type { Reply } from '../../src/genesys/reply';
import { anOutside } from './outside';
import { answer, serve, type Handler } from './serve';

const breakOff: Handler = (_, response) => {
  response.writeHead(200, { 'Content-Length': '100' });
  response.write('{', () => response.destroy());
};
const cut: Handler = (request) => request.socket.destroy();
const hang: Handler = () => undefined;
const drip: Handler = (_, response) => {
  response.writeHead(200, { 'Content-Length': '1000000' });
  const timer = setInterval(() => response.write('{'), 5);
  response.on('close', () => clearInterval(timer));
};
const hangInBody: Handler = (_, response) => void response.writeHead(200, { 'Content-Length': '100' }).write('{');

const ask = async (
  handlers: readonly [Handler, ...Handler[]],
  settings: Partial<HttpSettings> = {},
  request: Partial<HttpRequest> = {},
) => {
  const server = await serve(...handlers);
  const { outside, statuses, lines } = anOutside();
  try {
    const send = createHttp({ timeoutMs: 10_000, retryDelayMs: () => 0, ...settings }, outside);
    const headers = { Authorization: 'Bearer canary-8830' };
    const reply = await send({ method: 'GET', url: `${server.url}/path`, params: { id: 'a,b' }, headers, ...request });
    return { reply, served: server.served(), statuses, lines };
  } finally {
    await server.close();
  }
};

test('an answer is its status and body', async () => {
  const { reply, served } = await ask([answer(200, {}, { ok: true })]);
  expect(reply).toEqual({
    status: 200,
    body: { ok: true },
    code: null,
    askedMs: null,
    period: null,
    isTooLarge: false,
  } satisfies Reply);
  expect(served).toBe(1);
});

test.each<[string, Handler]>([
  ['500', answer(500)],
  ['503 with a short Retry-After', answer(503, { 'Retry-After': '2' })],
  ['429 with a short Retry-After', answer(429, { 'Retry-After': '1' })],
  ['429 at the end of the minute', answer(429, { 'inin-ratelimit-reset': '2' })],
  ['a cut connection', cut],
  ['an answer that breaks off', breakOff],
])('%s is tried again, twice at most', async (_, failure) => {
  const recovered = await ask([failure, failure, answer(200)]);
  expect(recovered.reply.status).toBe(200);
  expect(recovered.statuses).toHaveLength(3);
  expect((await ask([failure])).served).toBe(3);
});

test.each<[string, Handler]>([
  ['429 without a wait', answer(429)],
  ['429 with a long Retry-After', answer(429, { 'Retry-After': '3' })],
  ['503 with a long Retry-After', answer(503, { 'Retry-After': '3600' })],
  ['400', answer(400)],
  ['401', answer(401)],
  ['404', answer(404)],
])('%s is not tried again', async (_, failure) => {
  expect((await ask([failure])).served).toBe(1);
});

test.each<[string, Handler]>([
  ['at all', hang],
  ['to its end', hangInBody],
  ['but byte by byte', drip],
])('a host that does not answer %s costs one timeout, not three', async (_, handler) => {
  const { reply, statuses } = await ask([handler], { timeoutMs: 100 });
  expect(reply).toMatchObject({ status: null, code: 'ETIMEDOUT' });
  expect(statuses).toEqual(['none']);
});

test.each([
  ['Retry-After', { 'Retry-After': '120', 'inin-ratelimit-reset': '7' }, 120_000],
  ['the end of the minute', { 'inin-ratelimit-reset': '61' }, 61_000],
  ['nothing that can be read', { 'Retry-After': 'tomorrow' }, null],
  ['no more than a day', { 'Retry-After': '999999999' }, 86_400_000],
])('a 429 asks for a wait by %s', async (_, headers, askedMs) => {
  expect((await ask([answer(429, headers)])).reply.askedMs).toBe(askedMs);
});

test('the code of an error is a word of its body; a sentence is not taken for one', async () => {
  expect((await ask([answer(403, {}, { code: 'missing.any.permissions' })])).reply.code).toBe('missing.any.permissions');
  expect((await ask([answer(401, {}, { error: 'invalid_client' })])).reply.code).toBe('invalid_client');
  expect((await ask([answer(400, {}, { code: 'user canary said no' })])).reply.code).toBeNull();
});

test('a redirect is not followed: it would take the token along', async () => {
  const other = await serve(answer(200));
  try {
    expect((await ask([answer(302, { Location: other.url })])).reply.status).toBe(302);
    expect(other.served()).toBe(0);
  } finally {
    await other.close();
  }
});

test('an answer over the limit is not read to its end, nor tried again', async () => {
  const endless: Handler = (_, response) => {
    const pour = (): void => {
      while (!response.destroyed && response.write(' '.repeat(100_000)));
    };
    response.on('drain', pour);
    pour();
  };
  const { reply, served } = await ask([endless], { largestAnswerBytes: 1_000_000 });
  expect(reply).toMatchObject({ status: null, isTooLarge: true });
  expect(served).toBe(1);
});

test('a proxy in the environment is ignored', async () => {
  const saved = process.env['HTTP_PROXY'];
  process.env['HTTP_PROXY'] = 'http://127.0.0.1:9';
  try {
    expect((await ask([answer(200)])).reply.status).toBe(200);
  } finally {
    if (saved === undefined) delete process.env['HTTP_PROXY'];
    else process.env['HTTP_PROXY'] = saved;
  }
});

test('every attempt is counted by its status', async () => {
  const { statuses } = await ask([answer(503), cut, answer(200)]);
  expect(statuses).toEqual(['503', 'none', '200']);
});

test('a failure is logged with what the support of Genesys asks for, without token, ids or message', async () => {
  const body = { message: 'canary', code: 'service.unavailable', contextId: 'ctx-1' };
  const { lines } = await ask([answer(503, { 'ININ-Correlation-Id': 'corr-1' }, body)]);
  // Two that are followed by another attempt, and the last.
  expect(lines.map((line) => (JSON.parse(line) as { level: string }).level)).toEqual(['info', 'info', 'warn']);
  for (const line of lines)
    expect(JSON.parse(line)).toMatchObject({
      status: 503,
      code: 'service.unavailable',
      path: '/path',
      correlationId: 'corr-1',
      contextId: 'ctx-1',
    });
  expect(lines.join()).not.toContain('canary');
});

test('ten requests, one after the other, use one connection', async () => {
  const server = await serve(answer(200));
  const { outside } = anOutside();
  try {
    const send = createHttp({ timeoutMs: 10_000 }, outside);
    for (let sent = 0; sent < 10; sent++) await send({ method: 'GET', url: server.url });
    expect(server.served()).toBe(10);
    expect(server.connections()).toBe(1);
  } finally {
    await server.close();
  }
});

describe('all attempts together keep to the time that there is', () => {
  /** Every answer takes so long. */
  const slow = async (takesMs: number, timeoutMs: number) => {
    const { outside, clock } = anOutside();
    const server = await serve((request, response) => {
      void clock.advance(takesMs).then(() => answer(503)(request, response));
    });
    try {
      const reply = await createHttp({ timeoutMs, retryDelayMs: () => 0 }, outside)({ method: 'GET', url: server.url });
      return { reply, served: server.served(), tookMs: clock.monotonicMs() };
    } finally {
      await server.close();
    }
  };

  test('a failure that comes late is not tried again', async () => {
    expect(await slow(28_000, 30_000)).toMatchObject({ reply: { status: 503 }, served: 1, tookMs: 28_000 });
    expect(await slow(14_000, 30_000)).toMatchObject({ reply: { status: 503 }, served: 2, tookMs: 28_000 });
    expect(await slow(1_000, 30_000)).toMatchObject({ reply: { status: 503 }, served: 3, tookMs: 3_000 });
  });

  test('a request whose time is over is not sent', async () => {
    const { reply, served } = await ask([answer(200)], {}, { endsAtMs: 0 });
    expect(reply).toMatchObject({ status: null, code: 'ETIMEDOUT' });
    expect(served).toBe(0);
  });
});

describe('what is sent again', () => {
  test('a GET by itself, nothing else', async () => {
    expect((await ask([answer(503)], {}, { method: 'POST', json: {} })).served).toBe(1);
    expect((await ask([answer(503)], {}, { method: 'GET' })).served).toBe(3);
  });

  test('is decided by who sends it, who hears what came of each attempt', async () => {
    const heard: (number | null)[] = [];
    const mayRepeat = (reply: Reply): Promise<boolean> => Promise.resolve(heard.push(reply.status) < 2);
    const { served } = await ask([answer(500), answer(502), answer(200)], {}, { method: 'POST', json: {}, mayRepeat });
    expect(heard).toEqual([500, 502]);
    expect(served).toBe(2);
  });
});

describe('what an answer says of the quota', () => {
  const limit = (count: string, allowed: string, reset: string) => ({
    'inin-ratelimit-count': count,
    'inin-ratelimit-allowed': allowed,
    'inin-ratelimit-reset': reset,
  });

  test.each([200, 404, 429])('is read from any answer: %i', async (status) => {
    const { reply } = await ask([answer(status, limit('1', '180', '61'))]);
    expect(reply.period).toEqual({ count: 1, allowed: 180, resetMs: 61_000 });
  });

  test.each([
    ['a word', limit('1', 'many', '61')],
    ['a fraction', limit('1.5', '300', '61')],
    ['a quota of nothing', limit('0', '0', '61')],
    ['a period of days', limit('1', '300', '86400')],
    ['one header alone', { 'inin-ratelimit-count': '1' }],
  ])('and makes no sense is ignored: %s', async (_, headers) => {
    expect((await ask([answer(200, headers)])).reply.period).toBeNull();
  });

  test('a 429 that has its seconds in the sentence alone is obeyed', async () => {
    const body = { code: 'too.many.requests.retry.after', message: 'Rate limited. Retry the request in [17] seconds' };
    expect((await ask([answer(429, {}, body)])).reply.askedMs).toBe(17_000);
  });
});
