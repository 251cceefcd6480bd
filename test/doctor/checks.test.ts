import { judgeFleet, type FleetNews } from '../../src/doctor/fleet-check';
import { judgeGenesys } from '../../src/doctor/genesys-check';
import { judgePlace, type SeenPlace } from '../../src/doctor/place-check';
import { judgeRights } from '../../src/doctor/rights-check';
import type { Seen } from '../../src/doctor/seen';
import { judgeSettings, type SeenSettings } from '../../src/doctor/settings-check';
import { judgeStateMachine } from '../../src/doctor/state-machine-check';
import { judgeTable, type SeenTable } from '../../src/doctor/table-check';
import { judgeTopic } from '../../src/doctor/topic-check';
import type {
  DescribedStateMachine,
  DescribedSubscription,
  DescribedTable,
  GenesysReply,
  GenesysSeen,
  SimulatedRight,
} from '../../src/ports-doctor';
import { amiss, queueArn, table, wanted } from './samples';

const seen = <T>(value: T): Seen<T> => ({ kind: 'seen', value });
const absent: Seen<never> = { kind: 'absent' };
const unknown: Seen<never> = { kind: 'unknown', why: 'may not be looked at', todo: 'It takes a right.' };

type Amiss = readonly string[];

describe('the table', () => {
  const good: SeenTable = {
    table: seen(table),
    timeToLive: seen({ status: 'ENABLED', attribute: 'expiresAt' }),
    backups: seen('ENABLED'),
  };
  const [index] = table.indexes;
  const withTable = (changed: Partial<DescribedTable>): SeenTable => ({ ...good, table: seen({ ...table, ...changed }) });

  test.each<readonly [string, SeenTable, Amiss]>([
    ['as the stack makes it', good, []],
    ['that is not there', { ...good, table: absent }, ['table: wrong']],
    ['that may not be looked at', { ...good, table: unknown }, ['table: unknown']],
    ['that is being made', withTable({ status: 'CREATING' }), ['state: wrong']],
    ['with other keys', withTable({ keys: [{ name: 'id', type: 'S' }] }), ['keys: wrong']],
    ['without its index', withTable({ indexes: [] }), ['index due: wrong']],
    ['with a due time of text', withTable({ indexes: [{ ...index!, keys: [{ name: 'dueOn', type: 'S' }, { name: 'dueAt', type: 'S' }] }] }), ['index due: wrong']], // prettier-ignore
    ['with an index that is being filled', withTable({ indexes: [{ ...index!, status: 'CREATING' }] }), ['index due: wrong']],
    ['with an index that copies all', withTable({ indexes: [{ ...index!, projection: 'ALL' }] }), ['index due: warn']],
    ['with provisioned capacity', withTable({ billing: 'PROVISIONED' }), ['billing: warn']],
    ['that may be deleted', withTable({ isProtected: false }), ['deletion protection: warn']],
    ['without expiry', { ...good, timeToLive: seen({ status: 'DISABLED', attribute: null }) }, ['TTL: wrong']],
    ['that expires by another attribute', { ...good, timeToLive: seen({ status: 'ENABLED', attribute: 'ttl' }) }, ['TTL: wrong']],
    ['without backups', { ...good, backups: seen('DISABLED') }, ['point-in-time recovery: warn']],
  ])('%s', (_, given, expected) => {
    expect(amiss(judgeTable(given, wanted.table))).toEqual(expected);
  });
});

describe('the topic', () => {
  const subscription: DescribedSubscription = {
    protocol: 'sqs',
    endpoint: queueArn('crm'),
    isConfirmed: true,
    hasDeadLetterQueue: true,
  };
  const topic = (changed: Partial<DescribedSubscription>, isFifo = false) =>
    amiss(judgeTopic(seen({ isFifo }), seen([{ ...subscription, ...changed }])));

  test('as it should be, or without subscriptions, has nothing amiss', () => {
    expect(topic({})).toEqual([]);
    expect(amiss(judgeTopic(seen({ isFifo: false }), seen([])))).toEqual([]);
  });

  test('loses records that a subscription without a dead-letter queue is not delivered', () => {
    expect(topic({ hasDeadLetterQueue: false })).toEqual(['subscription sqs crm: wrong']);
  });

  test('delivers nothing to who has not confirmed, and a FIFO one takes nothing', () => {
    expect(topic({ isConfirmed: false, hasDeadLetterQueue: false })).toEqual(['subscription sqs crm: warn']);
    expect(topic({}, true)).toEqual(['kind: wrong']);
    expect(amiss(judgeTopic(absent, absent))).toEqual(['topic: wrong']);
  });
});

test.each<readonly [string, Partial<DescribedStateMachine>, Amiss]>([
  ['as it should be', {}, []],
  ['EXPRESS, where a name protects from nothing', { type: 'EXPRESS' }, ['type: wrong']],
  ['on its way out', { status: 'DELETING' }, ['state: wrong']],
  ['with a name that was never filled in', { definition: '{"TableName":"${TableName}"}' }, ['definition: wrong']],
  ['that logs customer data', { logsData: true }, ['logging: wrong']],
])('a state machine %s', (_, changed, expected) => {
  const machine = {
    status: 'ACTIVE',
    type: 'STANDARD',
    definition: '{"x":"{% $states.input %}"}',
    logLevel: 'ERROR',
    logsData: false,
  };
  expect(amiss(judgeStateMachine(seen({ ...machine, ...changed })))).toEqual(expected);
});

