import { loadWindowConfig } from '../../src/config';
import type { MetricName } from '../../src/core/metric-names';
import { createPipeline } from '../../src/pipeline';
import type { Metrics, WindowTable } from '../../src/ports';
import { runWorker } from '../../src/worker';
import { createDownstreamHealth } from '../../src/worker/downstream-health';
import { createTableHealth } from '../../src/worker/table-health';
import { endMarkMessage, noon } from '../factories';
import { memoryFleet } from '../memory/fleet';
import { memoryQueue } from '../memory/queue';
import { memoryOutside } from '../outside';

/* What tells a worker that has nothing to do from one that cannot, and from none. */

const second = 1_000;
const settings = {
  ...loadWindowConfig({}),
  ...{ shards: 1, leaseMs: 60 * second, tickMs: second, closeConcurrency: 4 },
  ...{ heartbeatMs: 5 * second, visibilityMs: 60 * second, longPollMs: 20 * second },
};
const body = JSON.stringify(endMarkMessage());

const hards: AbortController[] = [];
afterEach(() => hards.splice(0).forEach((hard) => hard.abort()));

const startWorker = (change: (table: WindowTable) => WindowTable = (table) => table) => {
  const memory = memoryOutside();
  const values = new Map<MetricName, number[]>();
  const metrics: Metrics = { add: (name, value) => void values.set(name, [...(values.get(name) ?? []), value]) };
  const outside = { ...memory, metrics, table: change(memory.table) };
  const { clock } = outside;
  const queue = memoryQueue({ clock, visibilityMs: settings.visibilityMs, longPollMs: settings.longPollMs });
  const health = createTableHealth({ ...outside, fleet: memoryFleet() });
  const pipeline = createPipeline({ ...outside, table: health.table }, settings);
  const hard = new AbortController();
  hards.push(hard);
  const stop = { soft: new AbortController().signal, hard: hard.signal };
  const downstream = createDownstreamHealth(outside);
  void runWorker({ ...outside, queue: queue.intake(), health, downstream, pipeline }, settings, stop);
  return { clock, queue, valuesOf: (name: MetricName): readonly number[] => values.get(name) ?? [] };
};

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);

test('a worker that has nothing to do polls, and says that nothing came', async () => {
  const { clock, valuesOf } = startWorker();
  await clock.advance(61 * second);
  expect(sum(valuesOf('PollsSucceeded'))).toBeGreaterThanOrEqual(3);
  for (const name of ['MessagesReceived', 'MessagesDeleted'] as const) {
    expect(valuesOf(name).length).toBeGreaterThanOrEqual(12);
    expect(sum(valuesOf(name))).toBe(0);
  }
  expect(new Set(valuesOf('OldestOverdue'))).toEqual(new Set([0]));
});

test('how long a message took to be admitted counts from its acceptance by the queue', async () => {
  const { clock, queue, valuesOf } = startWorker();
  await clock.advance(2 * second);
  queue.send(body, noon - 300 * second);
  await clock.advance(second);
  expect(valuesOf('IngestionDelay')).toEqual([302 * second]);
});

test('a window that is due and that nobody can claim is told of for as long as it waits, and says nothing of its delay', async () => {
  const nobodyClaims = (table: WindowTable): WindowTable => ({
    ...table,
    updateHead: (update) => (update.addAttempt ? Promise.resolve(null) : table.updateHead(update)),
  });
  const { clock, queue, valuesOf } = startWorker(nobodyClaims);
  queue.send(body);
  await clock.advance(300 * second);
  expect(Math.max(...valuesOf('OldestOverdue'))).toBeGreaterThan(200 * second);
  expect(valuesOf('CloseDelay')).toEqual([]);
});

test('a window that is claimed in time is never overdue by more than some ticks', async () => {
  const { clock, queue, valuesOf } = startWorker();
  queue.send(body);
  await clock.advance(300 * second);
  expect(valuesOf('CloseDelay')).toHaveLength(1);
  // An empty poll of 20 s moves the watermark at once over its due time.
  expect(Math.max(...valuesOf('OldestOverdue'))).toBeLessThanOrEqual(21 * second);
});
