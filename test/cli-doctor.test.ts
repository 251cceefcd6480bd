import { CloudFormationClient, CreateStackCommand } from '@aws-sdk/client-cloudformation';
import { SendMessageCommand, SetQueueAttributesCommand } from '@aws-sdk/client-sqs';
import { startFakeGenesys, type FakeGenesys } from '../localstack/embedded/genesys/server';
import { testCredentials, testRegion } from '../localstack/clients';
import { subscribeQueue } from '../localstack/provision';
import { dynamoFleet } from '../src/aws/fleet';
import { dynamoLeverBoard } from '../src/aws/lever-board';
import { heartbeatKeptMs } from '../src/core/items';
import type { Area, Finding, Status } from '../src/doctor/finding';
import { moreOutputs, resources, stackOutputs } from '../src/resources';
import { runHere } from './run-here';
import { tableForCommands } from './table-command';

/* `tidemark doctor`, as its user meets it, over the stand-ins: those have no EventBridge, no IAM, no backups and no expiry. */

const { aws, use } = tableForCommands();

const secret = 'canary-doctor-1';
const lacking = ['table: TTL'];
let genesys: FakeGenesys;

const start = async (permissions?: readonly string[]): Promise<void> => {
  genesys = await startFakeGenesys({ clients: [{ id: 'doctor', secret, ...(permissions && { permissions }) }] });
};
afterEach(() => genesys.close());

const useAll = (changed: Readonly<Record<string, string>> = {}): void => {
  const { queueUrl, deadLetterQueueUrl, eventDeadLetterQueueUrl, stateMachineArn, topicArn } = aws().names;
  use({
    QUEUE_URL: queueUrl,
    DEAD_LETTER_QUEUE_URL: deadLetterQueueUrl,
    EVENT_DEAD_LETTER_QUEUE_URL: eventDeadLetterQueueUrl,
    STATE_MACHINE_ARN: stateMachineArn,
    RECORD_TOPIC_ARN: topicArn,
    GENESYS_API_URL: genesys.url,
    GENESYS_LOGIN_URL: genesys.url,
    GENESYS_CLIENT_ID: 'doctor',
    GENESYS_CLIENT_SECRET: secret,
    ...changed,
  });
};

const table = () => ({ dynamo: aws().clients.dynamo, tableName: aws().names.tableName });

const beat = () =>
  dynamoFleet(table()).beat(
    { workerId: 'w1', counter: 1, watermarkMs: Date.now(), fleetWatermarkMs: Date.now(), hasReceived: true, leaving: false },
    Date.now() + heartbeatKeptMs,
  );

const doctor = async (...args: readonly string[]) => {
  const { code, stdout } = await runHere('doctor', '--json', ...args);
  const { areas } = JSON.parse(stdout) as { areas: readonly Area[] };
  const of = (status: Status): readonly string[] =>
    areas.flatMap(({ area, findings }) =>
      findings.filter((one) => one.status === status).map(({ check }) => `${area}: ${check}`),
    );
  const find = (area: string, check: string): Finding | undefined =>
    areas.find((one) => one.area.startsWith(area))?.findings.find((one) => one.check === check);
  return { code, stdout, of, find };
};

test('what is as it should be is told in a line each; what the endpoint lacks is said, with the right that it takes', async () => {
  await start();
  useAll({ TRANSCRIPT: 'on', SENTIMENT: 'on', PARTICIPANT_ATTRIBUTES: 'on', RESOLVE_NAMES: 'on' });
  await beat();
  const { of, find } = await doctor();
  expect(of('wrong')).toEqual(lacking);
  expect(of('unknown')).toEqual(['events of Genesys: rule', 'table: point-in-time recovery', 'rights of whoever calls: rights']);
  expect(find('table', 'point-in-time recovery')?.todo).toContain('dynamodb:DescribeContinuousBackups');
  for (const feature of ['CALL_DETAILS', 'TRANSCRIPT', 'SENTIMENT', 'PARTICIPANT_ATTRIBUTES', 'RESOLVE_NAMES (queues)'])
    expect(find('Genesys', feature)).toMatchObject({ status: 'ok' });
  expect(find('workers', 'alive')).toMatchObject({ status: 'ok', actual: '1' });
  const { stdout } = await runHere('doctor');
  expect(stdout).toMatch(/^ {2}ok {5}index due +ACTIVE, keys dueOn \(S\), dueAt \(N\), KEYS_ONLY$/m);
  expect(stdout).toMatch(/^ {2}WRONG {2}TTL +DISABLED\n +expected: on expiresAt\n +do: Switch TTL on/m);
  expect(stdout).toMatch(/\d+ checks: \d+ ok, 1 wrong, \d+ to look at, 3 that could not be looked at\.\n$/);
});

