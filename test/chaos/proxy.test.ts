import { createServer, type Server } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { GetQueueUrlCommand } from '@aws-sdk/client-sqs';
import { createGate } from '../../localstack/chaos/gate';
import { openProxy, type Mishap, type Proxy } from '../../localstack/chaos/proxy';
import { awsClients } from '../../localstack/clients';
import { listenOnLoopback } from '../../localstack/embedded/loopback';

/* The way to AWS that can be shut, and that can lose an answer. */

const closing: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

interface Applied {
  readonly host: string | undefined;
  readonly body: string;
}

/** An AWS that remembers what it was sent, and a way to it. */
const open = async (mishaps: readonly Mishap[] = [], pass: () => Promise<void> = () => Promise.resolve()) => {
  const applied: Applied[] = [];
  const server: Server = createServer((request, response) => {
    void buffer(request).then((body) => {
      applied.push({ host: request.headers.host, body: body.toString() });
      response.writeHead(200, { 'content-type': 'application/x-amz-json-1.0' }).end('{"QueueUrl":"http://queue"}');
    });
  });
  const upstream = await listenOnLoopback(server, 0);
  closing.push(upstream.close);
  const left = [...mishaps];
  const seen: string[] = [];
  const proxy: Proxy = await openProxy({
    upstream: upstream.url,
    pass,
    mishap: () => left.shift() ?? null,
    asked: ({ service, operation }) => void seen.push(`asked ${service} ${operation}`),
    answered: ({ operation }, { status }) => void seen.push(`answered ${operation} ${status}`),
  });
  closing.push(proxy.close);
  const { sqs, close } = awsClients(proxy.url);
  closing.push(close);
  return { upstream, applied, seen, ask: () => sqs.send(new GetQueueUrlCommand({ QueueName: 'intake' })) };
};

test('a call arrives as it was sent, under the name that AWS knows itself by, and is told of', async () => {
  const { upstream, applied, seen, ask } = await open();
  await expect(ask()).resolves.toMatchObject({ QueueUrl: 'http://queue' });
  expect(applied).toEqual([{ host: new URL(upstream.url).host, body: '{"QueueName":"intake"}' }]);
  expect(seen).toEqual(['asked sqs GetQueueUrl', 'answered GetQueueUrl 200']);
});

test('an answer that is cut off was applied: who asks again has asked twice', async () => {
  const { applied, ask } = await open(['cut']);
  await expect(ask()).resolves.toMatchObject({ QueueUrl: 'http://queue' });
  expect(applied).toHaveLength(2);
});

test('while the way is shut no call arrives, and afterwards all do', async () => {
  const gate = createGate();
  await gate.shut();
  let waiting = (): void => undefined;
  const waits = new Promise<void>((resolve) => (waiting = resolve));
  const { applied, ask } = await open([], () => {
    waiting();
    return gate.pass();
  });
  const asking = ask();
  await waits;
  expect(applied).toEqual([]);
  gate.open();
  await asking;
  expect(applied).toHaveLength(1);
});

test('what went through a gate is waited for when it is shut', async () => {
  const gate = createGate();
  let end = (): void => undefined;
  const working = gate.through(() => new Promise<void>((resolve) => (end = resolve)));
  let isShut = false;
  const shutting = gate.shut().then(() => (isShut = true));
  await Promise.resolve();
  expect([isShut, gate.isOpen()]).toEqual([false, false]);
  end();
  await Promise.all([working, shutting]);
  expect(isShut).toBe(true);
});
