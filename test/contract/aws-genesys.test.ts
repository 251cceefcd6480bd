import { CreateSecretCommand, DeleteSecretCommand, PutSecretValueCommand } from '@aws-sdk/client-secrets-manager';
import { GetCommand } from '@aws-sdk/lib-dynamodb';
import { startFakeGenesys, type FakeGenesys } from '../../localstack/embedded/genesys/server';
import { demoTimes, workerEnvironment } from '../../localstack/demo/worker-environment';
import { genesysByHand } from '../../src/commands/genesys-by-hand';
import { genesysPorts } from '../../src/commands/worker-genesys';
import { loadConfig } from '../../src/config';
import { keys } from '../../src/core/items';
import { genesysTopics } from '../../src/genesys/topics';
import { silentLog } from '../../src/log';
import { installAws, type AwsInstallation } from './aws-installation';

/* What the worker and a command reach Genesys with, as they are built: the client of a secret, the budget in the table. */

const metrics = { add: () => undefined };
let endpointBefore: string | undefined;
let aws: AwsInstallation;
let genesys: FakeGenesys;
let arn: string;

const secrets = () => aws.clients.secretsIn('us-east-1');
const secretOf = (clientSecret: string): string => JSON.stringify({ clientId: 'client-1', clientSecret });
/** Genesys issues a new secret, Secrets Manager keeps it, and the tokens of the old one are worthless. */
const rotate = async (clientSecret: string): Promise<void> => {
  genesys.control.clients([{ id: 'client-1', secret: clientSecret }]);
  genesys.control.revokeTokens();
  await secrets().send(new PutSecretValueCommand({ SecretId: arn, SecretString: secretOf(clientSecret) }));
};

beforeAll(async () => {
  endpointBefore = process.env['AWS_ENDPOINT_URL'];
  aws = await installAws();
  genesys = await startFakeGenesys({ clients: [{ id: 'client-1', secret: 'canary-old' }] });
  const made = await secrets().send(
    new CreateSecretCommand({ Name: `${aws.prefix}-genesys`, SecretString: secretOf('canary-old') }),
  );
  arn = made.ARN ?? '';
});
afterAll(async () => {
  if (endpointBefore === undefined) delete process.env['AWS_ENDPOINT_URL'];
  else process.env['AWS_ENDPOINT_URL'] = endpointBefore;
  await secrets().send(new DeleteSecretCommand({ SecretId: arn, ForceDeleteWithoutRecovery: true }));
  await genesys.close();
  await aws.remove();
});

const configuration = () => {
  const places = { ...aws.names, awsUrl: aws.endpointUrl, genesysUrl: genesys.url, clientId: '', clientSecret: '' };
  return { ...workerEnvironment(places, demoTimes), GENESYS_SECRET_ARN: arn };
};

test('a worker asks as the client of a secret, goes on when it is rotated, and counts in the table', async () => {
  const config = loadConfig(configuration());
  const { details } = genesysPorts({ config, clients: aws.clients, clock: aws.clock, log: silentLog, metrics });
  const kinds = async (...ids: readonly string[]) =>
    [...((await details?.fetch(ids, 'live')) ?? new Map()).values()].map((answer: { kind: string }) => answer.kind);
  expect(await kinds('a', 'b')).toEqual(['complete', 'complete']);
  await rotate('canary-new');
  expect(await kinds('c')).toEqual(['complete']);
  const asked = genesys.control.requests().map(({ url, status }) => `${url.split('?')[0] ?? ''} ${status}`);
  const path = '/api/v2/analytics/conversations/details';
  expect(asked).toEqual([
    '/oauth/token 200',
    `${path} 200`,
    `${path} 401`,
    '/oauth/token 401',
    '/oauth/token 200',
    `${path} 200`,
  ]);
  const { Item: item } = await aws.clients.dynamo.send(
    new GetCommand({ TableName: aws.names.tableName, Key: keys.quota(arn), ConsistentRead: true }),
  );
  expect(item).toBeDefined();
});

test('a command asks as the client of a secret', async () => {
  process.env['AWS_ENDPOINT_URL'] = aws.endpointUrl;
  const settings = { apiUrl: genesys.url, loginUrl: genesys.url, timeoutMs: 10_000 };
  const answer = await genesysTopics(settings, genesysByHand({ kind: 'secret', arn })).fetch();
  expect(answer).toMatchObject({ kind: 'ok' });
});