describe('rights', () => {
  const right = (changed: Partial<SimulatedRight>): SimulatedRight => ({
    on: 'topic',
    action: 'sns:Publish',
    decision: 'allowed',
    missing: [],
    ...changed,
  });
  const judged = (changed: Partial<SimulatedRight>, isOfWorkers = true): Amiss =>
    amiss(judgeRights({ principal: 'arn:aws:iam::1:role/worker', isOfWorkers, rights: seen([right(changed)]) }));

  test('that a role lacks are wrong; what whoever happens to call lacks is told, and is no mistake', () => {
    expect(judged({})).toEqual([]);
    expect(judged({ decision: 'implicitDeny' })).toEqual(['on the topic: wrong']);
    expect(judged({ decision: 'implicitDeny' }, false)).toEqual([]);
  });

  test('that hang on what only a request has are not known', () => {
    expect(judged({ decision: 'implicitDeny', missing: ['dynamodb:LeadingKeys'] })).toEqual(['on the topic: unknown']);
    expect(judged({ decision: 'explicitDeny', missing: ['x'] })).toEqual(['on the topic: wrong']);
  });

  test('cannot be held against a role that may not be simulated, or that is gone', () => {
    const of = (rights: Seen<readonly SimulatedRight[]>): Amiss =>
      amiss(judgeRights({ principal: 'x', isOfWorkers: true, rights }));
    expect(of(unknown)).toEqual(['rights: unknown']);
    expect(of(absent)).toEqual(['rights: wrong']);
  });
});

describe('Genesys', () => {
  const yes: GenesysReply = { kind: 'granted', why: '' };
  const no: GenesysReply = { kind: 'refused', why: 'answered 403' };
  const silent: GenesysReply = { kind: 'silent', why: 'answered 429' };
  const good: GenesysSeen = {
    host: 'https://login.example.com',
    credentials: yes,
    token: yes,
    organisation: { ...yes, id: 'org' },
    features: [{ feature: 'TRANSCRIPT', permission: 'recording:recording:view', reply: yes }],
  };
  const withReply = (reply: GenesysReply): GenesysSeen => ({ ...good, features: [{ ...good.features[0]!, reply }] });

  test.each<readonly [string, Seen<GenesysSeen>, Amiss]>([
    ['that answers all', seen(good), []],
    ['that is not named', unknown, ['settings: unknown']],
    ['with a secret of another shape', seen({ ...good, credentials: no }), ['OAuth client: wrong']],
    ['with a secret that the caller may not read', seen({ ...good, credentials: silent }), ['OAuth client: unknown']],
    ['that gives no token', seen({ ...good, token: no }), ['token: wrong']],
    ['that does not answer', seen({ ...good, token: silent }), ['token: unknown']],
    ['of another region than the login', seen({ ...good, organisation: { ...no, id: null } }), ['API: wrong']],
    [
      'of another organisation than the events',
      seen({ ...good, organisation: { ...yes, id: 'other' } }),
      ['organisation: wrong'],
    ],
    ['without a permission', seen(withReply(no)), ['TRANSCRIPT: wrong']],
    ['whose quota is used up', seen(withReply(silent)), ['TRANSCRIPT: unknown']],
  ])('%s', (_, given, expected) => {
    expect(amiss(judgeGenesys(given, 'org'))).toEqual(expected);
  });
});

describe('place and clock', () => {
  const good: SeenPlace = {
    region: 'eu-west-1',
    caller: seen({ arn: 'arn:aws:iam::123456789012:user/me', account: '123456789012' }),
    arns: [{ name: 'QUEUE_URL', arn: queueArn('tidemark-intake') }],
    aheadMs: 900,
  };
  test.each<readonly [string, Partial<SeenPlace>, Amiss]>([
    ['as they should be', {}, []],
    [
      'with a queue of another account',
      { arns: [{ name: 'QUEUE_URL', arn: 'arn:aws:sqs:eu-west-1:999999999999:q' }] },
      ['one place: warn'],
    ],
    ['without credentials', { caller: unknown }, ['caller: unknown']],
    ['with a clock two minutes slow', { aheadMs: 120_000 }, ['clock: warn']],
    ['with a clock six minutes fast', { aheadMs: -360_000 }, ['clock: wrong']],
    ['with an AWS that says no time', { aheadMs: null }, ['clock: unknown']],
    ['where nothing can be asked of AWS', { caller: unknown, aheadMs: null }, ['caller: unknown', 'clock: wrong']],
  ])('%s', (_, changed, expected) => {
    expect(amiss(judgePlace({ ...good, ...changed }))).toEqual(expected);
  });
});

test.each<readonly [string, Partial<FleetNews>, Amiss]>([
  ['that work', {}, []],
  ['of which none lives', { alive: 0, silent: 2 }, ['alive: wrong']],
  ['that are far behind', { lagMs: 400_000 }, ['watermark: warn']],
  ['that somebody has paused', { paused: [{ lever: 'intake', sinceMs: 0, who: 'me', reason: 'x' }] }, ['levers: warn']],
])('workers %s', (_, changed, expected) => {
  expect(amiss(judgeFleet(seen({ alive: 2, silent: 0, lagMs: 8_000, paused: [], ...changed })))).toEqual(expected);
});

test.each<readonly [string, Partial<SeenSettings>, Amiss]>([
  ['that are complete', {}, []],
  ['of a stack of an older version', { lacking: ['RuleName'] }, ['outputs: warn']],
  ['that no worker would start with', { problems: ['QUEUE_URL: expected …'] }, ['a worker’s: warn']],
  ['that forget before a dead letter comes back', { eventRetentionDays: 14 }, ['retention: warn']],
])('settings %s', (_, changed, expected) => {
  const good: SeenSettings = { lacking: [], problems: [], retentionDays: 100, eventRetentionDays: 100 };
  expect(amiss(judgeSettings({ ...good, ...changed }))).toEqual(expected);
});
