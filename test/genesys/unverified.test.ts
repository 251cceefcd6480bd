import { createHash } from 'node:crypto';
import { startFakeGenesys, type FakeGenesys } from '../../localstack/embedded/genesys/server';
import { checkedSwitches, unverified, type SwitchName } from '../../localstack/embedded/genesys/unverified';
import type { DetailsAnswer } from '../../src/core/genesys-answers';
import { createGenesysClient } from '../../src/genesys/client';
import { genesysConversations } from '../../src/genesys/conversations';
import { anOutside } from './outside';
import { everyPair } from './pairs';

/* Whatever it is that nobody could verify: details arrive, and what does not arrive is told apart. */

const switches = [
  'unknownIdInList',
  'malformedId',
  'mostIds',
  'tooManyIds',
  'listOrder',
  'nothingFound',
  'absentFields',
  'notFoundBody',
  'badToken',
  'expiredToken',
  'refusedClient',
  'missingPermission',
  'limitBelongsTo',
  'limitWindow',
  'tooManyRequests',
  'retryAfter',
  'rateLimitReset',
] as const satisfies readonly SwitchName[];

const rows = everyPair(Object.fromEntries(switches.map((name) => [name, unverified[name].settings])));

const client = { id: 'client-1', secret: 'canary-secret-7714' };
const start = '2026-01-05T09:00:00.000Z';

const uuid = (text: string): string =>
  createHash('sha256')
    .update(text)
    .digest('hex')
    .replace(/^(.{8})(.{4})(.{4})(.{4})(.{12}).*$/, '$1-$2-$3-$4-$5');
const idsOf = (kind: string, count: number) => Array.from({ length: count }, (_, index) => uuid(`${kind} ${index}`));
const complete = idsOf('complete', 40);
const incomplete = idsOf('incomplete', 6);
const absent = idsOf('absent', 4);
const ids = [...complete, ...incomplete, ...absent].sort();

const kindOf = (id: string): DetailsAnswer['kind'] =>
  complete.includes(id) ? 'complete' : incomplete.includes(id) ? 'incomplete' : 'absent';
const expected = ids.map((id) => [id, kindOf(id)]);

let genesys: FakeGenesys | null = null;
afterEach(async () => {
  await genesys?.close();
  genesys = null;
});

const begin = async (settings: Readonly<Record<string, string>>) => {
  const { outside, clock } = anOutside(client.id, client.secret);
  const todayMs = Date.UTC(2026, 0, 6, 12);
  const fake = (genesys = await startFakeGenesys({
    clients: [client],
    unknownIds: 'absent',
    nowMs: () => todayMs + clock.nowMs(),
    limits: { requestsPerMinute: 5_000, tokenLifetimeSeconds: 172_800 },
    switches: checkedSwitches(settings),
    conversations: [
      ...complete.map((conversationId) => ({
        conversationId,
        conversationStart: start,
        conversationEnd: '2026-01-05T10:00:00.000Z',
      })),
      ...incomplete.map((conversationId) => ({ conversationId, conversationStart: start })),
    ],
  }));
  const hosts = { apiUrl: fake.url, loginUrl: fake.url };
  const api = createGenesysClient({ ...hosts, timeoutMs: 10_000, retryDelayMs: () => 0 }, outside);
  const { fetch } = genesysConversations(api, outside, { batchSize: 60, timeoutMs: 10_000 });
  const kinds = async () => {
    const answers = await fetch(ids, 'live');
    return ids.map((id) => [id, answers.get(id)?.kind]);
  };
  const one = async (id = complete[0]!): Promise<DetailsAnswer> => (await fetch([id], 'live')).get(id)!;
  return { kinds, one, clock, control: fake.control };
};

test('every two settings meet in some row', () => {
  expect(rows.length).toBeLessThan(30);
  for (const name of switches) expect(new Set(rows.map((row) => row[name])).size).toBe(unverified[name].settings.length);
});

/** What differs from what the fake does unless told otherwise. */
const nameOf = (row: Readonly<Record<string, string>>): string =>
  switches.flatMap((name) => (row[name] === unverified[name].settings[0] ? [] : [`${name} ${row[name]}`])).join(', ') ||
  'none of them';

describe.each(rows.map((row) => [nameOf(row), row] as const))('with %s', (_, settings) => {
  test('every id gets its own answer, whatever its neighbours in the batch are', async () => {
    const { kinds, one } = await begin(settings);
    expect(await kinds()).toEqual(expected);
    expect(await one('no-uuid')).toMatchObject({ kind: settings['malformedId'] === 'refused' ? 'refused' : 'absent' });
  });

  test('a token that is over or worthless is renewed, and nobody notices', async () => {
    const { kinds, control, clock } = await begin(settings);
    await kinds();
    control.revokeTokens();
    expect(await kinds()).toEqual(expected);
    // Genesys may think a token over before we do.
    control.limits({ tokenLifetimeSeconds: 0 });
    await clock.advance(172_800_000);
    control.limits({ tokenLifetimeSeconds: 86_399 });
    expect(await kinds()).toEqual(expected);
  });

  test('a used-up quota is later, and over when it was said to be', async () => {
    const { one, control, clock } = await begin(settings);
    control.limits({ requestsPerMinute: 0 });
    const answer = await one();
    expect(answer).toMatchObject({ kind: 'unavailable', retryAfterMs: expect.any(Number) as number });
    control.limits({ requestsPerMinute: 1 });
    await clock.advance(answer.kind === 'unavailable' ? Math.max(answer.retryAfterMs, 60_000) : 0);
    expect(await one()).toMatchObject({ kind: 'complete' });
  });

  test('a missing permission and a wrong secret are refused by name, and over when they are mended', async () => {
    const { one, control, clock } = await begin(settings);
    control.clients([{ ...client, permissions: [] }]);
    expect(await one()).toMatchObject({
      kind: 'refused',
      why: expect.stringContaining('analytics:conversationDetail:view') as string,
    });
    await clock.advance(60_000);
    control.clients([{ ...client, secret: 'another' }]);
    control.revokeTokens();
    expect(await one()).toMatchObject({ kind: 'refused', why: expect.stringContaining(client.id) as string });
    control.clients([client]);
    await clock.advance(60_000);
    expect(await one()).toMatchObject({ kind: 'complete' });
  });
});
