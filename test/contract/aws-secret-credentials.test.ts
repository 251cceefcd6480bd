import { randomBytes } from 'node:crypto';
import {
  CreateSecretCommand,
  DeleteSecretCommand,
  PutSecretValueCommand,
  type SecretsManagerClient,
} from '@aws-sdk/client-secrets-manager';
import { regionOfSecret, secretCredentials } from '../../src/aws/secret-credentials';
import { virtualClock } from '../../src/memory/clock';
import { installAws, type AwsInstallation } from './aws-installation';

let aws: AwsInstallation;
let secrets: SecretsManagerClient;
const arns: string[] = [];

beforeAll(async () => {
  aws = await installAws();
  secrets = aws.clients.secretsIn(process.env['AWS_REGION'] ?? 'us-east-1');
});
afterAll(async () => {
  for (const SecretId of arns) await secrets.send(new DeleteSecretCommand({ SecretId, ForceDeleteWithoutRecovery: true }));
  await aws.remove();
});

const asText = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value));

/** A secret of its own, and who reads the client from it. */
const aSecret = async (value: unknown) => {
  const Name = `${aws.prefix}/${randomBytes(4).toString('hex')}`;
  const { ARN: arn = '' } = await secrets.send(new CreateSecretCommand({ Name, SecretString: asText(value) }));
  arns.push(arn);
  const clock = virtualClock();
  const put = (next: unknown, stage: string) =>
    secrets.send(new PutSecretValueCommand({ SecretId: arn, SecretString: asText(next), VersionStages: [stage] }));
  return { arn, clock, put, source: secretCredentials(secrets, clock, arn) };
};

test('a secret that was made and not filled yet is waited for, not handed off without', async () => {
  const { ARN: arn = '' } = await secrets.send(new CreateSecretCommand({ Name: `${aws.prefix}/empty` }));
  arns.push(arn);
  const source = secretCredentials(secrets, virtualClock(), arn);
  expect(await source.read('known')).toMatchObject({
    kind: 'unavailable',
    why: expect.stringContaining('has a value') as string,
  });
  await secrets.send(
    new PutSecretValueCommand({ SecretId: arn, SecretString: '{"clientId":"client-1","clientSecret":"canary-1"}' }),
  );
  expect(await source.read('known')).toEqual(credentials('client-1', 'canary-1'));
});

const credentials = (clientId: string, clientSecret: string) => ({ kind: 'credentials', clientId, clientSecret });

test.each([
  ['clientId', { clientId: 'client-1', clientSecret: 'canary-1' }],
  ['client_id', { client_id: 'client-1', client_secret: 'canary-1', note: 'for the worker' }],
])('a secret that spells %s is read', async (_, value) => {
  const { source } = await aSecret(value);
  expect(await source.read('known')).toEqual(credentials('client-1', 'canary-1'));
});

test('a rotated secret is seen within a minute, or at once when it is read anew', async () => {
  const { source, put, clock } = await aSecret({ clientId: 'client-1', clientSecret: 'canary-old' });
  await source.read('known');
  await put({ clientId: 'client-1', clientSecret: 'canary-new' }, 'AWSCURRENT');
  expect(await source.read('known')).toEqual(credentials('client-1', 'canary-old'));
  expect(await source.read('anew')).toEqual(credentials('client-1', 'canary-new'));
  await put({ clientId: 'client-2', clientSecret: 'canary-newer' }, 'AWSCURRENT');
  await clock.advance(60_000);
  expect(await source.read('known')).toEqual(credentials('client-2', 'canary-newer'));
});

test('a version that is still being rotated in is not used', async () => {
  const { source, put } = await aSecret({ clientId: 'client-1', clientSecret: 'canary-current' });
  await put({ clientId: 'client-1', clientSecret: 'canary-pending' }, 'AWSPENDING');
  expect(await source.read('anew')).toEqual(credentials('client-1', 'canary-current'));
});

test.each<[string, unknown, string]>([
  ['another shape', { id: 'canary', secret: 'canary' }, 'the keys id, secret'],
  ['a half', { clientId: 'canary' }, 'the keys clientId'],
  ['an empty secret', { clientId: 'canary', clientSecret: '' }, 'the keys clientId, clientSecret'],
  ['a number for a secret', { clientId: 'canary', clientSecret: 5 }, 'the keys clientId, clientSecret'],
  ['an id that is none', { clientId: 'canary:\n', clientSecret: 'canary' }, 'the keys clientId, clientSecret'],
  ['a value for a key', { 'canary=5521!': 1 }, 'the keys none that can be shown and 1 more'],
  ['a list', ['canary'], 'no JSON object'],
  ['a word', 'canary-5521', 'no JSON object'],
])('a secret that holds %s is refused, with its keys and never a value', async (_, value, found) => {
  const { source, arn } = await aSecret(value);
  const answer = await source.read('known');
  expect(answer).toMatchObject({ kind: 'refused' });
  expect(JSON.stringify(answer)).toContain(arn);
  expect(JSON.stringify(answer)).toContain(found);
  expect(JSON.stringify(answer)).not.toContain('canary');
});

test('a secret that is not there is unavailable: it may come', async () => {
  const arn = `arn:aws:secretsmanager:us-east-1:000000000000:secret:${aws.prefix}-none-AbCdEf`;
  expect(await secretCredentials(secrets, virtualClock(), arn).read('known')).toEqual({
    kind: 'unavailable',
    why: expect.stringMatching(/none-AbCdEf.*ResourceNotFoundException.*secretsmanager:GetSecretValue/) as string,
    retryAfterMs: 15_000,
  });
});

test('a Secrets Manager that is away is unavailable, and what was read is used meanwhile', async () => {
  const { source, arn, clock } = await aSecret({ clientId: 'client-1', clientSecret: 'canary-1' });
  let away = false;
  const flaky = {
    send: ((command: never) =>
      away ? Promise.reject(new Error('canary: connect ECONNREFUSED')) : secrets.send(command)) as SecretsManagerClient['send'],
  };
  const watched = secretCredentials(flaky, clock, arn);
  await watched.read('known');
  away = true;
  expect(await watched.read('known')).toEqual(await source.read('known'));
  const answer = await watched.read('anew');
  expect(answer).toMatchObject({ kind: 'unavailable' });
  expect(JSON.stringify(answer)).not.toContain('canary');
});

test('the region of a secret is in its ARN', () => {
  expect(regionOfSecret('arn:aws:secretsmanager:eu-central-1:000000000000:secret:genesys-AbCdEf')).toBe('eu-central-1');
});
