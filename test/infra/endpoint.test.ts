import { randomUUID } from 'node:crypto';
import { GetItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb';
import {
  DescribeExecutionCommand,
  DescribeStateMachineCommand,
  StartExecutionCommand,
  UpdateStateMachineCommand,
} from '@aws-sdk/client-sfn';
import { awsClients, type AwsClients } from '../../localstack/clients';
import type { Provisioned } from '../../localstack/installation';
import { deprovision, provision } from '../../localstack/provision';
import { awsEndpoint, type AwsEndpoint } from '../stand-ins';
import { aTranscript, anId, inputOf, type Revision } from './enrichment-world';

/* The workflow without its calls, on whatever endpoint there is: its choices, its intrinsic functions and its guard in the table. */

const prefix = `t-${randomUUID().slice(0, 8)}`;
let endpoint: AwsEndpoint;
let clients: AwsClients;
let made: Provisioned;

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

const ended = async (executionArn: string): Promise<{ readonly status: string; readonly output: unknown }> => {
  const { status = '', output } = await clients.sfn.send(new DescribeExecutionCommand({ executionArn }));
  return status === 'RUNNING' ? ended(executionArn) : { status, output: output && (JSON.parse(output) as unknown) };
};

const enrich = async (revision: Revision) => {
  const { stateMachineArn } = made;
  const command = new StartExecutionCommand({ stateMachineArn, name: randomUUID(), input: inputOf(revision) });
  return ended((await clients.sfn.send(command)).executionArn!);
};

const keyOf = (conversationId: string) => ({ pk: { S: `X#${conversationId}` }, sk: { S: 'ENRICHMENT' } });
const guardOf = async (conversationId: string) =>
  (await clients.dynamodb.send(new GetItemCommand({ TableName: made.tableName, Key: keyOf(conversationId) }))).Item;

test('a revision passes through every step, and its mark stays in the table', async () => {
  const conversationId = anId();
  const ran = await enrich({ conversationId, revision: 2, transcript: aTranscript(), expiresAt: 1_900_000_000 });
  expect(ran).toMatchObject({
    status: 'SUCCEEDED',
    output: {
      ...{ conversationId, revision: 2 },
      steps: {
        fetch_crm_contact: { outcome: 'stubbed' },
        analyze_sentiment: { outcome: 'done' },
        update_ticket_system: { outcome: 'stubbed' },
      },
    },
  });
  const mark = { crmLife: { S: '0life' }, crmRevision: { N: '2' }, ticketLife: { S: '0life' }, ticketRevision: { N: '2' } };
  expect(await guardOf(conversationId)).toEqual({ ...keyOf(conversationId), ...mark, expiresAt: { N: '1900000000' } });
});

test('an older revision is superseded', async () => {
  const conversationId = anId();
  await enrich({ conversationId, revision: 10 });
  const superseded = { outcome: 'superseded' };
  expect(await enrich({ conversationId, revision: 9 })).toMatchObject({
    status: 'SUCCEEDED',
    output: { steps: { fetch_crm_contact: superseded, update_ticket_system: superseded } },
  });
});

/** The minute that it waits for a last call to end is a second here. */
const hurry = async (): Promise<void> => {
  const { stateMachineArn } = made;
  const { definition = '' } = await clients.sfn.send(new DescribeStateMachineCommand({ stateMachineArn }));
  const hurried = definition.replace('"Seconds":60', '"Seconds":1');
  expect(hurried).not.toBe(definition);
  await clients.sfn.send(new UpdateStateMachineCommand({ stateMachineArn, definition: hurried }));
};

test('whoever finds a holder that has ended takes its place', async () => {
  await hurry();
  const conversationId = anId();
  const { stateMachineArn, tableName: TableName } = made;
  const command = new StartExecutionCommand({ stateMachineArn, name: randomUUID(), input: inputOf({ conversationId: anId() }) });
  const { executionArn = '' } = await clients.sfn.send(command);
  await ended(executionArn);
  await clients.dynamodb.send(new PutItemCommand({ TableName, Item: { ...keyOf(conversationId), holder: { S: executionArn } } }));
  expect(await enrich({ conversationId })).toMatchObject({ status: 'SUCCEEDED' });
  expect(await guardOf(conversationId)).not.toHaveProperty('holder');
});
