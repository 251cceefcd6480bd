import { memoryFleet } from './memory/fleet';
import { memoryQueue } from './memory/queue';
import { memoryOutside, type MemoryOutside } from './outside';
import { endMarkMessage } from './factories';
import { loadWindowConfig } from '../src/config';
import { createPipeline } from '../src/pipeline';
import type { Fleet } from '../src/ports';
import { runWorker } from '../src/worker';
import { createDownstreamHealth } from '../src/worker/downstream-health';
import { createTableHealth } from '../src/worker/table-health';

const second = 1_000;
const settings = {
  ...loadWindowConfig({}),
  shards: 1,
  leaseMs: 60 * second,
  tickMs: second,
  closeConcurrency: 4,
  heartbeatMs: 5 * second,
  visibilityMs: 60 * second,
  longPollMs: 20 * second,
};

const setUp = (changed: { readonly fleet?: Fleet; readonly outside?: MemoryOutside; readonly shards?: number } = {}) => {
  const outside = changed.outside ?? memoryOutside();
  const ownSettings = { ...settings, shards: changed.shards ?? settings.shards };
  const { clock } = outside;
  const queue = memoryQueue({ clock, visibilityMs: settings.visibilityMs, longPollMs: settings.longPollMs });
  const fleet = changed.fleet ?? memoryFleet();
  const soft = new AbortController();
  const hard = new AbortController();
  const health = createTableHealth({ ...outside, fleet });
  const pipeline = createPipeline({ ...outside, table: health.table }, ownSettings);
  const ended = { is: false };
  const running = runWorker(
    { ...outside, queue: queue.intake(), health, downstream: createDownstreamHealth(outside), pipeline },
    ownSettings,
    {
      soft: soft.signal,
      hard: hard.signal,
    },
  ).finally(() => (ended.is = true));
  return { ...outside, queue, fleet, soft, hard, running, ended };
};

const body = JSON.stringify(endMarkMessage());

test('a window closes without further traffic, once its hold has passed in queue time', async () => {
  const worker = setUp();
  worker.queue.send(body);
  expect(await worker.clock.advanceUntil(() => worker.table.heads()[0]?.state === 'closed', 120 * second)).toBe(true);
  expect(worker.stateMachine.executions().size).toBe(1);
  expect(worker.queue.counts()).toEqual({ visible: 0, inFlight: 0 });
  worker.soft.abort();
  await worker.clock.advanceUntil(() => worker.ended.is, 60 * second);
  await worker.running;
});

test('windows that wait where they did with fewer shards are closed by a worker with more', async () => {
  const outside = memoryOutside();
  const { clock, table } = outside;
  const before = setUp({ outside });
  before.queue.send(body);
  await clock.advanceUntil(() => table.heads()[0]?.state === 'open', 60 * second);
  before.hard.abort();
  await clock.settle();
  const after = setUp({ outside, shards: 7 });
  expect(await clock.advanceUntil(() => table.heads()[0]?.state === 'closed', 300 * second)).toBe(true);
  after.hard.abort();
  await clock.settle();
});

test('an orderly stop ends within its long poll, leaves the fleet, and nothing sleeps on', async () => {
  const worker = setUp();
  await worker.clock.advance(30 * second);
  expect(await worker.fleet.members()).toHaveLength(1);
  worker.soft.abort();
  expect(await worker.clock.advanceUntil(() => worker.ended.is, 21 * second)).toBe(true);
  expect(await worker.fleet.members()).toEqual([]);
  await worker.clock.settle();
  expect(worker.clock.nextWakeMs()).toBeNull();
});

test('a worker has received nothing until its first receive completes, and says so with its next heartbeat', async () => {
  const worker = setUp();
  const hasReceived = async () => (await worker.fleet.members()).map((member) => member.hasReceived);
  await worker.clock.advance(19 * second);
  expect(await hasReceived()).toEqual([false]);
  await worker.clock.advance(6 * second);
  expect(await hasReceived()).toEqual([true]);
  worker.hard.abort();
  await worker.clock.settle();
});

test('a hard stop waits for nothing', async () => {
  const worker = setUp();
  await worker.clock.advance(30 * second);
  worker.hard.abort();
  await worker.clock.settle();
  expect(worker.ended.is).toBe(true);
});

test('nothing is received before the fleet is joined, and a stop before that is a stop', async () => {
  const away: Fleet = { ...memoryFleet(), members: () => Promise.reject(new Error('the table is away')) };
  const worker = setUp({ fleet: away });
  worker.queue.send(body);
  await worker.clock.advance(300 * second);
  expect(worker.queue.counts()).toEqual({ visible: 1, inFlight: 0 });
  worker.soft.abort();
  await worker.clock.settle();
  expect(worker.ended.is).toBe(true);
});
