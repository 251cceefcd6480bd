import { ConfigError, loadConfig } from '../src/config';
import { configTable, describeWorker } from '../src/config-described';
import { genesysRegions, hostsOfRegion } from '../src/genesys/regions';

const minimal = {
  QUEUE_URL: 'https://sqs.eu-central-1.amazonaws.com/123456789012/tidemark',
  DEAD_LETTER_QUEUE_URL: 'https://sqs.eu-central-1.amazonaws.com/123456789012/tidemark-dead',
  TABLE_NAME: 'tidemark',
  STATE_MACHINE_ARN: 'arn:aws:states:eu-central-1:123456789012:stateMachine:enrichment',
  RECORD_TOPIC_ARN: 'arn:aws:sns:eu-central-1:123456789012:records',
  CALL_DETAILS: 'off',
};

const withGenesys = {
  ...minimal,
  CALL_DETAILS: 'genesys',
  GENESYS_REGION: 'eu-central-1',
  GENESYS_CLIENT_ID: 'client-1',
  GENESYS_CLIENT_SECRET: 'canary-secret-7731',
};

const problemsOf = (env: Readonly<Record<string, string>>): readonly string[] => {
  try {
    loadConfig(env);
  } catch (error) {
    if (error instanceof ConfigError) return error.problems;
    throw error;
  }
  return [];
};

test('five places and CALL_DETAILS=off are enough', () => {
  expect(loadConfig(minimal)).toMatchObject({
    queueUrl: minimal.QUEUE_URL,
    callDetails: { kind: 'off' },
    aws: { region: undefined, endpointUrl: undefined },
    holdMs: 45_000,
    acwHoldMs: 300_000,
    visibilityMs: 60_000,
    waitTimeMs: 20_000,
    retentionMs: 8_640_000_000,
    eventRetentionMs: 8_640_000_000,
    allowedSources: [],
    handoffPolicy: 'final',
    emitPartialEveryMs: 0,
    publishEvents: false,
    enrichmentSteps: ['fetch_crm_contact', 'analyze_sentiment', 'update_ticket_system'],
    logLevel: 'info',
    metricsNamespace: 'Tidemark',
  });
});

test('an empty environment names everything that is required, at once', () => {
  const names = problemsOf({}).map((problem) => problem.split(':')[0]);
  expect(names).toEqual([
    ...['QUEUE_URL', 'DEAD_LETTER_QUEUE_URL', 'TABLE_NAME', 'STATE_MACHINE_ARN', 'RECORD_TOPIC_ARN'],
    ...['GENESYS_REGION', 'GENESYS_CLIENT_ID', 'GENESYS_CLIENT_SECRET'],
  ]);
});

test('a problem says what was expected, what came, and what the variable is for', () => {
  expect(problemsOf({ ...minimal, HOLD_MS: '5s' })).toEqual([
    'HOLD_MS: expected a whole number of milliseconds from 0 to 86400000, got `5s`. ' +
      'How long a window stays open after the last event of a conversation that looks complete.',
  ]);
});

test.each(['5s', '1e3', ' 7', '7 ', '-1', '1.0', '0x10', '+5', '1_000', '٣', '99999999999999999999', 'NaN', 'Infinity'])(
  'a number is digits within its bounds: %j is refused',
  (text) => expect(problemsOf({ ...minimal, TICK_MS: text })).toHaveLength(1),
);

test.each(['', ' ', '\t'])('an empty value (%j) counts as unset', (empty) => {
  expect(loadConfig({ ...minimal, HOLD_MS: empty, AWS_ENDPOINT_URL: empty, ALLOWED_SOURCES: empty })).toEqual(
    loadConfig(minimal),
  );
  expect(problemsOf({ ...minimal, TABLE_NAME: empty })[0]).toContain('TABLE_NAME: expected a DynamoDB table name, got nothing');
});

test('variables that are not ours are not looked at', () => {
  expect(loadConfig({ ...minimal, TIDEMARK_X: 'y', NODE_ENV: 'test', PATH: '/bin' })).toEqual(loadConfig(minimal));
});

test('the environment of the process is the default', () => {
  const saved = process.env;
  try {
    process.env = { ...minimal, HOLD_MS: '1234' };
    expect(loadConfig().holdMs).toBe(1_234);
  } finally {
    process.env = saved;
  }
});

test('lists are split at commas and trimmed; an empty entry is a mistake', () => {
  const config = loadConfig({ ...minimal, ENRICHMENT_STEPS: 'a, b', ALLOWED_SOURCES: 'aws.partner/genesys.com/cloud/1' });
  expect(config).toMatchObject({ enrichmentSteps: ['a', 'b'], allowedSources: ['aws.partner/genesys.com/cloud/1'] });
  expect(problemsOf({ ...minimal, ENRICHMENT_STEPS: 'a,,b' })).toHaveLength(1);
});

