import type { BudgetAsk, BudgetNews } from '../../src/core/genesys-answers';
import { createGenesysClient, type ApiRequest } from '../../src/genesys/client';
import { givenCredentials } from '../../src/genesys/credentials';
import type { RequestBudget } from '../../src/ports';
import { anOutside } from './outside';
import { answer, serve, type Handler } from './serve';

const question: ApiRequest = { path: '/api/v2/things', permission: 'things:view', resource: 'other', purpose: 'live' };
const issue = answer(200, {}, { access_token: 'canary-token-7741', token_type: 'bearer', expires_in: 86_399 });

let close: () => Promise<void>;
afterEach(() => close());

/** Answers waits from a list, then always at once. */
const aBudget = (...waits: readonly number[]) => {
  const left = [...waits];
  const taken: BudgetAsk[] = [];
  const heard: BudgetNews[] = [];
  const budget: RequestBudget = {
    take: (ask) => {
      const waitMs = left.shift() ?? 0;
      if (waitMs === 0) taken.push(ask);
      return Promise.resolve({ waitMs });
    },
    learn: (news) => Promise.resolve(void heard.push(news)),
  };
  return { budget, taken, heard };
};

/** A client of a host that issues tokens and gives these answers, one after the other; the last one for ever. */
const start = async (handlers: readonly Handler[], budget: RequestBudget | null = null) => {
  const { outside, clock, lines, counted } = anOutside();
  const asked: { readonly method: string | undefined; readonly headers: object }[] = [];
  const server = await serve((request, response) => {
    if (request.url === '/oauth/token') {
      issue(request, response);
      return;
    }
    asked.push({ method: request.method, headers: request.headers });
    handlers[Math.min(asked.length, handlers.length) - 1]?.(request, response);
  });
  close = server.close;
  const settings = { apiUrl: server.url, loginUrl: server.url, timeoutMs: 30_000, retryDelayMs: () => 0 };
  const credentials = givenCredentials('client-1', 'canary-secret-5521');
  const client = createGenesysClient(settings, { ...outside, budget, credentials });
  return { send: (more: Partial<ApiRequest> = {}) => client.send({ ...question, ...more }), asked, clock, lines, counted };
};

describe('the budget of the fleet', () => {
  test('is asked before each attempt, not for tokens', async () => {
    const { budget, taken } = aBudget();
    const { send, asked } = await start([answer(503), answer(200)], budget);
    expect(await send()).toMatchObject({ kind: 'ok' });
    expect(asked).toHaveLength(2);
    expect(taken).toEqual([
      { resource: 'other', purpose: 'live' },
      { resource: 'other', purpose: 'live' },
    ]);
  });

  test('that allows no more attempts lets the last answer stand', async () => {
    const { budget } = aBudget(0, 60_000);
    const { send, asked } = await start([answer(503), answer(200)], budget);
    expect(await send()).toMatchObject({ kind: 'unavailable', why: expect.stringContaining('503') as string });
    expect(asked).toHaveLength(1);
  });

  test('that is short for a moment is waited for', async () => {
    const { budget } = aBudget(2_000, 2_999, 0);
    const { send, clock, asked } = await start([answer(200)], budget);
    const sent = send();
    expect(await advancedUntil(clock, () => asked.length === 1)).toBe(4_999);
    expect(await sent).toMatchObject({ kind: 'ok' });
  });

  test.each([
    ['at once', [5_001]],
    ['after short waits', [3_000, 2_001]],
  ])('that is short for longer holds the request back: %s', async (_, waits) => {
    const { budget } = aBudget(...waits);
    const { send, clock, asked, counted } = await start([answer(200)], budget);
    const sent = send({ resource: 'details', purpose: 'redrive' });
    await advancedUntil(clock, () => counted.length > 0);
    expect(await sent).toMatchObject({ kind: 'unavailable', retryAfterMs: waits.at(-1), isThrottle: true });
    expect(asked).toHaveLength(0);
    expect(counted).toEqual([['GenesysHeldBack', 1, { resource: 'details', purpose: 'redrive' }]]);
  });

  test('hears what every attempt said of the limits', async () => {
    const limit = { 'inin-ratelimit-count': '7', 'inin-ratelimit-allowed': '180', 'inin-ratelimit-reset': '41' };
    const period = { count: 7, allowed: 180, resetMs: 41_000 };
    const { budget, heard } = aBudget();
    const { send } = await start([answer(503, limit), answer(429, { 'Retry-After': '90' }), answer(429), answer(200)], budget);
    await send();
    await send();
    await send();
    expect(heard).toEqual([
      { resource: 'other', stayAwayMs: null, period },
      { resource: 'other', stayAwayMs: 90_000, period: null },
      { resource: 'other', stayAwayMs: 15_000, period: null },
    ]);
  });

  test('that hears nothing costs no answer', async () => {
    const limit = { 'inin-ratelimit-count': '7', 'inin-ratelimit-allowed': '180', 'inin-ratelimit-reset': '41' };
    const { budget } = aBudget();
    const deaf = { ...budget, learn: () => Promise.reject(new Error('canary')) };
    const { send, lines } = await start([answer(200, limit)], deaf);
    expect(await send()).toMatchObject({ kind: 'ok' });
    expect(lines.join()).toContain('could not be passed on');
  });
});

/** Real requests under a virtual clock: time moves on only while somebody sleeps. Answers how late it was. */
const advancedUntil = async (clock: ReturnType<typeof anOutside>['clock'], condition: () => boolean): Promise<number> => {
  while (!condition()) {
    const wakeMs = clock.nextWakeMs();
    if (wakeMs !== null) await clock.advance(wakeMs - clock.nowMs());
    await new Promise((resolve) => setImmediate(resolve));
  }
  return clock.monotonicMs();
};

