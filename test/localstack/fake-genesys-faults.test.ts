import { askToken, basic, client, conversation, details, form, get, idsIn, login, start } from './fake-genesys-caller';
import type { FakeGenesys } from '../../localstack/embedded/genesys/server';

describe('limits and faults', () => {
  test('the request over the limit is told to come back in whole seconds, and may', async () => {
    let nowMs = 0;
    const fake = await start({ nowMs: () => nowMs, limits: { requestsPerMinute: 2 } });
    const token = await login(fake);
    const first = await get(fake, details('a'), token);
    expect(['count', 'allowed', 'reset'].map((name) => first.headers.get(`inin-ratelimit-${name}`))).toEqual(['1', '2', '60']);
    await get(fake, details('a'), token);
    nowMs = 10_500;
    const refused = await get(fake, details('a'), token);
    expect(refused.status).toBe(429);
    expect(refused.headers.get('retry-after')).toBe('50');
    expect(refused.body).toMatchObject({ code: 'too.many.requests', limit: { value: 2 } });
    nowMs = 60_000;
    expect((await get(fake, details('a'), token)).status).toBe(200);
  });

  test('the limit is the client’s, whatever token it holds', async () => {
    const fake = await start({ limits: { requestsPerMinute: 1 } });
    await get(fake, details('a'), await login(fake));
    expect((await get(fake, details('a'), await login(fake))).status).toBe(429);
  });

  test('scripted faults come as often as asked, then answers again', async () => {
    const fake = await start();
    const token = await login(fake);
    fake.control.faults([{ answer: 503, times: 2, retryAfterSeconds: 7 }, { answer: 'cut' }]);
    const failed = await get(fake, details('a'), token);
    expect([failed.status, failed.headers.get('retry-after')]).toEqual([503, '7']);
    expect(failed.body).toMatchObject({ code: 'service.unavailable' });
    expect((await get(fake, details('a'), token)).status).toBe(503);
    await expect(get(fake, details('a'), token)).rejects.toThrow();
    expect((await get(fake, details('a'), token)).status).toBe(200);
  });

  test('a fault of the token leaves the API alone', async () => {
    const fake = await start();
    const token = await login(fake);
    fake.control.faults([{ answer: 500, on: 'token' }]);
    expect((await get(fake, details('a'), token)).status).toBe(200);
    expect((await askToken(fake, { 'content-type': form, authorization: basic(client) })).status).toBe(500);
  });

  test('a request left hanging holds up neither others nor the end', async () => {
    const fake = await start({ faults: [{ answer: 'hang' }] });
    const headers = { authorization: `Bearer ${await login(fake)}` };
    const given = new AbortController();
    const asked = fetch(`${fake.url}${details('a')}`, { signal: given.signal, headers });
    while (fake.control.requests().length === 1) await get(fake, '/_control/requests');
    expect(fake.control.requests()).toMatchObject([{}, { status: 'hang' }]);
    given.abort();
    await expect(asked).rejects.toThrow('abort');
  });
});

describe('the control endpoint', () => {
  const put = (fake: FakeGenesys, name: string, argument: unknown): Promise<Response> =>
    fetch(`${fake.url}/_control/${name}`, { method: 'PUT', body: JSON.stringify(argument) });

  test('scripts a fake in another process', async () => {
    const fake = await start({ unknownIds: 'absent' });
    await put(fake, 'conversations', [conversation('a')]);
    await put(fake, 'faults', [{ answer: 500 }]);
    const token = await login(fake);
    expect((await get(fake, details('a'), token)).status).toBe(500);
    expect(idsIn((await get(fake, details('a'), token)).body)).toEqual(['a']);
    const seen = await fetch(`${fake.url}/_control/requests`).then((answer) => answer.json());
    expect(seen).toEqual([
      { method: 'POST', url: '/oauth/token', status: 200 },
      { method: 'GET', url: details('a'), status: 500 },
      { method: 'GET', url: details('a'), status: 200 },
    ]);
  });

  test('says which names it knows, and refuses what is no JSON', async () => {
    const fake = await start();
    const unknown = await put(fake, 'weather', {});
    expect([unknown.status, await unknown.json()]).toEqual([
      404,
      { expected: expect.arrayContaining(['lag', 'faults']) as string[] },
    ]);
    expect((await fetch(`${fake.url}/_control/lag`, { method: 'PUT', body: '{' })).status).toBe(400);
  });
});
