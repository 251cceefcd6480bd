import { createHash, randomUUID } from 'node:crypto';
import { PutItemCommand, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import {
  ReceiveMessageCommand,
  SendMessageBatchCommand,
  SendMessageCommand,
  type Message,
  type ReceiveMessageCommandInput,
} from '@aws-sdk/client-sqs';
import { awsClients, type AwsClients } from '../../localstack/clients';
import type { Provisioned } from '../../localstack/installation';
import { deprovision, provision } from '../../localstack/provision';
import { awsEndpoint, type AwsEndpoint } from '../stand-ins';

/* What the demo and the contract suites rely on, whatever answers for AWS. */

let endpoint: AwsEndpoint;
let clients: AwsClients;
let made: Provisioned;
const prefix = `t-${randomUUID().slice(0, 8)}`;

beforeAll(async () => {
  endpoint = await awsEndpoint();
  clients = awsClients(endpoint.url);
  made = await provision({ endpointUrl: endpoint.url, prefix, overrides: { maxReceiveCount: 1 } });
}, 60_000);

afterAll(async () => {
  await deprovision({ endpointUrl: endpoint.url, prefix });
  clients.close();
  await endpoint.stop();
});

const send = async (body: string, queueUrl = made.queueUrl): Promise<string> => {
  const sent = await clients.sqs.send(new SendMessageCommand({ QueueUrl: queueUrl, MessageBody: body }));
  return sent.MessageId!;
};

const receiveOne = async (settings: Partial<ReceiveMessageCommandInput> = {}): Promise<Message | undefined> => {
  const command = new ReceiveMessageCommand({ QueueUrl: made.queueUrl, WaitTimeSeconds: 20, ...settings });
  return (await clients.sqs.send(command)).Messages?.[0];
};

test('a message of 1 MiB comes back byte for byte, in any script', async () => {
  const body = `${'ü日😀\t\n"\\'.repeat(70_000)}${'x'.repeat(1_048_576 - 70_000 * 13)}`;
  expect(Buffer.byteLength(body)).toBe(1_048_576);
  await send(body);
  const received = await receiveOne();
  const digest = (text: string | undefined): string => createHash('sha256').update(String(text)).digest('hex');
  expect(digest(received?.Body)).toBe(digest(body));
});

test('a message over 1 MiB and a batch over 1 MiB in all are refused', async () => {
  await expect(send('x'.repeat(1_048_577))).rejects.toThrow('1048576');
  const Entries = ['1', '2'].map((Id) => ({ Id, MessageBody: 'x'.repeat(524_289) }));
  const batch = clients.sqs.send(new SendMessageBatchCommand({ QueueUrl: made.queueUrl, Entries }));
  await expect(batch).rejects.toMatchObject({ name: 'BatchRequestTooLong' });
});

test('a long poll returns with the message that ends its waiting, and holds up nobody', async () => {
  const poll = receiveOne();
  const id = await send('wakes');
  expect(await poll).toMatchObject({ MessageId: id, Body: 'wakes' });
});

test('a queue is the same queue under any name of its host', async () => {
  const otherName = new URL(made.queueUrl);
  otherName.hostname = otherName.hostname === 'localhost' ? '127.0.0.1' : 'localhost';
  const id = await send('by another name', otherName.href);
  expect(await receiveOne()).toMatchObject({ MessageId: id });
});

test('a message received too often moves to the dead-letter queue under its own id', async () => {
  const id = await send('again and again');
  expect(await receiveOne({ VisibilityTimeout: 0 })).toMatchObject({ MessageId: id });
  // The next receive is one too many.
  expect(await receiveOne({ WaitTimeSeconds: 0 })).toBeUndefined();
  expect(await receiveOne({ QueueUrl: made.deadLetterQueueUrl })).toMatchObject({ MessageId: id });
});

test('of many who create the same item, one succeeds', async () => {
  const create = (by: number) =>
    clients.dynamodb.send(
      new PutItemCommand({
        TableName: made.tableName,
        Item: { pk: { S: 'C#1' }, sk: { S: 'W' }, by: { N: String(by) } },
        ConditionExpression: 'attribute_not_exists(pk)',
      }),
    );
  const outcomes = await Promise.allSettled(Array.from({ length: 20 }, (_, by) => create(by)));
  expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
});

test('updates of one item at the same time are all counted', async () => {
  const count = () =>
    clients.dynamodb.send(
      new UpdateItemCommand({
        TableName: made.tableName,
        Key: { pk: { S: 'C#2' }, sk: { S: 'W' } },
        UpdateExpression: 'ADD attempts :one',
        ExpressionAttributeValues: { ':one': { N: '1' } },
        ReturnValues: 'ALL_NEW',
      }),
    );
  const counted = await Promise.all(Array.from({ length: 20 }, count));
  const attempts = counted.map(({ Attributes }) => Number(Attributes!['attempts']!.N)).sort((a, b) => a - b);
  expect(attempts).toEqual(Array.from({ length: 20 }, (_, index) => index + 1));
});