describe('Genesys', () => {
  test('a region names both hosts', () => {
    expect(loadConfig(withGenesys).callDetails).toEqual({
      kind: 'genesys',
      apiUrl: 'https://api.mypurecloud.de',
      loginUrl: 'https://login.mypurecloud.de',
      credentials: { kind: 'given', clientId: 'client-1', clientSecret: 'canary-secret-7731' },
      batchSize: 50,
      gatherMs: 1_000,
      requestsPerMinute: 300,
      extras: [],
      resolveNames: false,
      reconcileAfterMs: 0,
      timeoutMs: 30_000,
    });
  });

  test('all eighteen regions have hosts of their own', () => {
    expect(genesysRegions).toHaveLength(18);
    expect(new Set(genesysRegions.map((region) => hostsOfRegion(region)?.apiUrl)).size).toBe(18);
    expect(hostsOfRegion('toString')).toBeNull();
  });

  test('an unknown region is answered with the regions there are', () => {
    const [problem = ''] = problemsOf({ ...withGenesys, GENESYS_REGION: 'mypurecloud.de' });
    expect(problem).toMatch(/^GENESYS_REGION: expected one of .*eu-central-1.*, got `mypurecloud\.de`/);
  });

  test('both URLs stand in for the region; one of them does not', () => {
    const withoutRegion = { ...withGenesys, GENESYS_REGION: '' };
    const urls = { GENESYS_API_URL: 'http://127.0.0.1:8080/', GENESYS_LOGIN_URL: 'http://127.0.0.1:8081' };
    expect(loadConfig({ ...withoutRegion, ...urls }).callDetails).toMatchObject({
      apiUrl: 'http://127.0.0.1:8080',
      loginUrl: 'http://127.0.0.1:8081',
    });
    expect(problemsOf({ ...withoutRegion, GENESYS_API_URL: urls.GENESYS_API_URL })[0]).toContain('GENESYS_REGION');
  });

  test('one attempt of a request never takes more than half a lease', () => {
    expect(loadConfig({ ...withGenesys, LEASE_MS: '9000' }).callDetails).toMatchObject({ timeoutMs: 4_500 });
  });
});

describe('secrets', () => {
  test('a wrong secret is not shown', () => {
    const problems = problemsOf({ ...withGenesys, GENESYS_CLIENT_SECRET: 'canary secret', HOLD_MS: 'x' });
    expect(problems).toHaveLength(2);
    expect(problems.join()).not.toContain('canary');
  });

  test('an address with a password is refused, and the password is not shown', () => {
    const problems = problemsOf({ ...minimal, QUEUE_URL: 'https://user:canary@sqs.test/1/q' });
    expect(problems[0]).toContain('QUEUE_URL');
    expect(problems.join()).not.toContain('canary');
  });
});

describe('values that must fit each other', () => {
  test.each([
    ['a hold longer than the idle time', { HOLD_MS: '45001', IDLE_MS: '45000' }],
    ['a hold for after-call work shorter than the hold', { ACW_HOLD_MS: '1000' }],
    ['a cap shorter than a hold', { HOLD_CAP_MS: '60000' }],
    ['events kept longer than records', { EVENT_RETENTION_DAYS: '101' }],
    ['events that expire before their window gives up', { IDLE_MS: '172800000', EVENT_RETENTION_DAYS: '2' }],
    ['a heartbeat slower than a third of the visibility', { VISIBILITY_SECONDS: '12' }],
    ['a shutdown too short for a poll to run out', { SHUTDOWN_GRACE_SECONDS: '20' }],
    ['one queue for both purposes', { DEAD_LETTER_QUEUE_URL: minimal.QUEUE_URL }],
  ])('%s is refused, with the names and values', (_, change) => {
    const problems = problemsOf({ ...minimal, ...change });
    expect(problems).toHaveLength(1);
    for (const [name, value] of Object.entries(change)) {
      expect(problems[0]).toContain(name);
      expect(problems[0]).toContain(`\`${value}\``);
    }
  });

  test('a value that is wrong by itself is reported once, beside what else does not fit', () => {
    const problems = problemsOf({ ...minimal, HOLD_MS: 'x', SHUTDOWN_GRACE_SECONDS: '5' });
    expect(problems.map((problem) => problem.split(':')[0])).toEqual(['HOLD_MS', 'WAIT_TIME_SECONDS, SHUTDOWN_GRACE_SECONDS']);
  });

  test('their limits themselves are fine', () => {
    const limits = { HOLD_MS: '1000', IDLE_MS: '1000', ACW_HOLD_MS: '1000', HOLD_CAP_MS: '1000', VISIBILITY_SECONDS: '15' };
    expect(problemsOf({ ...minimal, ...limits })).toEqual([]);
  });
});

describe('the documentation', () => {
  test('has a row for every variable, each with type and description', () => {
    const rows = describeWorker();
    expect(rows.find((row) => row.name === 'HOLD_MS')).toEqual({
      name: 'HOLD_MS',
      type: 'a whole number of milliseconds from 0 to 86400000',
      default: '45000',
      required: 'no',
      description: 'How long a window stays open after the last event of a conversation that looks complete.',
    });
    expect(rows.filter((row) => row.type === '' || row.description === '')).toEqual([]);
    expect(rows.filter((row) => row.required === 'yes')).toHaveLength(5);
  });

  test('every default is a value that the variable takes', () => {
    const defaults = Object.fromEntries(describeWorker().map((row) => [row.name, row.default]));
    expect(loadConfig({ ...defaults, ...minimal })).toEqual(loadConfig(minimal));
  });

  test('is a Markdown table with as many cells in each row', () => {
    const lines = configTable(describeWorker()).split('\n');
    expect(lines).toHaveLength(describeWorker().length + 2);
    expect(new Set(lines.map((line) => line.split('|').length)).size).toBe(1);
  });
});
