import type { Fault } from '../../localstack/embedded/genesys/faults';
import { client, conversation, details, get, login, start } from './fake-genesys-caller';

/* What can happen to an answer on its way. */

const begin = async (fault: Fault) => {
  const fake = await start({ conversations: [conversation('a')] });
  const token = await login(fake);
  await fetch(`${fake.url}/_control/faults`, { method: 'PUT', body: JSON.stringify([fault]) });
  const ask = () => fetch(`${fake.url}${details('a')}`, { headers: { authorization: `Bearer ${token}` } });
  return { fake, token, ask };
};

const whole = JSON.stringify({ conversations: [conversation('a')] });

test.each([
  ['broken-json', 'application/json', whole.slice(0, Math.ceil(whole.length / 2))],
  ['text', 'text/plain', whole],
  ['empty', 'application/json', ''],
  ['list', 'application/json', `[${whole}]`],
] as const)('%s: the answer is spoilt once, and then as usual', async (answer, type, text) => {
  const { ask } = await begin({ answer });
  const spoilt = await ask();
  expect([spoilt.status, spoilt.headers.get('content-type'), await spoilt.text()]).toEqual([200, type, text]);
  expect(spoilt.headers.get('inin-ratelimit-count')).toBe('1');
  expect(await (await ask()).text()).toBe(whole);
});

test('html: a page comes instead of an answer', async () => {
  const { ask } = await begin({ answer: 'html' });
  const spoilt = await ask();
  expect([spoilt.headers.get('content-type'), await spoilt.text()]).toEqual(['text/html', expect.stringContaining('<!doctype')]);
});

test('half: the connection breaks in the middle of an answer', async () => {
  const { ask } = await begin({ answer: 'half' });
  await expect(ask().then((answer) => answer.text())).rejects.toThrow();
  expect(await (await ask()).text()).toBe(whole);
});

test('huge: the answer is larger than anybody should read', async () => {
  const { ask } = await begin({ answer: 'huge' });
  const huge = await ask();
  expect(Number(huge.headers.get('content-length'))).toBeGreaterThan(40_000_000);
  await huge.body?.cancel();
});

test('an answer that is late lets those that are not go first', async () => {
  const { ask, fake, token } = await begin({ answer: 'as-usual', delayMs: 500 });
  const order: string[] = [];
  const late = ask().then(() => order.push('late'));
  while (fake.control.requests().length === 1) await get(fake, '/_control/requests');
  await get(fake, details('a'), token).then(() => order.push('prompt'));
  await late;
  expect(order).toEqual(['prompt', 'late']);
});

test('a fault of one path leaves the others alone, and may have a code of its own', async () => {
  const { ask, fake, token } = await begin({
    answer: 429,
    code: 'too.many.requests.retry.after',
    path: '/conversations/details$',
    retryAfterSeconds: 3_600,
  });
  expect((await get(fake, '/api/v2/notifications/availabletopics', token)).status).toBe(200);
  const refused = await ask();
  expect([refused.status, refused.headers.get('retry-after')]).toEqual([429, '3600']);
  expect(await refused.json()).toMatchObject({ code: 'too.many.requests.retry.after' });
});

test('roles are given and taken while a token lives', async () => {
  const { ask, fake } = await begin({ answer: 'as-usual' });
  expect((await ask()).status).toBe(200);
  fake.control.clients([{ ...client, permissions: [] }]);
  expect((await ask()).status).toBe(403);
  fake.control.clients([]);
  expect((await ask()).status).toBe(401);
});

test('a switch or a setting that there is not is refused, and nothing is changed', async () => {
  const { fake, token } = await begin({ answer: 'as-usual' });
  const put = (switches: unknown) =>
    fetch(`${fake.url}/_control/switches`, { method: 'PUT', body: JSON.stringify(switches) }).then((answer) => answer.status);
  const askFor = async (count: number) => (await get(fake, details('a,'.repeat(count)), token)).status;
  expect([await put({ mostIds: '7' }), await put({ mostIds: '20', weather: 'fine' }), await askFor(21)]).toEqual([400, 400, 200]);
  expect([await put({ mostIds: '20' }), await askFor(20), await askFor(21)]).toEqual([200, 200, 400]);
});

test('connections are counted', async () => {
  const { fake, ask } = await begin({ answer: 'as-usual' });
  await (await ask()).text();
  expect(await (await fetch(`${fake.url}/_control/connections`)).json()).toBe(fake.control.connections());
  expect(fake.control.connections()).toBeGreaterThan(0);
});
