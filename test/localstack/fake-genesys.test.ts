import { anHour, askToken, basic, client, conversation, details, form, get, idsIn, login, start } from './fake-genesys-caller';
import type { FakeGenesys } from '../../localstack/embedded/genesys/server';

describe('the token', () => {
  test('is given for Basic credentials and a form', async () => {
    const answer = await askToken(await start(), { 'content-type': form, authorization: basic(client) });
    expect(answer.status).toBe(200);
    expect(await answer.json()).toEqual({ access_token: expect.any(String) as string, token_type: 'bearer', expires_in: 86_399 });
  });

  test.each([
    ['a wrong secret', 401, 'invalid_client', { authorization: basic({ id: client.id, secret: 'wrong' }) }],
    ['a JSON body', 400, 'invalid_request', { 'content-type': 'application/json' }],
    ['a form without a grant', 400, 'unsupported_grant_type', { body: 'grant_type=password' }],
  ])('is refused for %s in OAuth words', async (_, status, error, { body, ...headers }: Record<string, string>) => {
    const answer = await askToken(await start(), { 'content-type': form, authorization: basic(client), ...headers }, body);
    expect(answer.status).toBe(status);
    expect(await answer.json()).toMatchObject({ error, description: expect.any(String) as string });
  });

  test('is asked for by every API call, and must be one that was issued and has not expired', async () => {
    let nowMs = 0;
    const fake = await start({ nowMs: () => nowMs, limits: { tokenLifetimeSeconds: 300 } });
    const token = await login(fake);
    expect((await get(fake, details('a'))).body).toMatchObject({ code: 'authentication.required', status: 401 });
    expect((await get(fake, details('a'), 'made-up')).body).toMatchObject({
      code: 'bad.credentials',
      contextId: expect.any(String) as string,
    });
    expect((await get(fake, details('a'), token)).status).toBe(200);
    nowMs = 300_000;
    expect((await get(fake, details('a'), token)).status).toBe(401);
  });

  test('is worthless once revoked', async () => {
    const fake = await start();
    const token = await login(fake);
    fake.control.revokeTokens();
    expect((await get(fake, details('a'), token)).status).toBe(401);
  });

  test('of a client without the permission gets a 403 that names it', async () => {
    const fake = await start({ clients: [{ ...client, permissions: ['routing:queue:view'] }] });
    const { status, body } = await get(fake, details('a'), await login(fake));
    expect(status).toBe(403);
    expect(body).toMatchObject({ code: 'missing.any.permissions' });
    expect(body['message']).toContain('analytics:conversationDetail:view');
  });
});

describe('conversation details', () => {
  test('of many come in one list, without those that are unknown', async () => {
    const fake = await start({ unknownIds: 'absent', conversations: [conversation('a'), conversation('b')] });
    const { body, headers } = await get(fake, details('a,b,c'), await login(fake));
    expect(idsIn(body)).toEqual(['a', 'b']);
    expect(headers.get('inin-correlation-id')).toBeTruthy();
  });

  test('of more ids than allowed are refused', async () => {
    const fake = await start({ limits: { maxIds: 2 } });
    expect((await get(fake, details('a,b,c'), await login(fake))).body).toMatchObject({ status: 400, code: 'bad.request' });
  });

  test('of one unknown are not found', async () => {
    const fake = await start({ unknownIds: 'absent', conversations: [conversation('a')] });
    const token = await login(fake);
    expect((await get(fake, '/api/v2/analytics/conversations/a/details', token)).body).toEqual(conversation('a'));
    expect((await get(fake, '/api/v2/analytics/conversations/b/details', token)).body).toMatchObject({
      status: 404,
      code: 'not.found',
    });
  });

  test('of an id that nobody registered are made up, the same each time, when asked to', async () => {
    const fake = await start();
    const token = await login(fake);
    const first = await get(fake, details('x'), token);
    expect(first.body).toMatchObject({ conversations: [{ conversationId: 'x', conversationEnd: expect.any(String) as string }] });
    expect((await get(fake, details('x'), token)).body).toEqual(first.body);
  });

  test('lag behind: absent, then without an end, then complete', async () => {
    const fake = await start({ conversations: [conversation('a')], lag: { absentRequests: 1, incompleteRequests: 1 } });
    const token = await login(fake);
    const ask = async () => (await get(fake, details('a'), token)).body['conversations'];
    expect(await ask()).toEqual([]);
    expect(await ask()).toEqual([{ conversationId: 'a', conversationStart: anHour.conversationStart }]);
    expect(await ask()).toEqual([conversation('a')]);
  });

  test('lag behind in time, too, counted from the registration', async () => {
    let nowMs = 0;
    const fake = await start({
      nowMs: () => nowMs,
      conversations: [conversation('a')],
      lag: { absentMs: 1000, incompleteMs: 500 },
    });
    const token = await login(fake);
    const askAt = async (at: number) => {
      nowMs = at;
      return (await get(fake, details('a'), token)).body['conversations'];
    };
    expect(await askAt(999)).toEqual([]);
    expect(await askAt(1499)).toEqual([{ conversationId: 'a', conversationStart: anHour.conversationStart }]);
    expect(await askAt(1500)).toEqual([conversation('a')]);
  });
});

describe('the query', () => {
  const query = async (fake: FakeGenesys, body: unknown): Promise<Record<string, unknown>> => {
    const answer = await fetch(`${fake.url}/api/v2/analytics/conversations/details/query`, {
      method: 'POST',
      headers: { authorization: `Bearer ${await login(fake)}`, 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    return (await answer.json()) as Record<string, unknown>;
  };
  const filterById = (value: string) => [
    { type: 'or', predicates: [{ type: 'dimension', dimension: 'conversationId', operator: 'matches', value }] },
  ];

  test('finds by id among those that started on a day of the interval', async () => {
    const fake = await start({ conversations: [conversation('a')] });
    const body = { interval: '2026-01-05T23:00:00Z/2026-01-06T00:00:00Z', conversationFilters: filterById('a') };
    expect(await query(fake, body)).toEqual({ conversations: [conversation('a')], totalHits: 1 });
    expect(await query(fake, { ...body, interval: '2026-01-06T00:00:00Z/2026-01-07T00:00:00Z' })).toMatchObject({ totalHits: 0 });
  });

  test('answers page by page', async () => {
    const fake = await start({ conversations: ['a', 'b', 'c'].map(conversation) });
    const page = async (pageNumber: number) =>
      idsIn(await query(fake, { interval: '2026-01-05T00:00:00Z/2026-01-06T00:00:00Z', paging: { pageSize: 2, pageNumber } }));
    expect([await page(1), await page(2)]).toEqual([['a', 'b'], ['c']]);
  });

  test.each([
    ['no interval', {}],
    ['more than 31 days', { interval: '2023-01-01T00:00:00Z/2099-12-31T23:59:59Z' }],
    ["a tutorial's dates", { dateFrom: '2023-01-01T00:00:00Z', dateTo: '2099-12-31T23:59:59Z' }],
  ])('is refused with %s', async (_, body) => {
    expect(await query(await start(), body)).toMatchObject({ status: 400, code: 'bad.request' });
  });
});
