import { randomUUID } from 'node:crypto';
import {
  DescribeContinuousBackupsCommand,
  DescribeTableCommand,
  DescribeTimeToLiveCommand,
  ResourceNotFoundException,
} from '@aws-sdk/client-dynamodb';
import { DescribeStateMachineCommand } from '@aws-sdk/client-sfn';
import { PublishCommand } from '@aws-sdk/client-sns';
import { GetQueueAttributesCommand, ListQueuesCommand, ReceiveMessageCommand } from '@aws-sdk/client-sqs';
import { awsClients, type AwsClients } from '../../localstack/clients';
import type { Provisioned } from '../../localstack/installation';
import { deprovision, provision, subscribeQueue } from '../../localstack/provision';
import { resources } from '../../src/resources';
import { awsEndpoint, type AwsEndpoint } from '../stand-ins';

let endpoint: AwsEndpoint;
let clients: AwsClients;
let made: Provisioned;
const prefix = `t-${randomUUID().slice(0, 8)}`;
const wanted = resources(prefix);

beforeAll(async () => {
  endpoint = await awsEndpoint();
  clients = awsClients(endpoint.url);
  made = await provision({ endpointUrl: endpoint.url, prefix });
}, 60_000);

afterAll(async () => {
  await deprovision({ endpointUrl: endpoint.url, prefix });
  clients.close();
  await endpoint.stop();
});

const queueAttributes = async (queueUrl: string): Promise<Record<string, string>> => {
  const { Attributes } = await clients.sqs.send(new GetQueueAttributesCommand({ QueueUrl: queueUrl, AttributeNames: ['All'] }));
  return Attributes as Record<string, string>;
};

test('the intake queue has the settings that the resources name, and hands over to the dead-letter queue', async () => {
  const attributes = await queueAttributes(made.queueUrl);
  expect(attributes).toMatchObject({
    QueueArn: made.queueArn,
    VisibilityTimeout: '60',
    MessageRetentionPeriod: '1209600',
    ReceiveMessageWaitTimeSeconds: '20',
    MaximumMessageSize: '1048576',
  });
  expect(JSON.parse(attributes['RedrivePolicy']!)).toEqual({
    deadLetterTargetArn: made.deadLetterQueueArn,
    maxReceiveCount: 1000,
  });
});

test('a queue is at the address through which it was reached', () => {
  expect(new URL(made.queueUrl).host).toBe(new URL(endpoint.url).host);
});

test('dead letters are kept as long as SQS can', async () => {
  expect(await queueAttributes(made.deadLetterQueueUrl)).toMatchObject({ MessageRetentionPeriod: '1209600' });
});

test('the table has its keys and the sparse index of what is due', async () => {
  const { Table } = await clients.dynamodb.send(new DescribeTableCommand({ TableName: made.tableName }));
  expect(Table).toMatchObject({
    TableStatus: 'ACTIVE',
    BillingModeSummary: { BillingMode: 'PAY_PER_REQUEST' },
    KeySchema: [
      { AttributeName: 'pk', KeyType: 'HASH' },
      { AttributeName: 'sk', KeyType: 'RANGE' },
    ],
    GlobalSecondaryIndexes: [
      {
        IndexName: 'due',
        Projection: { ProjectionType: 'KEYS_ONLY' },
        KeySchema: [
          { AttributeName: 'dueOn', KeyType: 'HASH' },
          { AttributeName: 'dueAt', KeyType: 'RANGE' },
        ],
      },
    ],
  });
});

const readTimeToLive = async (TableName: string) =>
  (await clients.dynamodb.send(new DescribeTimeToLiveCommand({ TableName }))).TimeToLiveDescription;

const readRecovery = async (TableName: string) => {
  const { ContinuousBackupsDescription } = await clients.dynamodb.send(new DescribeContinuousBackupsCommand({ TableName }));
  return ContinuousBackupsDescription?.PointInTimeRecoveryDescription?.PointInTimeRecoveryStatus;
};

test('expiry and backups are on, or named as skipped where the endpoint has never heard of them', async () => {
  const on = {
    timeToLive: async () =>
      expect(await readTimeToLive(made.tableName)).toMatchObject({ AttributeName: 'expiresAt', TimeToLiveStatus: 'ENABLED' }),
    pointInTimeRecovery: async () => expect(await readRecovery(made.tableName)).toBe('ENABLED'),
  };
  for (const [setting, isOn] of Object.entries(on)) if (!made.skipped.includes(setting)) await isOn();
  expect(Object.keys(on)).toEqual(expect.arrayContaining([...made.skipped]));
});

test('the state machine is a STANDARD one', async () => {
  const { stateMachineArn } = made;
  const machine = await clients.sfn.send(new DescribeStateMachineCommand({ stateMachineArn }));
  expect(machine).toMatchObject({ name: wanted.stateMachine.name, type: 'STANDARD', status: 'ACTIVE' });
});

test('provisioning twice changes nothing', async () => {
  expect(await provision({ endpointUrl: endpoint.url, prefix })).toEqual(made);
});

test('a demo or a test may have shorter waits', async () => {
  const own = { endpointUrl: endpoint.url, prefix: `t-${randomUUID().slice(0, 8)}` };
  const overrides = { visibilitySeconds: 2, receiveWaitSeconds: 3, maxReceiveCount: 4 };
  const { queueUrl } = await provision({ ...own, overrides });
  const attributes = await queueAttributes(queueUrl);
  expect(attributes).toMatchObject({ VisibilityTimeout: '2', ReceiveMessageWaitTimeSeconds: '3' });
  expect(JSON.parse(attributes['RedrivePolicy']!)).toMatchObject({ maxReceiveCount: 4 });
  await deprovision(own);
});

test('a subscribed queue receives what is published, with its attributes', async () => {
  const { queueUrl } = await subscribeQueue(endpoint.url, made.topicArn, `${prefix}-observer`);
  const MessageAttributes = { pane: { DataType: 'String', StringValue: 'on_time' } };
  await clients.sns.send(new PublishCommand({ TopicArn: made.topicArn, Message: '{"a":1}', MessageAttributes }));
  const receive = new ReceiveMessageCommand({ QueueUrl: queueUrl, WaitTimeSeconds: 20, MessageAttributeNames: ['All'] });
  const { Messages } = await clients.sqs.send(receive);
  expect(Messages).toMatchObject([{ Body: '{"a":1}', MessageAttributes: { pane: { StringValue: 'on_time' } } }]);
});

test('deprovisioning leaves nothing, and does not mind when there is nothing', async () => {
  const own = `t-${randomUUID().slice(0, 8)}`;
  await provision({ endpointUrl: endpoint.url, prefix: own });
  await deprovision({ endpointUrl: endpoint.url, prefix: own });
  await deprovision({ endpointUrl: endpoint.url, prefix: own });
  expect((await clients.sqs.send(new ListQueuesCommand({ QueueNamePrefix: own }))).QueueUrls ?? []).toEqual([]);
  const gone = clients.dynamodb.send(new DescribeTableCommand({ TableName: resources(own).table.name }));
  await expect(gone).rejects.toBeInstanceOf(ResourceNotFoundException);
});
