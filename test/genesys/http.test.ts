import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createHttp, type HttpSettings, type Reply } from '../../src/genesys/http';
import { anOutside } from './outside';

type Handler = (request: IncomingMessage, response: ServerResponse) => void;

/** Answers these, one after the other; the last one for ever. */
const serve = async (...handlers: readonly [Handler, ...Handler[]]) => {
  let served = 0;
  const server = createServer((request, response) => {
    const handler = handlers[Math.min(served, handlers.length - 1)];
    served += 1;
    handler?.(request, response);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const close = async (): Promise<void> => {
    const closed = once(server, 'close');
    server.close();
    server.closeAllConnections();
    await closed;
  };
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, served: () => served, close };
};

const answer =
  (status: number, headers: Readonly<Record<string, string>> = {}, body: unknown = {}): Handler =>
  (_, response) =>
    response.writeHead(status, headers).end(JSON.stringify(body));
const breakOff: Handler = (_, response) => {
  response.writeHead(200, { 'Content-Length': '100' });
  response.write('{', () => response.destroy());
};
const cut: Handler = (request) => request.socket.destroy();
const hang: Handler = () => undefined;
const hangInBody: Handler = (_, response) => void response.writeHead(200, { 'Content-Length': '100' }).write('{');

const ask = async (handlers: readonly [Handler, ...Handler[]], settings: Partial<HttpSettings> = {}) => {
  const server = await serve(...handlers);
  const { outside, statuses, lines } = anOutside();
  try {
    const send = createHttp({ timeoutMs: 10_000, retryDelayMs: () => 0, ...settings }, outside);
    const headers = { Authorization: 'Bearer canary-8830' };
    const reply = await send({ method: 'GET', url: `${server.url}/path`, params: { id: 'a,b' }, headers });
    return { reply, served: server.served(), statuses, lines };
  } finally {
    await server.close();
  }
};

test('an answer is its status and body', async () => {
  const { reply, served } = await ask([answer(200, {}, { ok: true })]);
  expect(reply).toEqual({ status: 200, body: { ok: true }, code: null, askedMs: null, isTooLarge: false } satisfies Reply);
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
])('a host that does not answer %s costs one timeout, not three', async (_, handler) => {
  const { reply, served } = await ask([handler], { timeoutMs: 20 });
  expect(reply).toMatchObject({ status: null, code: 'ECONNABORTED' });
  expect(served).toBe(1);
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
  expect(lines).toHaveLength(1);
  expect(JSON.parse(lines[0] ?? '')).toMatchObject({
    level: 'warn',
    status: 503,
    code: 'service.unavailable',
    path: '/path',
    correlationId: 'corr-1',
    contextId: 'ctx-1',
  });
  expect(lines.join()).not.toContain('canary');
});
