import { ConfigError, loadConfig, loadIngestConfig } from '../src/config';
import { ingestVariables } from '../src/config-ingest-variables';

const bearer = 'canary-of-24-characters-';
const signing = 'canary-!"#$%&\'()*+-./:;<=>?@[]^_`{|}~';
const arn = 'arn:aws:secretsmanager:eu-central-1:123456789012:secret:tidemark/senders-AbCdEf';

const minimal = {
  QUEUE_URL: 'https://sqs.eu-central-1.amazonaws.com/123456789012/tidemark',
  TABLE_NAME: 'tidemark',
  INGEST_BEARER_SECRETS: bearer,
};
const places = { QUEUE_URL: minimal.QUEUE_URL, TABLE_NAME: minimal.TABLE_NAME };

const forWorker = {
  ...places,
  DEAD_LETTER_QUEUE_URL: 'https://sqs.eu-central-1.amazonaws.com/123456789012/tidemark-dead',
  STATE_MACHINE_ARN: 'arn:aws:states:eu-central-1:123456789012:stateMachine:enrichment',
  RECORD_TOPIC_ARN: 'arn:aws:sns:eu-central-1:123456789012:records',
  CALL_DETAILS: 'off',
};

type Env = Readonly<Record<string, string>>;

const problemsOf = (env: Env): readonly string[] => {
  try {
    loadIngestConfig(env);
  } catch (error) {
    if (error instanceof ConfigError) return error.problems;
    throw error;
  }
  return [];
};
const wrongNames = (env: Env): readonly (string | undefined)[] => problemsOf(env).map((problem) => problem.split(':')[0]);

test('a queue, a table and one secret are enough', () => {
  expect(loadIngestConfig(minimal)).toEqual({
    aws: { region: undefined, endpointUrl: undefined },
    queueUrl: minimal.QUEUE_URL,
    tableName: 'tidemark',
    shutdownGraceMs: loadConfig(forWorker).shutdownGraceMs,
    healthPort: loadConfig(forWorker).healthPort,
    logLevel: 'info',
    metricsNamespace: 'Tidemark',
    host: '0.0.0.0',
    port: 8_000,
    secrets: { kind: 'given', bearer: [bearer], signing: [] },
    maxBodyBytes: 262_144,
    maxPerSecond: 1_000,
    maxWaiting: 1_000,
    gatherMs: 5,
    timeoutMs: 10_000,
    idempotencyMs: 86_400_000,
  });
});

test('an empty environment names everything that is required, at once', () => {
  expect(wrongNames({})).toEqual(['QUEUE_URL', 'TABLE_NAME', 'INGEST_BEARER_SECRETS, INGEST_SIGNING_SECRETS, INGEST_SECRET_ARN']);
});

type Loaded = ReturnType<typeof loadIngestConfig>;
const isLoaded: readonly [keyof typeof ingestVariables, string, Partial<Loaded>][] = [
  ['INGEST_HOST', '127.0.0.1', { host: '127.0.0.1' }],
  ['INGEST_HOST', '::1', { host: '::1' }],
  ['INGEST_PORT', '0', { port: 0 }],
  ['INGEST_PORT', '65535', { port: 65_535 }],
  [
    'INGEST_BEARER_SECRETS',
    `${bearer}1, ${bearer}2`,
    { secrets: { kind: 'given', bearer: [`${bearer}1`, `${bearer}2`], signing: [] } },
  ],
  ['INGEST_SIGNING_SECRETS', signing, { secrets: { kind: 'given', bearer: [bearer], signing: [signing] } }],
  ['INGEST_MAX_BODY_BYTES', '1024', { maxBodyBytes: 1_024 }],
  ['INGEST_MAX_BODY_BYTES', '1046528', { maxBodyBytes: 1_046_528 }],
  ['INGEST_MAX_PER_SECOND', '1', { maxPerSecond: 1 }],
  ['INGEST_MAX_WAITING', '100000', { maxWaiting: 100_000 }],
  ['INGEST_GATHER_MS', '0', { gatherMs: 0 }],
  ['INGEST_TIMEOUT_MS', '100', { timeoutMs: 100 }],
  ['IDEMPOTENCY_TTL', '7s', { idempotencyMs: 7_000 }],
  ['IDEMPOTENCY_TTL', '168h', { idempotencyMs: 7 * 86_400_000 }],
  ['IDEMPOTENCY_TTL', 'off', { idempotencyMs: 0 }],
];

test.each(isLoaded)('%s=%s is taken', (name, text, expected) => {
  expect(loadIngestConfig({ ...minimal, [name]: text })).toMatchObject(expected);
});

