import { awsEventSources, type EventSources } from '../../src/aws/event-sources';
import { askForSource, isInOrder, sourceText } from '../../src/commands/provision/event-source';
import { virtualClock } from '../../src/memory/clock';
import { startFakeEventSources, type Shown } from './fake-event-sources';

const organisationId = '0b5e9f0a-5f5c-4f0e-9a63-2d1c0c4c7a11';
const name = `aws.partner/genesys.com/cloud/${organisationId}/tidemark`;
const nowMs = Date.UTC(2026, 0, 1);
const region = 'eu-central-1';

let environment: typeof process.env;
let fake: Awaited<ReturnType<typeof startFakeEventSources>>;
let sources: EventSources;
beforeEach(() => {
  environment = process.env;
  process.env = { ...environment, AWS_ACCESS_KEY_ID: 'test', AWS_SECRET_ACCESS_KEY: 'canary-secret-4471' };
});
afterEach(async () => {
  process.env = environment;
  sources.destroy();
  await fake.close();
});

const start = async (show: (asked: number) => Shown, waitMs = 0) => {
  fake = await startFakeEventSources((_, asked) => show(asked));
  sources = awsEventSources(region, fake.url);
  const clock = virtualClock(nowMs);
  const waiting = { monotonicMs: clock.monotonicMs, sleep: (ms: number) => clock.advance(ms) };
  const report = await askForSource(sources, { organisationId, suffix: 'tidemark', region, waitMs }, waiting);
  return { report, clock, text: sourceText(report, '123456789012', nowMs) };
};

test('one that is ACTIVE is in order', async () => {
  const { report, text } = await start(() => ({ State: 'ACTIVE' }));
  expect(report).toEqual({ name, region, kind: 'there', state: 'ACTIVE', expiresAtMs: null });
  expect(isInOrder(report)).toBe(true);
  expect(text).toContain(`${name} in eu-central-1: ACTIVE`);
  expect(fake.asked).toEqual([name]);
});

test('one that is PENDING loses events, and says until when it can be associated', async () => {
  const { report, text } = await start(() => ({ State: 'PENDING', ExpirationTime: nowMs / 1_000 + 12.5 * 86_400 }));
  expect(isInOrder(report)).toBe(false);
  expect(text).toContain('what Genesys sends is lost');
  expect(text).toContain('within 12 days, until 2026-01-13T12:00:00.000Z');
});

test('one that expires within a day says so', async () => {
  const { text } = await start(() => ({ State: 'PENDING', ExpirationTime: nowMs / 1_000 + 3_600 }));
  expect(text).toContain('within a day, until 2026-01-01T01:00:00.000Z');
});

test.each([
  ['DELETED', 'nothing will come'],
  ['NEW\u001b[31m', String.raw`"NEW\u001b[31m", which is none of`],
])('one that is %j is not in order', async (State, expected) => {
  const { report, text } = await start(() => ({ State }));
  expect(isInOrder(report)).toBe(false);
  expect(text).toContain(expected);
  expect(text).not.toContain('\u001b');
});

test('one that is not there yet is waited for, and no longer than asked', async () => {
  const soon = await start((asked) => (asked < 3 ? 'absent' : { State: 'PENDING' }), 60_000);
  expect(soon.report).toMatchObject({ kind: 'there', state: 'PENDING' });
  sources.destroy();
  await fake.close();
  const never = await start(() => 'absent', 10_000);
  expect(never.report).toMatchObject({ kind: 'absent', waitedMs: 10_000 });
  expect(never.clock.monotonicMs() - virtualClock(nowMs).monotonicMs()).toBe(10_000);
  expect(never.text).toContain('not there, after 10 s');
  expect(never.text).toContain('are they of account 123456789012?');
});

test('an AWS that refuses is not known from one that has none, and tells no secret', async () => {
  const { report, text } = await start(() => 'denied');
  expect(report).toMatchObject({ kind: 'unknown' });
  expect(isInOrder(report)).toBe(false);
  expect(text).toContain('AccessDeniedException');
  expect(text).toContain('--no-aws');
  expect(text).not.toContain('canary');
});