describe('a 403', () => {
  const lacking = (code: string, permissions: unknown) => answer(403, {}, { code, messageParams: { permissions } });

  test.each([
    [
      'missing.permissions',
      '[recording:recording:view, speechAndTextAnalytics:data:view]',
      'recording:recording:view, speechAnd',
    ],
    ['missing.any.permissions', '[a:b:view, a:c:*]', 'a:b:view or a:c:*'],
    ['missing.permissions', ['a:b:view'], 'with a:b:view,'],
    ['missing.permissions', 'canary of a customer', 'with things:view,'],
    ['missing.permissions', undefined, 'with things:view,'],
  ])('%s names what Genesys names, %j', async (code, permissions, named) => {
    const { send } = await start([lacking(code, permissions)]);
    const refused = await send();
    expect(refused).toMatchObject({ kind: 'refused', why: expect.stringContaining(named) as string });
    expect(refused).toMatchObject({ why: expect.stringContaining('client-1') as string });
    expect(JSON.stringify(refused)).not.toContain('canary');
  });

  test('for want of a permission is not asked again for a minute; what needs another one is', async () => {
    const { send, asked, clock } = await start([lacking('missing.permissions', '[a:b:view]'), answer(200)]);
    const refused = await send();
    expect(await send()).toEqual(refused);
    expect(asked).toHaveLength(1);
    expect(await send({ permission: 'other:view' })).toMatchObject({ kind: 'ok' });
    await clock.advance(60_000);
    expect(await send()).toMatchObject({ kind: 'ok' });
  });

  test('about one conversation says nothing of the next', async () => {
    const { send } = await start([lacking('not.authorized', undefined), answer(200)]);
    expect(await send({ resource: 'conversation' })).toMatchObject({ kind: 'refused' });
    expect(await send({ resource: 'conversation' })).toMatchObject({ kind: 'ok' });
  });
});

describe('an answer', () => {
  const raw =
    (status: number, type: string, body: string): Handler =>
    (_, response) =>
      response.writeHead(status, { 'Content-Type': type }).end(body);

  test.each([
    ['broken JSON', raw(200, 'application/json', '{"conversations": [')],
    ['a page', raw(200, 'text/html', '<html>canary</html>')],
    ['a text', raw(200, 'application/json', '"canary"')],
    ['nothing', raw(200, 'application/json', '')],
    ['null', raw(200, 'application/json', 'null')],
  ])('to a question that is %s is none', async (_, handler) => {
    const { send, asked } = await start([handler]);
    const came = await send();
    expect(came).toMatchObject({ kind: 'unavailable', why: expect.stringContaining('expected JSON') as string });
    expect(came).not.toHaveProperty('isThrottle');
    expect(JSON.stringify(came)).not.toContain('canary');
    expect(asked).toHaveLength(1);
  });

  test('whose type is wrong and whose JSON is right is taken', async () => {
    const { send } = await start([raw(200, 'text/plain', '{"a": 1}')]);
    expect(await send()).toEqual({ kind: 'ok', status: 200, body: { a: 1 } });
  });

  test.each([
    ['a change', 200, 'PATCH'],
    ['anything', 204, 'GET'],
  ] as const)('to %s may be nothing', async (_, status, method) => {
    const { send } = await start([raw(status, 'application/json', '')]);
    expect(await send({ method })).toEqual({ kind: 'ok', status, body: undefined });
  });

  test.each([
    ['429', answer(429, { 'Retry-After': '90' }), true],
    ['503', answer(503, { 'Retry-After': '90' }), undefined],
  ])('of %s tells whether anything is broken', async (_, handler, isThrottle) => {
    const { send } = await start([handler]);
    const came = await send();
    expect(came).toMatchObject({ kind: 'unavailable', retryAfterMs: 90_000 });
    expect((came as { isThrottle?: true }).isThrottle).toBe(isThrottle);
  });
});

test('a POST is sent once, unless it only reads', async () => {
  const { send, asked } = await start([answer(503)]);
  await send({ method: 'POST', json: {} });
  expect(asked).toHaveLength(1);
  await send({ method: 'POST', json: {}, onlyReads: true });
  expect(asked).toHaveLength(4);
});

test('neither token nor secret nor what was sent is in any log line or answer', async () => {
  const echo: Handler = (request, response) => {
    const sent = JSON.stringify([request.headers, request.url]);
    const body = { message: sent, code: sent, contextId: sent, messageParams: { permissions: sent }, error: sent };
    response.writeHead(echoed.shift() ?? 200, { 'ININ-Correlation-Id': sent }).end(JSON.stringify(body));
  };
  const echoed = [400, 401, 401, 403, 404, 409, 429, 500, 500, 500];
  const { send, lines, clock } = await start([echo]);
  const answers: unknown[] = [];
  for (let asked = 0; asked < 7; asked++) {
    const params = { id: 'canary-customer' };
    const came = await send({ params, json: { note: 'canary-note' }, permission: `permission-${asked}` });
    if (came.kind !== 'ok') answers.push(came);
    await clock.advance(60_000);
  }
  expect(echoed).toEqual([]);
  expect(lines.length).toBeGreaterThan(8);
  expect(answers.length).toBeGreaterThan(5);
  expect(JSON.stringify(answers) + lines.join()).not.toMatch(/canary|bearer|basic/i);
});
