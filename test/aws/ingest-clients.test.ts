import { once } from 'node:events';
import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { GetSecretValueCommand } from '@aws-sdk/client-secrets-manager';
import { SendMessageBatchCommand } from '@aws-sdk/client-sqs';
import { GetCommand } from '@aws-sdk/lib-dynamodb';
import { awsClock, type AwsClock } from '../../src/aws/clock';
import { makeIngestClients, type IngestClients } from '../../src/aws/ingest-clients';

const hostNow = Date.UTC(2026, 0, 5, 12);
const serverDate = new Date(hostNow + 3_600_000).toUTCString();

let server: Server;
let clients: IngestClients;
let clock: AwsClock;
/** What the endpoint does with every request. */
let answer: (response: ServerResponse) => void;
let counted: unknown[];

const fault = (response: ServerResponse): void => {
  response
    .writeHead(500, { date: serverDate, 'content-type': 'application/x-amz-json-1.0' })
    .end('{"__type":"InternalServerError"}');
};
const never = (): void => undefined;

beforeEach(async () => {
  process.env['AWS_ACCESS_KEY_ID'] ??= 'test';
  process.env['AWS_SECRET_ACCESS_KEY'] ??= 'test';
  answer = fault;
  counted = [];
  server = createServer((request, response) => {
    request.resume();
    request.on('end', () => answer(response));
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const endpointUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  clock = awsClock({ nowMs: () => hostNow, monotonicMs: () => 0 });
  const metrics = { add: (_: unknown, __: number, labels: unknown) => void counted.push(labels) };
  clients = makeIngestClients({ region: 'us-east-1', endpointUrl, clock, metrics });
});

afterEach(async () => {
  clients.destroy();
  server.closeAllConnections();
  await once(server.close(), 'close');
});

const write = () =>
  clients.sqs.send(new SendMessageBatchCommand({ QueueUrl: 'http://127.0.0.1/queue', Entries: [{ Id: '0', MessageBody: 'a' }] }));
const find = () => clients.dynamo.send(new GetCommand({ TableName: 'table', Key: { pk: 'p', sk: 's' } }));
const readSecret = () => clients.secretsIn('us-east-1').send(new GetSecretValueCommand({ SecretId: 'senders' }));

test.each([
  ['a write to the queue is tried twice', write, { service: 'SQS', operation: 'SendMessageBatch' }, 2],
  ['a key is asked for once: without it a post is accepted all the same', find, { service: 'DynamoDB', operation: 'GetItem' }, 1],
  ['the secrets are read twice', readSecret, { service: 'SecretsManager', operation: 'GetSecretValue' }, 2],
])('%s, and each attempt is counted', async (_, call, labels, attempts) => {
  await expect(call()).rejects.toThrow();
  expect(counted).toEqual(Array(attempts).fill(labels));
});

test("AWS's time is learned from any answer, errors included", async () => {
  await expect(find()).rejects.toThrow();
  expect(Math.abs(clock.nowMs() - hostNow - 3_600_000)).toBeLessThanOrEqual(1_000);
});

test.each([
  ['DynamoDB', find, 2_000],
  ['SQS', write, 9_000],
  ['Secrets Manager', readSecret, 7_000],
])('a %s that never answers is given up within the time that a sender waits', async (_, call, withinMs) => {
  answer = never;
  const beganAt = performance.now();
  await expect(call()).rejects.toThrow(/time|TimeoutError/i);
  expect(performance.now() - beganAt).toBeLessThan(withinMs);
});
