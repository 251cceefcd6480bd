import { readSettings, SettingsError } from '../../../infra/read-settings';
import { existingNetwork, ingestOn, publicDoor } from './contexts';

const least = { GENESYS_REGION: 'eu-central-1' };
const arn = (service: string, resource: string): string => `arn:aws:${service}:eu-central-1:123456789012:${resource}`;

const problemsOf = (context: Readonly<Record<string, unknown>>): readonly string[] => {
  try {
    readSettings({ ...least, ...context });
    return [];
  } catch (error) {
    if (!(error instanceof SettingsError)) throw error;
    return error.problems;
  }
};

test('nobody has the door who has not asked for it', () => {
  expect(readSettings(least)).toMatchObject({ ingest: null, network: { hasPublicDoor: false } });
});

test('a certificate and who may connect are all that the door must be told', () => {
  expect(readSettings({ ...least, ...ingestOn })).toMatchObject({
    ingest: {
      ...{ certificateArn: ingestOn['ingestCertificateArn'], isPublic: false, from: ['203.0.113.0/24', '198.51.100.7/32'] },
      ...{ subnetIds: null, leastTasks: 2, mostTasks: 10, secretArn: null, secretKeyArn: null, logBucket: null },
    },
    network: { hasPublicDoor: false },
  });
});

test('every setting of it reaches what is built, as what it means', () => {
  const secretArn = arn('secretsmanager', 'secret:senders-AbCdEf');
  const given = {
    ...{ ...publicDoor, ...existingNetwork, ingestFrom: '0.0.0.0/0', ingestLogBucket: 'our-access-logs' },
    ...{ ingestSubnetIds: 'subnet-0123456789abcdef8,subnet-0123456789abcdef9', ingestLeastTasks: '1', ingestMostTasks: '3' },
    ...{ ingestSecretArn: secretArn, ingestSecretKeyArn: arn('kms', 'key/0a1b') },
  };
  expect(readSettings({ ...least, ...given }).ingest).toEqual({
    ...{ certificateArn: ingestOn['ingestCertificateArn'], isPublic: true, from: ['0.0.0.0/0'] },
    ...{ subnetIds: ['subnet-0123456789abcdef8', 'subnet-0123456789abcdef9'], leastTasks: 1, mostTasks: 3 },
    ...{ secretArn, secretKeyArn: arn('kms', 'key/0a1b'), logBucket: 'our-access-logs' },
  });
});

const { ingestCertificateArn, ingestFrom } = ingestOn;
const off = (name: string): string => `${name}: expected ingest=on beside it, got off.`;
const apart: readonly (readonly [Readonly<Record<string, unknown>>, readonly string[]])[] = [
  [
    { ingest: 'on' },
    [
      'ingestCertificateArn: expected one with ingest=on, got none: the door speaks TLS alone.',
      'ingestFrom: expected who may connect with ingest=on, got none. 0.0.0.0/0 is everybody.',
    ],
  ],
  [
    { ingestCertificateArn, ingestFrom, ingestLeastTasks: '2' },
    ['ingestCertificateArn', 'ingestFrom', 'ingestLeastTasks'].map(off),
  ],
  [
    { ...ingestOn, ingestSubnetIds: 'subnet-0123456789abcdef8,subnet-0123456789abcdef9' },
    ['ingestSubnetIds: expected vpcId beside it, got none.'],
  ],
  [
    { ...publicDoor, ...existingNetwork },
    ['ingestSubnetIds: expected public subnets of vpcId with ingestScheme=internet-facing, got none.'],
  ],
  [
    { ...publicDoor, ...existingNetwork, ingestSubnetIds: 'subnet-0123456789abcdef8,subnet-0123456789abcdef8' },
    ['ingestSubnetIds: expected 2 or more with ingest=on, each in a zone of its own, got 1.'],
  ],
  [
    { ...ingestOn, ...existingNetwork, subnetIds: 'subnet-0123456789abcdef0', availabilityZones: 'us-east-1a' },
    ['subnetIds: expected 2 or more with ingest=on, each in a zone of its own, got 1.'],
  ],
  [
    { ...ingestOn, ingestLeastTasks: '11' },
    ['ingestLeastTasks, ingestMostTasks: expected no more at least than at most, got 11 and 10.'],
  ],
  [
    { ...ingestOn, ingestSecretKeyArn: arn('kms', 'key/0a1b') },
    ['ingestSecretKeyArn: expected ingestSecretArn beside it, got none: the secret that is made has no key of its own.'],
  ],
];

test.each(apart)('what does not go together is refused: %j', (context, problems) => {
  expect(problemsOf(context)).toEqual(problems);
});

test.each(['10.0.0.5/8', '203.0.113.1/24', '1.2.3.4/0', '256.0.0.0/8', '10.0.0.0/33', '10.0.0.0', '::/0', '10.0.0.0/8,'])(
  'a range that is none, or that is written by another of its addresses, lets nobody in: %s',
  (range) => {
    expect(problemsOf({ ...ingestOn, ingestFrom: range })).toEqual([expect.stringMatching(/^ingestFrom: expected IPv4 ranges /)]);
  },
);

test('a range is one address, many, or all of them', () => {
  for (const range of ['203.0.113.7/32', '10.0.0.0/8', '255.255.255.254/31', '0.0.0.0/0'])
    expect(problemsOf({ ...ingestOn, ingestFrom: range })).toEqual([]);
});

describe('variables of ingest', () => {
  const chosen = { INGEST_GATHER_MS: '20', IDEMPOTENCY_TTL: '1h' };

  test('are settings of the stack', () => {
    expect(readSettings({ ...least, ...ingestOn, ...chosen }).environment).toEqual({ ...least, ...chosen });
  });

  test('are a mistake where there is no ingest to read them', () => {
    expect(problemsOf(chosen)).toEqual(['INGEST_GATHER_MS', 'IDEMPOTENCY_TTL'].map(off));
  });

  test('for what ingest would end at its start, the deploy does', () => {
    expect(problemsOf({ ...ingestOn, INGEST_MAX_WAITING: 'many' })).toEqual([
      expect.stringMatching(/^INGEST_MAX_WAITING: expected a whole number of posts from 1 to 100000, got `many`\./),
    ]);
    expect(problemsOf({ ...ingestOn, INGEST_TIMEOUT_MS: '60000' })).toEqual([
      expect.stringMatching(/^INGEST_TIMEOUT_MS, SHUTDOWN_GRACE_SECONDS: expected /),
    ]);
  });

  test('that the stack sets itself, or that are secrets, are not for whoever deploys; a secret is not shown', () => {
    const secret = 's3cret-of-a-sender-that-nobody-may-see';
    const given = { INGEST_SECRET_ARN: 'x', INGEST_HOST: '::', INGEST_PORT: '80', INGEST_BEARER_SECRETS: secret };
    const problems = problemsOf({ ...ingestOn, ...given, INGEST_SIGNING_SECRETS: secret });
    expect(problems).toEqual([
      ...['INGEST_SECRET_ARN', 'INGEST_HOST', 'INGEST_PORT'].map((name) => `${name}: expected nothing: the stack sets it.`),
      ...['INGEST_BEARER_SECRETS', 'INGEST_SIGNING_SECRETS'].map(
        (name) => `${name}: expected nothing: it belongs into ingest's secret, which the stack makes or ingestSecretArn names.`,
      ),
    ]);
  });
});