test('whatever is amiss is told with what to do, and nothing that is secret or a customer’s', async () => {
  await start(['analytics:conversationDetail:view']);
  useAll({ TRANSCRIPT: 'on', STATE_MACHINE_ARN: `${aws().names.stateMachineArn}-gone`, RETENTION_DAYS: '10' });
  await dynamoLeverBoard(table()).pause({ lever: 'closing', sinceMs: 0, who: 'somebody', reason: 'moving' });
  const { queueUrl, deadLetterQueueUrl, topicArn } = aws().names;
  const { sqs } = aws().clients;
  await sqs.send(new SendMessageCommand({ QueueUrl: deadLetterQueueUrl, MessageBody: 'canary-body' }));
  await sqs.send(
    new SetQueueAttributesCommand({ QueueUrl: queueUrl, Attributes: { RedrivePolicy: '', VisibilityTimeout: '5' } }),
  );
  await subscribeQueue(aws().endpointUrl, topicArn, `${aws().prefix}-plain`);
  const { code, of, find, stdout } = await doctor();
  expect(code).toBe(1);
  expect(of('wrong')).toEqual([
    'intake queue: redrive',
    ...lacking,
    `topic: subscription sqs ${aws().prefix}-plain`,
    'state machine: state machine',
    'Genesys: TRANSCRIPT',
  ]);
  expect(find('intake', 'redrive')).toMatchObject({ actual: 'no redrive policy' });
  expect(find('Genesys', 'TRANSCRIPT')?.actual).toContain('Give OAuth client doctor a role with');
  expect(of('warn')).toEqual(
    expect.arrayContaining([
      'installation: retention',
      'intake queue: visibility',
      'dead-letter queue: letters',
      'workers: levers',
    ]),
  );
  for (const hidden of [secret, 'canary-body']) expect(stdout).not.toContain(hidden);
  await dynamoLeverBoard(table()).resume('closing');
});

const createStack = async (outputs: Readonly<Record<string, string>>): Promise<string> => {
  const client = new CloudFormationClient({ endpoint: aws().endpointUrl, region: testRegion, credentials: testCredentials });
  const StackName = `${aws().prefix}-doctor`;
  const Outputs = Object.fromEntries(Object.entries(outputs).map(([output, Value]) => [output, { Value }]));
  await client.send(new CreateStackCommand({ StackName, TemplateBody: JSON.stringify({ Outputs }) }));
  client.destroy();
  return StackName;
};

test('a stack tells what its workers ask Genesys for, and which rule and role to look at', async () => {
  await start();
  const { queueUrl, deadLetterQueueUrl, tableName } = aws().names;
  const asked = { GENESYS_API_URL: genesys.url, GENESYS_LOGIN_URL: genesys.url, SENTIMENT: 'on' };
  const stack = await createStack({
    [stackOutputs.QUEUE_URL]: queueUrl,
    [stackOutputs.DEAD_LETTER_QUEUE_URL]: deadLetterQueueUrl,
    [stackOutputs.TABLE_NAME]: tableName,
    [moreOutputs.eventBusName]: 'aws.partner/genesys.com/cloud/1234/contact',
    [moreOutputs.ruleName]: 'aws.partner/genesys.com/cloud/1234/contact|tidemark-genesys',
    [moreOutputs.workerRoleArn]: 'arn:aws:iam::000000000000:role/worker',
    [moreOutputs.genesysSettings]: JSON.stringify(asked),
  });
  use({ GENESYS_CLIENT_ID: 'doctor', GENESYS_CLIENT_SECRET: secret });
  const { of, find } = await doctor('--stack', stack);
  expect(find('installation', 'outputs')?.actual).toContain(stackOutputs.STATE_MACHINE_ARN);
  expect(of('unknown')).toEqual(
    expect.arrayContaining(['events of Genesys: partner source', 'events of Genesys: bus', 'rights of the workers: rights']),
  );
  expect(find('Genesys', 'SENTIMENT')).toMatchObject({ status: 'ok' });
  expect(find('Genesys', 'organisation')).toMatchObject({ status: 'wrong', expected: '1234' });
  expect(find('state machine', 'state machine')?.actual).toBe('STATE_MACHINE_ARN is not given');
});

test('a service that does not answer, or knows no such name, costs its own lines and no others', async () => {
  await start();
  useAll({ TABLE_NAME: resources('nobody').table.name, QUEUE_URL: 'http://127.0.0.1:9/000000000000/gone', CALL_DETAILS: 'off' });
  const { code, find } = await doctor();
  expect(code).toBe(1);
  expect(find('table', 'table')).toMatchObject({ status: 'wrong', actual: 'not there' });
  expect(find('workers', 'workers')).toMatchObject({ status: 'wrong' });
  expect(find('state machine', 'type')).toMatchObject({ status: 'ok' });
  expect(find('Genesys', 'CALL_DETAILS')?.actual).toContain('off');
});

test('without a queue, a dead-letter queue and a table there is nothing to begin with', async () => {
  await start();
  use({ QUEUE_URL: '', DEAD_LETTER_QUEUE_URL: '' });
  expect(await runHere('doctor')).toMatchObject({ code: 2, stderr: expect.stringContaining('QUEUE_URL: expected') as string });
});
