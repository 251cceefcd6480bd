import { readSettings, SettingsError } from '../../infra/read-settings';
import { settingDefinitions } from '../../infra/setting-definitions';
import { variables } from '../../src/config-variables';

const least = { GENESYS_REGION: 'eu-central-1' };
const source = 'aws.partner/genesys.com/cloud/0a1b2c3d-0000-4000-8000-000000000000/tidemark';
const arn = (service: string, resource: string): string => `arn:aws:${service}:eu-central-1:123456789012:${resource}`;

const problemsOf = (context: Readonly<Record<string, unknown>>): readonly string[] => {
  try {
    readSettings(context);
    return [];
  } catch (error) {
    if (!(error instanceof SettingsError)) throw error;
    return error.problems;
  }
};

test('the region of Genesys is all that a deploy must be told', () => {
  expect(readSettings(least)).toMatchObject({
    ...{
      stackName: 'tidemark',
      bus: { kind: 'own' },
      sourcePrefixes: ['aws.partner/genesys.com'],
      ruleMode: 'all',
      archiveDays: 30,
    },
    ...{ onDelete: 'keep', tableName: null, image: { kind: 'build' }, network: { kind: 'new', natGateways: 1 }, spot: false },
    ...{ leastTasks: 2, mostTasks: 10, cpu: 512, memoryMib: 1_024, genesysSecretArn: null, crmUrl: null, ticketUrl: null },
    ...{ warehouse: false, ingest: null, wakeTopicArn: null, dayTopicArn: null, environment: least },
  });
});

test.each([{ CALL_DETAILS: 'off' }, { GENESYS_API_URL: 'https://a.example.com', GENESYS_LOGIN_URL: 'https://l.example.com' }])(
  'without a region of Genesys, %j will do',
  (context) => {
    expect(problemsOf(context)).toEqual([]);
  },
);

test('every setting reaches what is built, as what it means', () => {
  const given = {
    ...{
      stackName: 'calls',
      eventSource: source,
      sourcePrefixes: 'aws.partner/genesys.com, example.upstream',
      ruleMode: 'registered',
    },
    ...{ archiveDays: '0', tableName: 'restored', onDelete: 'remove', image: 'example.com/tidemark@sha256:0', natGateways: '2' },
    ...{ spot: 'on', leastTasks: '1', mostTasks: '3', cpu: '1024', memoryMib: '3072', warehouse: 'on' },
    ...{ genesysSecretArn: arn('secretsmanager', 'secret:genesys-AbCdEf'), silenceMinutes: '60' },
    ...{
      crmUrl: 'https://crm.example.com/',
      crmKeyHeader: 'Authorization',
      crmKeyVersion: 'a'.repeat(32),
      ticketUrl: 'https://t.example.com',
    },
    ...{ wakeTopicArn: arn('sns', 'wake'), dayTopicArn: arn('sns', 'day'), runbookUrl: 'https://example.com/runbook' },
  };
  expect(readSettings({ ...least, ...given, HOLD_MS: 30_000 })).toMatchObject({
    ...given,
    ...{ bus: { kind: 'partner', source }, sourcePrefixes: ['aws.partner/genesys.com', 'example.upstream'], archiveDays: 0 },
    ...{ image: { kind: 'given', uri: given.image }, network: { kind: 'new', natGateways: 2 }, natGateways: 2 },
    ...{ spot: true, leastTasks: 1, mostTasks: 3, cpu: 1_024, memoryMib: 3_072, warehouse: true, silenceMinutes: 60 },
    ...{ crmUrl: 'https://crm.example.com', environment: { ...least, HOLD_MS: '30000' } },
  });
});

test('a bus and a network that are there are used', () => {
  const network = { vpcId: 'vpc-0123456789abcdef0', availabilityZones: 'eu-central-1a,eu-central-1b' };
  const subnetIds = 'subnet-0123456789abcdef0,subnet-0123456789abcdef1';
  expect(readSettings({ ...least, ...network, subnetIds, eventBus: source })).toMatchObject({
    bus: { kind: 'existing', name: source },
    network: {
      ...{ kind: 'existing', vpcId: network.vpcId },
      ...{ availabilityZones: network.availabilityZones.split(','), subnetIds: subnetIds.split(',') },
    },
  });
});

test.each(Object.keys(settingDefinitions) as (keyof typeof settingDefinitions)[])(
  '%s: what it cannot be is refused, with what was expected',
  (name) => {
    const { kind, desc } = settingDefinitions[name];
    const got = kind.secret ? 'something else (not shown)' : '`~ ~`';
    expect(problemsOf({ ...least, [name]: '~ ~' })).toEqual([`${name}: expected ${kind.type}, got ${got}. ${desc}`]);
  },
);

test('a secret that is given where none belongs is not shown', () => {
  const given = {
    genesysSecretArn: 's3cret',
    crmUrl: 'https://tidemark:s3cret@crm.example.com',
    GENESYS_CLIENT_SECRET: 's3cret',
  };
  const problems = problemsOf({ ...least, ...given, genesysSecret: 's3cret' });
  expect(problems).toHaveLength(4);
  expect(problems.join('\n')).not.toContain('s3cret');
});

test("an ARN of a secret without the end that AWS gives it is refused: no policy would match the secret's", () => {
  const problems = problemsOf({ ...least, genesysSecretArn: arn('secretsmanager', 'secret:tidemark/genesys') });
  expect(problems).toEqual([expect.stringMatching(/^genesysSecretArn: expected the whole ARN /)]);
});

