import { join } from 'node:path';
import axios from 'axios';
import { countMessages } from '../../localstack/demo/settle';
import { sendAll } from '../../localstack/demo/send';
import { feedMessage } from '../factories';
import { endAll, startOne, type OneWorker } from './one-worker';

afterAll(endAll);

const conversationId = '00000000-0000-4000-8000-00000000000a';
const body = JSON.stringify(feedMessage({ conversation: conversationId, type: 'customer.start' }));

const runs = 'The worker runs.';
const hasStopped = 'The worker has stopped.';
const waitSeconds = 2;
/** A stop that waits for nothing but its long poll, on a machine that does other things, too. */
const soonMs = 1_000 * waitSeconds + 3_000;

const send = ({ stage }: OneWorker): Promise<void> =>
  sendAll(stage.clients.sqs, stage.places.queueUrl, [{ conversationId, body }]);
const left = ({ stage }: OneWorker): Promise<number> => countMessages(stage.clients, stage.places.queueUrl);

/** A worker that has a message in its hands, and whose table takes its time. */
const startHolding = async (): Promise<OneWorker> => {
  const worker = await startOne({ WAIT_TIME_SECONDS: String(waitSeconds) });
  await worker.hasSaid(runs);
  const writes = worker.hold('BatchWriteItem');
  await send(worker);
  await writes;
  return worker;
};

test('a worker that waits for messages ends once its poll has run out, with 0, out of the fleet', async () => {
  const worker = await startOne({ WAIT_TIME_SECONDS: String(waitSeconds) });
  const polls = worker.hold('ReceiveMessage');
  await worker.hasSaid(runs);
  await polls;
  worker.release();
  worker.signal('SIGINT');
  const { exit, tookMs } = await worker.end();
  expect(exit).toBe('0');
  expect(tookMs).toBeLessThan(soonMs);
  expect(worker.said()).toContain(hasStopped);
  expect(worker.said()).not.toContain('The fleet could not be left');
  const others = worker
    .said()
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('{'));
  expect(others).toEqual([]);
});

test('a batch in hand is finished: stored, deleted, and nothing comes back', async () => {
  const worker = await startHolding();
  worker.signal();
  worker.release();
  expect((await worker.end()).exit).toBe('0');
  expect(worker.said()).toContain('"MessagesDeleted":1');
  expect(await left(worker)).toBe(0);
});

test('a second signal ends it at once, with 1; what it had in hand is still on the queue', async () => {
  const worker = await startHolding();
  worker.signal();
  await worker.hasSaid('The worker is told to stop.');
  worker.signal();
  const { exit, tookMs } = await worker.end();
  expect(exit).toBe('1');
  expect(tookMs).toBeLessThan(1_000);
  expect(worker.said()).toContain('ends at once, at the second signal');
  expect(worker.said()).not.toContain(hasStopped);
  expect(await left(worker)).toBe(1);
});

test('what such a worker had in hand is done by the next one', async () => {
  const next = await startOne();
  await next.hasSaid('"MessagesDeleted":1');
  expect(await left(next)).toBe(0);
  next.signal();
  expect((await next.end()).exit).toBe('0');
});

test('a batch that outlasts the grace is handed back, with 1, before the platform kills', async () => {
  const worker = await startOne({ SHUTDOWN_GRACE_SECONDS: '3', WAIT_TIME_SECONDS: '1' });
  await worker.hasSaid(runs);
  const writes = worker.hold('BatchWriteItem');
  await send(worker);
  await writes;
  worker.signal();
  const { exit, tookMs } = await worker.end();
  expect(exit).toBe('1');
  expect(tookMs).toBeGreaterThan(2_500);
  expect(tookMs).toBeLessThan(3_000 + 2_000 + 2_000);
  expect(await left(worker)).toBe(1);
});

test('a stop before the fleet could be joined is a stop: 0, at once', async () => {
  const worker = await startOne({ TABLE_NAME: 'nobody-has-this-table' });
  await worker.hasSaid('The table could not be reached');
  worker.signal();
  const { exit, tookMs } = await worker.end();
  expect([exit, tookMs < soonMs]).toEqual(['0', true]);
});

test('a stop during an outage of the table waits for no table: 0', async () => {
  const worker = await startOne({ WAIT_TIME_SECONDS: '1' });
  await worker.hasSaid(runs);
  worker.cut('dynamodb');
  await worker.hasSaid('The table does not answer: receiving pauses.');
  worker.signal();
  expect((await worker.end()).exit).toBe('0');
});

test('half a worker does not live on: where one loop fails, the process ends with 1, and tells no values', async () => {
  const worker = await startOne({}, ['--require', join(__dirname, 'break-receiving.cjs')]);
  expect((await worker.end()).exit).toBe('1');
  expect(worker.said()).toContain('tidemark failed: ');
  expect(worker.said()).not.toContain('canary-4711');
});

test('who asks is told of each state: healthy and not ready, ready, then neither', async () => {
  const port = 18_080 + (process.pid % 1_000);
  const worker = await startOne({ HEALTH_PORT: String(port), WAIT_TIME_SECONDS: '1' });
  const ask = async (place: string): Promise<number> =>
    (await axios.get(`http://127.0.0.1:${port}${place}`, { proxy: false, validateStatus: () => true })).status;
  const polls = worker.hold('ReceiveMessage');
  await worker.hasSaid('The worker starts.');
  expect(await ask('/healthz')).toBe(200);
  await polls;
  expect([await ask('/healthz'), await ask('/readyz')]).toEqual([200, 200]);
  worker.signal();
  await worker.hasSaid('The worker is told to stop.');
  expect([await ask('/healthz'), await ask('/readyz')]).toEqual([200, 503]);
  worker.release();
  expect((await worker.end()).exit).toBe('0');
  await expect(ask('/healthz')).rejects.toThrow('ECONNREFUSED');
});
