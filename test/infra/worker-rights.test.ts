import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { CreateSecretCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { SendMessageCommand } from '@aws-sdk/client-sqs';
import { testCredentials, testRegion } from '../../localstack/clients';
import { openNursery } from '../../localstack/demo/children';
import { setStage, type Stage } from '../../localstack/demo/stage';
import { workerEnvironment } from '../../localstack/demo/worker-environment';
import { stringAttributes } from '../../src/aws/message-attributes';
import { redriveAttribute, writeHistory } from '../../src/core/on-call/redrive-history';
import { workerRights } from '../../src/core/worker-rights';
import { feedMessage } from '../factories';
import { startForwardingEndpoint } from '../forwarding-endpoint';
import { startWorkerHere } from '../runbook/worker-here';
import { iamRequestsOf } from './policies/iam-request';
import { isAllowed, listOf, unusedParts, type IamRequest, type Policy, type Statement } from './policies/policy';
import { resolve } from './resolved';
import { resourcesOf, synthesize, type Context } from './synthesized';

/* The role of a worker's task, as synthesized, held against what a worker asks of AWS in a story that has everything in it. */

/** For a busy machine; alone it takes seconds. */
const patienceMs = 300_000;

const policyOf = (context: Context): Policy => {
  const template = synthesize(context);
  const policies = Object.entries(resourcesOf(template, 'AWS::IAM::Policy')).filter(([path]) =>
    path.startsWith('Worker/Task/Role/'),
  );
  expect(policies).toHaveLength(1);
  const [path, { Properties }] = policies[0]!;
  const { PolicyDocument } = resolve(template, Properties) as { PolicyDocument: { Statement: readonly Statement[] } };
  return { name: path, bytes: JSON.stringify(PolicyDocument).length, statements: PolicyDocument.Statement };
};

const tableWrites = ['BatchWriteItem', 'DeleteItem', 'PartiQLInsert', 'PartiQLUpdate', 'PutItem', 'UpdateItem'].map(
  (name) => `dynamodb:${name}`,
);

test('the role of the task is this, all of it', () => {
  const on = (service: string, name: string): string => `arn:aws:${service}:us-east-1:000000000000:${name}`;
  const table = on('dynamodb', 'table/tidemark-windows');
  const reads = ['BatchGetItem', 'GetItem', 'Query'].map((name) => `dynamodb:${name}`);
  const told = policyOf({}).statements.map(({ Effect, Action, Resource }) => [Effect, [...listOf(Action)].sort(), Resource]);
  expect(told).toEqual([
    ['Allow', ['sqs:ChangeMessageVisibility', 'sqs:DeleteMessage', 'sqs:ReceiveMessage'], on('sqs', 'tidemark-intake')],
    ['Allow', ['sqs:SendMessage'], on('sqs', 'tidemark-dead-letters')],
    ['Allow', [...reads, ...tableWrites].sort(), table],
    ['Allow', ['dynamodb:Query'], `${table}/index/due`],
    ['Allow', ['states:StartExecution'], on('states', 'stateMachine:tidemark-enrichment')],
    ['Allow', ['sns:Publish'], on('sns', 'tidemark-records')],
    ['Allow', ['secretsmanager:GetSecretValue'], expect.stringContaining(':secret:')],
    ['Deny', tableWrites, table],
  ]);
  const role = resourcesOf(synthesize(), 'AWS::IAM::Role')['Worker/Task/Role/Resource']!;
  expect([role.Properties['ManagedPolicyArns'], role.Properties['Policies']]).toEqual([undefined, undefined]);
});

test('only tasks of this account and region take the role', () => {
  const template = synthesize();
  const role = resolve(template, resourcesOf(template, 'AWS::IAM::Role')['Worker/Task/Role/Resource']!.Properties);
  expect(role).toMatchObject({
    AssumeRolePolicyDocument: {
      Statement: [
        {
          Principal: { Service: 'ecs-tasks.amazonaws.com' },
          Condition: {
            StringEquals: { 'aws:SourceAccount': '000000000000' },
            ArnLike: { 'aws:SourceArn': 'arn:aws:ecs:us-east-1:000000000000:*' },
          },
        },
      ],
    },
  });
});

test("a secret's own key is used for that secret, and a secret without one takes no key", () => {
  const genesysSecretArn = 'arn:aws:secretsmanager:us-east-1:000000000000:secret:genesys-AbCdEf';
  const genesysSecretKeyArn = 'arn:aws:kms:us-east-1:000000000000:key/0a1b2c3d';
  const keyOf = (context: Context) => policyOf(context).statements.find(({ Sid }) => Sid === 'KeyOfGenesysSecret');
  expect(keyOf({ genesysSecretArn, genesysSecretKeyArn })).toMatchObject({
    Action: 'kms:Decrypt',
    Resource: genesysSecretKeyArn,
    Condition: { StringEquals: { 'kms:EncryptionContext:SecretARN': genesysSecretArn } },
  });
  expect(keyOf({ genesysSecretArn })).toBeUndefined();
});

describe('in a story that has everything in it', () => {
  const environment = { ...process.env };
  const folder = mkdtempSync(join(tmpdir(), 'tidemark-rights-'));
  const nursery = openNursery(folder);
  const asked = new Map<string, IamRequest>();
  const requests = (): readonly IamRequest[] => [...asked.values()];
  let stage: Stage;
  let policy: Policy;
  let endpoint: Awaited<ReturnType<typeof startForwardingEndpoint>>;

  /** What a worker writes, by the first word of the partition. */
  const written = (): readonly string[] =>
    [
      ...new Set(
        requests()
          .filter(({ action }) => tableWrites.includes(action))
          .flatMap(({ leadingKeys }) => leadingKeys)
          .map((key) => key.split('#')[0]!),
      ),
    ].sort();
  const everything = ['C', 'DRIFT', 'FLEET', 'LATENESS', 'N', 'QUOTA', 'RECONCILIATION', 'REDRIVE'];
  const unused = (): readonly string[] => unusedParts(policy, requests());

  const secretOf = async ({ places }: Stage): Promise<string> => {
    const place = { endpoint: places.awsUrl, region: testRegion, credentials: testCredentials };
    const client = new SecretsManagerClient(place);
    const SecretString = JSON.stringify({ clientId: places.clientId, clientSecret: places.clientSecret });
    const { ARN = '' } = await client.send(new CreateSecretCommand({ Name: 'genesys', SecretString }));
    client.destroy();
    return ARN;
  };

  /** Remembers what IAM would be asked. What became of a redriven message cannot be noted at first, so that it is handed back. */
  const startEndpoint = () => {
    let isFirst = true;
    return startForwardingEndpoint(stage.places.awsUrl, (request) => {
      const these = iamRequestsOf(request);
      for (const one of these) asked.set(JSON.stringify(one), one);
      const refuses = isFirst && these.some(({ leadingKeys }) => leadingKeys.includes('REDRIVE#job'));
      if (refuses) isFirst = false;
      if (refuses) throw new Error('Refused, to see what becomes of it.');
      return request.body;
    });
  };

  const send = async (body: object | string, attributes: Readonly<Record<string, string>> = {}): Promise<void> => {
    const MessageBody = typeof body === 'string' ? body : JSON.stringify(body);
    const MessageAttributes = stringAttributes(attributes);
    await stage.clients.sqs.send(new SendMessageCommand({ QueueUrl: stage.places.queueUrl, MessageBody, MessageAttributes }));
  };

  /** If it never comes, the tests say what is missing. */
  const waitFor = async (isSo: () => boolean): Promise<void> => {
    const until = performance.now() + patienceMs / 4;
    while (performance.now() < until && !isSo()) await pause(100);
  };

  beforeAll(async () => {
    stage = await setStage(nursery, 'a-secret', { visibilitySeconds: 2 });
    endpoint = await startEndpoint();
    const secret = await secretOf(stage);
    policy = policyOf({ stackName: stage.prefix, genesysSecretArn: secret });
    const places = { ...stage.places, clientId: '', clientSecret: '' };
    const fast = {
      HOLD_MS: '0',
      ACW_HOLD_MS: '0',
      OUT_OF_ORDERNESS_MS: '0',
      NOT_READY_MAX: '0',
      SHARDS: '1',
      LOG_LEVEL: 'error',
      VISIBILITY_SECONDS: '2',
    };
    const more = { RECONCILE_AFTER_HOURS: '1', PUBLISH_EVENTS: 'on', GENESYS_SECRET_ARN: secret, AWS_ENDPOINT_URL: endpoint.url };
    Object.assign(process.env, { AWS_ACCESS_KEY_ID: 'test', AWS_SECRET_ACCESS_KEY: 'test' });
    const moved = writeHistory({ first: 'first', times: 1, job: 'job', letter: 'letter' });
    for (const type of ['customer.start', 'customer.end']) await send(feedMessage({ type, conversation: 'whole' }));
    await send(feedMessage({ type: 'customer.start', conversation: 'moved' }), { [redriveAttribute]: moved });
    await send(feedMessage({ type: 'customer.start', conversation: 'drifting', body: { aFieldOfNextYear: 1 } }));
    await send('no JSON');
    const environmentOfWorker = { ...workerEnvironment(places), ...fast, ...more };
    const worker = startWorkerHere(environmentOfWorker);
    // No JSON either, and its story has no room beside it.
    await send('x'.repeat(1_048_476));
    // What is counted goes to the table each minute, and when the worker stops.
    const counted = ['DRIFT', 'LATENESS'];
    await waitFor(() => everything.every((partition) => [...counted, ...written()].includes(partition)));
    // Late for a window that has closed: its head is not made but changed.
    await send(feedMessage({ type: 'customer.end', conversation: 'moved' }));
    await waitFor(() => unused().every((part) => part.includes('DeleteItem')));
    await worker.stop();
    // It left with a note of what it had handed back; another takes that away when it counts no more.
    const another = startWorkerHere(environmentOfWorker);
    await waitFor(() => unused().length === 0);
    await another.stop();
  }, patienceMs);
  afterAll(async () => {
    process.env = environment;
    await endpoint.close();
    stage.clients.close();
    nursery.killAll();
    rmSync(folder, { recursive: true, force: true });
  });

  test('a worker has written whatever a worker writes', () => expect(written()).toEqual(everything));

  test('whatever it asks is granted', () => {
    const refused = requests().filter((request) => !isAllowed([policy], request));
    expect([
      ...new Set(refused.map(({ action, resource, leadingKeys }) => [action, resource, ...leadingKeys].join(' '))),
    ]).toEqual([]);
  });

  test('whatever is granted is asked: there is no right without a use', () => {
    expect(unused()).toEqual([]);
    const granted = Object.values(workerRights).flat();
    expect([...new Set(requests().map(({ action }) => action))].sort()).toEqual([...new Set(granted)].sort());
  });

  test('whatever people and workflows have written is beyond a worker, in whatever partition it lies', () => {
    const table = requests().find(({ action }) => action === 'dynamodb:PutItem')!.resource;
    for (const action of tableWrites)
      for (const key of ['AUDIT#2026-03-02', 'SWITCHES', 'REDRIVES', 'X#1'])
        expect(isAllowed([policy], { action, resource: table, leadingKeys: ['C#1', key] })).toBe(false);
  });
});