const onlySource = 'eventSource, eventBus: expected one of them at most, got both.';
const wholeNetwork = 'vpcId, availabilityZones, subnetIds: expected all of them, with a zone for each subnet, or none.';
const vpcId = 'vpc-0123456789abcdef0';
const oneSubnet = 'subnet-0123456789abcdef0';
const apart: readonly (readonly [object, string])[] = [
  [{ eventSource: source, eventBus: 'calls' }, onlySource],
  [
    { eventBus: 'default' },
    'eventBus: expected a bus with a name of its own, got `default`. Forward the events from there to one, and name that.',
  ],
  [{ vpcId }, wholeNetwork],
  [{ subnetIds: oneSubnet, availabilityZones: 'eu-central-1a' }, wholeNetwork],
  [{ vpcId, subnetIds: oneSubnet, availabilityZones: 'eu-central-1a,eu-central-1b' }, wholeNetwork],
  [{ leastTasks: '11' }, 'leastTasks, mostTasks: expected no more at least than at most, got 11 and 10.'],
  [
    { memoryMib: '512' },
    'cpu, memoryMib: expected MiB from 1024 to 4096, in steps of 1024, beside 512 CPU units, as Fargate has them, got 512.',
  ],
  [
    { cpu: '256', memoryMib: '1500' },
    'cpu, memoryMib: expected MiB of 512, 1024 or 2048 beside 256 CPU units, as Fargate has them, got 1500.',
  ],
  [{ crmKeyVersion: 'a'.repeat(32) }, 'crmKeyVersion: expected crmUrl beside it, got none.'],
  [{ ticketKeyVersion: 'a'.repeat(32) }, 'ticketKeyVersion: expected ticketUrl beside it, got none.'],
  [
    { ENRICHMENT_STEPS: 'analyze_sentiment,update_ticket_system' },
    'ENRICHMENT_STEPS, ticketUrl: expected an address for the step update_ticket_system, got none.',
  ],
  [
    { SHUTDOWN_GRACE_SECONDS: '110' },
    'SHUTDOWN_GRACE_SECONDS: expected at most 109, got 110. After 110 ECS kills the container.',
  ],
  [
    { HOLD_MS: '60000', IDLE_MS: '50000' },
    'HOLD_MS, IDLE_MS: expected a hold no longer than the idle time, got `60000`, `50000`',
  ],
];

test.each(apart)('what does not go together is refused: %j', (context, problem) => {
  expect(problemsOf({ ...least, ...context })).toEqual([problem]);
});

test('every size of task that Fargate has is allowed', () => {
  const sizes = {
    256: [512, 1_024, 2_048],
    512: [1_024, 4_096],
    1024: [2_048, 8_192],
    2048: [4_096, 16_384],
    4096: [8_192, 30_720],
  };
  for (const [cpu, memories] of Object.entries(sizes))
    for (const memoryMib of memories) expect(problemsOf({ ...least, cpu, memoryMib })).toEqual([]);
});

test('steps whose systems are there may be asked for, and fewer than there are systems for', () => {
  expect(problemsOf({ ...least, crmUrl: 'https://crm.example.com', ENRICHMENT_STEPS: 'fetch_crm_contact' })).toEqual([]);
  expect(problemsOf({ ...least, crmUrl: 'https://crm.example.com', ENRICHMENT_STEPS: 'analyze_sentiment' })).toEqual([]);
});

test('for what a worker would end at its start, the deploy does', () => {
  const [hold, region] = problemsOf({ HOLD_MS: '45s' });
  expect(region).toMatch(/^GENESYS_REGION: expected one of .*, us-east-1, .*, got nothing\. Region of the Genesys organisation/);
  expect(hold).toMatch(/^HOLD_MS: expected a whole number of milliseconds from 0 to 86400000, got `45s`\./);
});

test('a name that nothing has is refused, and one that is not for whoever deploys', () => {
  const given = {
    holdMs: '1',
    'stack-name': 'x',
    constructor: 'x',
    QUEUE_URL: 'https://example.com',
    AWS_ENDPOINT_URL: 'https://example.com',
  };
  expect(problemsOf({ ...least, ...given, GENESYS_CLIENT_SECRET: 'hush' })).toEqual([
    ...['holdMs', 'stack-name', 'constructor'].map(
      (name) => `${name}: expected the name of a setting of the stack, or of a variable of the worker or of ingest.`,
    ),
    'QUEUE_URL: expected nothing: the stack sets it.',
    "AWS_ENDPOINT_URL: expected nothing: a stack's tasks use AWS.",
    "GENESYS_CLIENT_SECRET: expected nothing: it belongs into Genesys's secret, which the stack makes or genesysSecretArn names.",
  ]);
});

test("CDK's own context is left alone, and what is empty is not set", () => {
  const cdk = {
    '@aws-cdk/core:newStyleStackSynthesis': true,
    'aws:cdk:bundling-stacks': [],
    tree: 1,
    'acknowledged-issue-numbers': [1],
  };
  expect(problemsOf({ ...least, ...cdk, crmUrl: '', GENESYS_API_URL: ' ' })).toEqual([]);
});

test('all problems are told at once', () => {
  const told = problemsOf({ leastTasks: 'many', nonsense: 'x', HOLD_MS: '-1' });
  expect(told.map((problem) => problem.split(':')[0])).toEqual(['leastTasks', 'nonsense', 'HOLD_MS', 'GENESYS_REGION']);
  expect(new SettingsError(told).message).toBe(['The settings of the stack cannot be used:', ...told].join('\n  '));
});

test('no setting is called like a variable of the worker', () => {
  expect(Object.keys(settingDefinitions).filter((name) => name in variables)).toEqual([]);
});
