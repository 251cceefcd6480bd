import { bucketOf, type LatenessKind, type LatenessSum, totalOf } from '../src/core/lateness';
import { loadWindowConfig } from '../src/config';
import { silentLog } from '../src/log';
import { createPipeline } from '../src/pipeline';
import type { LatenessStore, Log, WindowTable } from '../src/ports';
import { runWorker } from '../src/worker';
import { createDownstreamHealth } from '../src/worker/downstream-health';
import { createTableHealth } from '../src/worker/table-health';
import { keepLateness } from '../src/worker/lateness-keeper';
import { feedMessage, noon, second } from './factories';
import { memoryFleet } from './memory/fleet';
import { memoryLatenessStore } from './memory/lateness-store';
import { memoryQueue } from './memory/queue';
import { memoryOutside, type MemoryOutside } from './outside';

const minutes = 60_000;
const settings = {
  ...loadWindowConfig({}),
  shards: 1,
  leaseMs: minutes,
  tickMs: 1_000,
  closeConcurrency: 4,
  heartbeatMs: 5_000,
  visibilityMs: minutes,
  longPollMs: 20_000,
};

/** Takes no events the first times. */
const refusing = (table: MemoryOutside['table'], refusals: number): MemoryOutside['table'] => {
  let left = refusals;
  const writeEvents: WindowTable['writeEvents'] = (...args) =>
    left-- > 0 ? Promise.reject(new Error('throttled')) : table.writeEvents(...args);
  return { ...table, writeEvents };
};

/** A worker whose lateness is kept, as the container runs it. */
const setUp = (
  changed: { readonly wrap?: (store: LatenessStore) => LatenessStore; readonly log?: Log; readonly refusals?: number } = {},
) => {
  const { wrap = (own: LatenessStore) => own, log = silentLog } = changed;
  const memory = memoryOutside();
  const outside = { ...memory, log, table: refusing(memory.table, changed.refusals ?? 0) };
  const { clock } = outside;
  const store = memoryLatenessStore();
  const keeper = keepLateness({ ...outside, store: wrap(store) }, settings.retentionMs);
  const kept = { ...outside, metrics: keeper.metrics };
  const health = createTableHealth({ ...kept, fleet: memoryFleet() });
  const queue = memoryQueue({ clock, visibilityMs: settings.visibilityMs, longPollMs: settings.longPollMs });
  const soft = new AbortController();
  const over = new AbortController();
  const keeping = keeper.run(over.signal);
  const ended = { is: false };
  const stop = { soft: soft.signal, hard: new AbortController().signal };
  const running = runWorker({ ...kept, queue: queue.intake(), health, downstream: createDownstreamHealth(kept), pipeline: createPipeline(kept, settings) }, settings, stop)
    .then(() => over.abort())
    .then(() => keeping)
    .finally(() => (ended.is = true)); // prettier-ignore
  const end = async (): Promise<void> => {
    soft.abort();
    await clock.advanceUntil(() => ended.is, 2 * minutes);
    await running;
  };
  return { ...outside, store, queue, end, keeper };
};

const send = (world: ReturnType<typeof setUp>, fields: Parameters<typeof feedMessage>[0]) =>
  world.queue.send(JSON.stringify(feedMessage(fields)));

const find = async (store: LatenessStore, kind: LatenessKind, subject: string): Promise<LatenessSum | undefined> =>
  (await store.read(noon)).find((sum) => sum.kind === kind && sum.subject === subject);

const subjectOf = (type: string): string => `v2.detail.events.conversation.${type}`;

test('an event that comes after its window closed shows in the store with its gap, beside the messages and records that it is held against', async () => {
  const world = setUp();
  send(world, { type: 'customer.start', at: noon });
  send(world, { type: 'customer.end', at: second(1) });
  await world.clock.advanceUntil(() => world.table.heads()[0]?.state === 'closed', 2 * minutes);
  await world.clock.advance(4 * minutes);
  send(world, { type: 'flow.outcome', at: second(2) });
  await world.clock.advanceUntil(() => world.table.heads()[0]?.finished === 2, 3 * minutes);
  await world.end();

  const gap = await find(world.store, 'hold-gap', subjectOf('flow.outcome'));
  expect(totalOf(gap!.histogram)).toBe(1);
  const [atLeast, atMost] = [bucketOf(4 * minutes), bucketOf(6 * minutes)];
  expect(gap!.histogram.slice(atLeast, atMost + 1).reduce((sum, hits) => sum + hits, 0)).toBe(1);
  expect(await find(world.store, 'hold-gap', subjectOf('customer.end'))).toBeUndefined();
  expect((await find(world.store, 'disorder', subjectOf('customer.end')))?.histogram[0]).toBe(1);
  expect((await find(world.store, 'records', 'on_time'))?.histogram[0]).toBe(1);
  expect((await find(world.store, 'records', 'late'))?.histogram[0]).toBe(1);
});