const isWrong: readonly [keyof typeof ingestVariables, string][] = [
  ['INGEST_HOST', 'localhost'],
  ['INGEST_HOST', 'ingest.example.com'],
  ['INGEST_PORT', '65536'],
  ['INGEST_BEARER_SECRETS', bearer.slice(1)],
  ['INGEST_BEARER_SECRETS', `${bearer},`],
  ['INGEST_BEARER_SECRETS', `${bearer}1,${bearer}2,${bearer}3`],
  ['INGEST_BEARER_SECRETS', `${bearer} x`],
  ['INGEST_SIGNING_SECRETS', `${bearer}é`],
  ['INGEST_SIGNING_SECRETS', bearer.padEnd(201, 'x')],
  ['INGEST_SECRET_ARN', 'arn:aws:ssm:eu-central-1:123456789012:parameter/senders'],
  ['INGEST_SECRET_ARN', 'tidemark/senders'],
  ['INGEST_MAX_BODY_BYTES', '1023'],
  ['INGEST_MAX_BODY_BYTES', '1046529'],
  ['INGEST_MAX_PER_SECOND', '0'],
  ['INGEST_MAX_WAITING', '0'],
  ['INGEST_GATHER_MS', '1001'],
  ['INGEST_TIMEOUT_MS', '99'],
  ['IDEMPOTENCY_TTL', '86400'],
  ['IDEMPOTENCY_TTL', '0s'],
  ['IDEMPOTENCY_TTL', '169h'],
];

test.each(isWrong)('%s=%s is refused by its name', (name, text) => {
  expect(wrongNames({ ...minimal, [name]: text })).toEqual(expect.arrayContaining([name]));
});

test('every variable is among those that were tried, right and wrong', () => {
  const names = Object.keys(ingestVariables).sort();
  expect([...new Set([...isLoaded.map(([name]) => name), 'INGEST_SECRET_ARN'])].sort()).toEqual(names);
  expect([...new Set(isWrong.map(([name]) => name))].sort()).toEqual(names);
});

test('no secret is ever shown, not even one that is wrong', () => {
  const wrong = `${bearer} `.repeat(2);
  const problems = problemsOf({ ...places, INGEST_BEARER_SECRETS: wrong, INGEST_SIGNING_SECRETS: 'canary' });
  expect(problems).toHaveLength(2);
  expect(problems.join()).toContain('not shown');
  expect(problems.join()).not.toContain('canary');
});

describe('The secrets', () => {
  test("stand in Secrets Manager, where the secret's ARN is given", () => {
    expect(loadIngestConfig({ ...places, INGEST_SECRET_ARN: arn }).secrets).toEqual({ kind: 'secret', arn });
  });

  test('of one kind are enough, whichever it is', () => {
    expect(loadIngestConfig({ ...places, INGEST_SIGNING_SECRETS: signing }).secrets).toEqual({
      kind: 'given',
      bearer: [],
      signing: [signing],
    });
  });

  test.each<[string, Env]>([
    ['bearer secrets', { INGEST_BEARER_SECRETS: bearer }],
    ['signing secrets', { INGEST_SIGNING_SECRETS: signing }],
  ])('have one source: an ARN and %s are one too many, and none is shown', (_, given) => {
    const [problem, ...others] = problemsOf({ ...places, ...given, INGEST_SECRET_ARN: arn });
    expect(others).toEqual([]);
    expect(problem).toMatch(/INGEST_SECRET_ARN: expected either .* got both/);
    expect(problem).not.toContain('canary');
  });

  test.each(['', ' '])('set to %j are not set: nobody could post', (nothing) => {
    expect(problemsOf({ ...places, INGEST_BEARER_SECRETS: nothing })).toEqual([
      expect.stringContaining('at least one of them, got none'),
    ]);
  });
});

test("the worker reads nothing of the door's: it starts whatever those say", () => {
  const wrong = Object.fromEntries(Object.keys(ingestVariables).map((name) => [name, '?, ?']));
  expect(loadConfig({ ...forWorker, ...wrong })).toEqual(loadConfig(forWorker));
});

test("the door reads nothing of the worker's: it starts without them, and whatever they say", () => {
  const theirs = {
    DEAD_LETTER_QUEUE_URL: '?',
    STATE_MACHINE_ARN: '?',
    RECORD_TOPIC_ARN: '?',
    HOLD_MS: '5s',
    GENESYS_REGION: '?',
    SHARDS: '?',
  };
  expect(() => loadConfig({ ...forWorker, ...theirs })).toThrow(ConfigError);
  expect(loadIngestConfig({ ...minimal, ...theirs })).toEqual(loadIngestConfig(minimal));
});

test.each<[string, string]>([
  ['QUEUE_URL', 'nowhere'],
  ['AWS_ENDPOINT_URL', 'nowhere'],
  ['HEALTH_PORT', 'x'],
  ['SHUTDOWN_GRACE_SECONDS', 'x'],
  ['LOG_LEVEL', 'loud'],
])('what both read is read alike: %s=%s is refused', (name, text) => {
  expect(wrongNames({ ...minimal, [name]: text })).toEqual([name]);
});
