import { createHash } from 'node:crypto';
import { getEventListeners, once, setMaxListeners } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { GetCommand } from '@aws-sdk/lib-dynamodb';
import { DeleteMessageBatchCommand, ReceiveMessageCommand } from '@aws-sdk/client-sqs';
import { makeClients, type AwsClients } from '../../src/aws/clients';
import { awsClock, type AwsClock } from '../../src/aws/clock';

const hostNow = Date.UTC(2026, 0, 5, 12);
const serverDate = new Date(hostNow + 3_600_000).toUTCString();

let server: Server;
let clients: AwsClients;
let clock: AwsClock;
/** What the endpoint does with each request, in order. */
let answers: ((response: ServerResponse) => void)[];
let counted: unknown[];

const ok = (response: ServerResponse): void => {
  response.writeHead(200, { date: serverDate, 'content-type': 'application/x-amz-json-1.0' }).end('{}');
};
const fault = (response: ServerResponse): void => {
  response
    .writeHead(500, { date: serverDate, 'content-type': 'application/x-amz-json-1.0' })
    .end('{"__type":"InternalServerError"}');
};
const hangUp = (response: ServerResponse): void => void response.destroy();

beforeEach(async () => {
  process.env['AWS_ACCESS_KEY_ID'] ??= 'test';
  process.env['AWS_SECRET_ACCESS_KEY'] ??= 'test';
  answers = [];
  counted = [];
  stopped = new AbortController();
  setMaxListeners(0, stopped.signal);
  server = createServer((request, response) => {
    request.resume();
    request.on('end', () => (answers.shift() ?? ok)(response));
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const endpointUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  clock = awsClock({ nowMs: () => hostNow, monotonicMs: () => 0 });
  const metrics = { add: (...metric: readonly unknown[]) => void counted.push(metric) };
  clients = makeClients({ region: 'us-east-1', endpointUrl, pollWaitSeconds: 1, clock, metrics });
});

afterEach(async () => {
  clients.destroy();
  server.closeAllConnections();
  await once(server.close(), 'close');
});

const get = () => clients.dynamo.send(new GetCommand({ TableName: 'table', Key: { pk: 'p', sk: 's' } }));
let stopped: AbortController;
const poll = () =>
  clients.polling.send(new ReceiveMessageCommand({ QueueUrl: 'http://127.0.0.1/queue' }), { abortSignal: stopped.signal });

const getCounted = ['AwsRequests', 1, { service: 'DynamoDB', operation: 'GetItem' }];
const pollCounted = ['AwsRequests', 1, { service: 'SQS', operation: 'ReceiveMessage' }];

test('each attempt is counted, those that the SDK makes by itself included', async () => {
  answers = [fault, hangUp, ok];
  await get();
  expect(counted).toEqual([getCounted, getCounted, getCounted]);
});

test('a poll is tried once: the answer that was lost may have carried messages', async () => {
  answers = [hangUp, ok];
  await expect(poll()).rejects.toThrow();
  expect(counted).toEqual([pollCounted]);
});

test('a signal aborts the polls that are under way, closes their connections, and lets none begin', async () => {
  const polled = new Promise<ServerResponse>((resolve) => (answers = [resolve]));
  const fails = expect(poll()).rejects.toMatchObject({ name: 'AbortError' });
  const connection = once((await polled).socket!, 'close');
  stopped.abort();
  await Promise.all([fails, connection]);
  await expect(poll()).rejects.toMatchObject({ name: 'AbortError' });
  expect(getEventListeners(stopped.signal, 'abort')).toEqual([]);
});

test('a poll that was answered leaves no listener on its signal', async () => {
  for (let polls = 0; polls < 3; polls++) await poll();
  expect(getEventListeners(stopped.signal, 'abort')).toEqual([]);
});

test("AWS's time is learned from any answer, errors included", async () => {
  answers = [fault];
  await expect(poll()).rejects.toThrow();
  expect(Math.abs(clock.nowMs() - hostNow - 3_600_000)).toBeLessThanOrEqual(1_000);
});

describe('calls side by side of a chain that was put together once', () => {
  const names = Array.from({ length: 20 }, (_, index) => `call-${index}`);
  const bodies: string[] = [];

  /** Each call is cut off once, then answered; which call it is, its body names. */
  const cutOffOnce = (answerTo: (name: string) => object): void => {
    const seen = new Set<string>();
    bodies.length = 0;
    server.removeAllListeners('request');
    server.on('request', (request: IncomingMessage, response: ServerResponse) => {
      let body = '';
      request.on('data', (chunk: Buffer) => (body += chunk.toString()));
      request.on('end', () => {
        bodies.push(body);
        const name = /call-\d+/.exec(body)?.[0] ?? '';
        if (!seen.has(name)) {
          seen.add(name);
          hangUp(response);
          return;
        }
        response.writeHead(200, { date: serverDate, 'content-type': 'application/x-amz-json-1.0' });
        response.end(JSON.stringify(answerTo(name)));
      });
    });
  };

  /** As in production no endpoint is given: the region's would be another one than the queue's. */
  const ofOneQueue = () => ({
    ...makeClients({ region: 'us-east-1', pollWaitSeconds: 1, clock, metrics: { add: () => undefined } }),
    QueueUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}/000000000000/intake`,
  });

  test('each keep their own input, answer and second try: DynamoDB', async () => {
    cutOffOnce((name) => ({ Attributes: { pk: { S: name } } }));
    const update = (name: string) =>
      clients.preparedDynamo.send(new UpdateItemCommand({ TableName: 'table', Key: { pk: { S: name } } }));
    const answered = await Promise.all(names.map(update));
    expect(answered.map(({ Attributes }) => Attributes?.['pk']?.S)).toEqual(names);
    expect(answered.map(({ $metadata }) => $metadata.attempts)).toEqual(names.map(() => 2));
    expect(bodies).toHaveLength(2 * names.length);
  });

  test("each keep their own input and answer: polls of one queue, which are tried once, and go to the queue's own address", async () => {
    const MD5OfBody = createHash('md5').update('').digest('hex');
    cutOffOnce((name) => ({ Messages: [{ MessageId: name, MD5OfBody }] }));
    const { polling, destroy, QueueUrl } = ofOneQueue();
    const receive = (name: string) =>
      polling.send(new ReceiveMessageCommand({ QueueUrl, MessageAttributeNames: [name] }), { abortSignal: stopped.signal });
    const first = await Promise.allSettled(names.map(receive));
    expect(first.map(({ status }) => status)).toEqual(names.map(() => 'rejected'));
    expect(bodies).toHaveLength(names.length);
    const second = await Promise.all(names.map(receive));
    expect(second.map(({ Messages }) => Messages?.map(({ MessageId }) => MessageId))).toEqual(names.map((name) => [name]));
    destroy();
  });

  test("each keep their own input, answer and second try: deletes of one queue, which go to the queue's own address", async () => {
    cutOffOnce((name) => ({ Successful: [{ Id: name }] }));
    const { preparedSqs, destroy, QueueUrl } = ofOneQueue();
    const remove = (name: string) =>
      preparedSqs.send(new DeleteMessageBatchCommand({ QueueUrl, Entries: [{ Id: name, ReceiptHandle: `handle of ${name}` }] }));
    const answered = await Promise.all(names.map(remove));
    destroy();
    expect(answered.map(({ Successful }) => Successful?.map(({ Id }) => Id))).toEqual(names.map((name) => [name]));
    expect(answered.map(({ $metadata }) => $metadata.attempts)).toEqual(names.map(() => 2));
    expect(bodies).toHaveLength(2 * names.length);
  });
});

test('the SDK is given nobody who would be told what is sent: it copies whole calls for him', () => {
  const { sqs, preparedSqs, sns, sfn, dynamo, preparedDynamo } = clients;
  for (const { config } of [sqs, preparedSqs, sns, sfn, dynamo, preparedDynamo]) expect(config.logger).not.toHaveProperty('info');
});