test('the next record counts its own news, and not again what the one before was made of', async () => {
  const world = setUp();
  send(world, { type: 'customer.start', at: noon });
  send(world, { type: 'customer.end', at: second(1) });
  for (const [finished, late] of (['flow.outcome', 'attributes'] as const).entries()) {
    await world.clock.advanceUntil(() => world.table.heads()[0]?.finished === finished + 1, 3 * minutes);
    await world.clock.advance(4 * minutes);
    send(world, { type: late, at: second(2) });
  }
  await world.clock.advanceUntil(() => world.table.heads()[0]?.finished === 3, 3 * minutes);
  await world.end();
  const counts = ['flow.outcome', 'attributes'].map(async (type) =>
    totalOf((await find(world.store, 'hold-gap', subjectOf(type)))!.histogram),
  );
  expect(await Promise.all(counts)).toEqual([1, 1]);
});

test('a message that comes behind the newest one shows in the store by how much', async () => {
  const world = setUp();
  await world.clock.advance(30_000);
  send(world, { type: 'customer.start', at: noon });
  await world.clock.advance(1_000);
  world.queue.send(JSON.stringify(feedMessage({ type: 'user.start', at: noon })), world.clock.nowMs() - 8_500);
  await world.clock.advance(1_000);
  await world.end();
  expect((await find(world.store, 'disorder', subjectOf('user.start')))?.histogram[bucketOf(8_500)]).toBe(1);
});

test('a message that comes again counts at its first receipt only: then it was waited for', async () => {
  const world = setUp({ refusals: 12 });
  send(world, { type: 'customer.start', at: noon });
  await world.clock.advance(2 * minutes);
  await world.end();
  expect(world.queue.counts()).toEqual({ visible: 0, inFlight: 0 });
  expect(world.metrics.sum('MessagesReceived')).toBeGreaterThan(1);
  expect(totalOf((await find(world.store, 'disorder', subjectOf('customer.start')))!.histogram)).toBe(1);
});

test('while the store is away nothing waits for it; what was counted is added when it is back', async () => {
  const away = { is: true };
  const warnings: string[] = [];
  const log = { ...silentLog, warn: (message: string) => void warnings.push(message) };
  const wrap = (store: LatenessStore): LatenessStore => ({
    ...store,
    add: (...args) => (away.is ? Promise.reject(new Error('the table is away')) : store.add(...args)),
  });
  const world = setUp({ wrap, log });
  send(world, { type: 'customer.start', at: noon });
  send(world, { type: 'customer.end', at: second(1) });
  await world.clock.advanceUntil(() => world.table.heads()[0]?.state === 'closed', 2 * minutes);
  await world.clock.advance(5 * minutes);
  expect(world.stateMachine.executions().size).toBe(1);
  expect(warnings).toEqual(['Statistics could not be added and are kept for later.']);
  expect(await world.store.read(noon)).toEqual([]);
  away.is = false;
  await world.clock.advance(minutes);
  expect((await find(world.store, 'records', 'on_time'))?.histogram[0]).toBe(1);
  await world.end();
});

test('an orderly stop adds what was counted since the last minute', async () => {
  const world = setUp();
  send(world, { type: 'customer.start', at: noon });
  await world.clock.advance(1_000);
  expect(await world.store.read(noon)).toEqual([]);
  await world.end();
  expect(await find(world.store, 'disorder', subjectOf('customer.start'))).toBeDefined();
});

test('metrics are passed on as they were', () => {
  const { keeper, metrics } = setUp();
  keeper.metrics.add('Disorder', 5, { subject: 'a' });
  keeper.metrics.add('MessagesReceived', 3);
  expect([metrics.sum('Disorder a'), metrics.sum('MessagesReceived')]).toEqual([5, 3]);
});
