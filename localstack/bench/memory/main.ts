import { getHeapCodeStatistics } from 'node:v8';
import { createSchemaRegistry, type SchemaRegistry } from '../../../src/core/schema-registry';
import { readSchemaFiles } from '../../../src/schema-files';
import { generateTraffic } from '../../traffic/generate';
import type { PlannedMessage } from '../../traffic/traffic';
import type { Asked, Heap, Told } from './told';
import { type RunningWorker, startWorkerInMemory } from './worker';

/* An hour of a worker's life, in a process of its own that may collect its garbage when it likes; said in one line. */

const { conversationsPerHour, windows } = JSON.parse(process.argv[2]!) as Asked;

const minute = 60_000;
const cycleMs = 5 * minute;
const cycles = 12;

/** Waits of production, shortened so that all that opens in five minutes closes in them; more than twice a day opens again. */
const shortened = { HOLD_MS: '10000', ACW_HOLD_MS: '15000', IDLE_MS: '30000', HOLD_CAP_MS: '60000', OUT_OF_ORDERNESS_MS: '1000' };
/** Nothing closes while windows are counted. */
const patient = { IDLE_MS: String(24 * 60 * minute), HOLD_CAP_MS: String(24 * 60 * minute) };

const collected = async (): Promise<Heap> => {
  // What ends in one turn is let go of in a later one.
  for (let turn = 0; turn < 5; turn++) {
    await new Promise((resolve) => setImmediate(resolve));
    globalThis.gc!();
  }
  const { heapUsed, external, rss } = process.memoryUsage();
  const { code_and_metadata_size: compiled, bytecode_and_metadata_size: bytecode } = getHeapCodeStatistics();
  return { heapUsed, code: compiled + bytecode, external, rss };
};

/** When each wave begins and how long it takes, in the five minutes. */
const waves = {
  1: { fromMs: 0, spanMs: 100_000 },
  2: { fromMs: 150_000, spanMs: 20_000 },
  3: { fromMs: 200_000, spanMs: 20_000 },
};
const stepMs = 1_000;

const cycleOf = (index: number): readonly PlannedMessage[] =>
  generateTraffic({ seed: `hour ${index}`, conversations: Math.ceil(conversationsPerHour / cycles) }).messages;

/** The bodies of each second, as they come. */
const schedule = (messages: readonly PlannedMessage[]): ReadonlyMap<number, readonly string[]> => {
  const bySecond = new Map<number, string[]>();
  for (const wave of [1, 2, 3] as const) {
    const own = messages.filter((message) => message.wave === wave);
    const { fromMs, spanMs } = waves[wave];
    own.forEach(({ body }, index) => {
      const atMs = fromMs + Math.floor((index * spanMs) / own.length / stepMs) * stepMs;
      bySecond.set(atMs, [...(bySecond.get(atMs) ?? []), body]);
    });
  }
  return bySecond;
};

const isOpen = ({ table }: RunningWorker): boolean => table.heads().some(({ state }) => state === 'open' || state === 'closing');

/** Answers how many messages came. */
const liveThrough = async (worker: RunningWorker, index: number): Promise<number> => {
  const messages = cycleOf(index);
  const bodies = schedule(messages);
  for (let atMs = 0; atMs < cycleMs; atMs += stepMs) {
    const now = bodies.get(atMs);
    if (now) worker.queue.send(now);
    await worker.clock.advance(stepMs);
  }
  while (!worker.queue.isEmpty() || isOpen(worker)) await worker.clock.advance(stepMs);
  worker.table.begin();
  return messages.length;
};

const hour = async (registry: SchemaRegistry): Promise<Pick<Told, 'idle' | 'marks' | 'messages' | 'closed'>> => {
  const worker = startWorkerInMemory(registry, shortened);
  await worker.clock.advance(minute);
  const idle = await collected();
  const marks: Heap[] = [];
  let messages = 0;
  for (let cycle = 0; cycle < cycles; cycle++) {
    messages += await liveThrough(worker, cycle);
    marks.push(await collected());
  }
  await worker.stop();
  return { idle, marks, messages, closed: worker.started() };
};

/** One event that begins a conversation, under another id each time. */
const beginnings = (count: number): readonly string[] => {
  const { messages } = generateTraffic({ seed: 'open', conversations: 40 });
  const { body, conversationId } = messages.find(
    (message) => message.kind === 'good' && message.body.includes('customer.start'),
  )!;
  return Array.from({ length: count }, (_, index) =>
    body.replaceAll(conversationId!, `${conversationId!.slice(0, -6)}${String(index).padStart(6, '0')}`),
  );
};

const openWindows = async (registry: SchemaRegistry, count: number): Promise<Told['open'][number]> => {
  const worker = startWorkerInMemory(registry, patient);
  await worker.clock.advance(minute);
  const none = await collected();
  worker.queue.send(beginnings(count));
  while (!worker.queue.isEmpty()) await worker.clock.advance(stepMs);
  await worker.clock.advance(minute);
  const stand = worker.table.heads().filter(({ state }) => state === 'open').length;
  if (stand !== count) throw new Error(`Expected ${count} windows to stand open, got ${stand}.`);
  const withTable = await collected();
  worker.table.begin();
  const without = await collected();
  await worker.stop();
  return { windows: count, none, withTable, without };
};

const live = async (): Promise<Told> => {
  const registry = createSchemaRegistry(readSchemaFiles());
  const before = await collected();
  const lived = await hour(registry);
  const open: Told['open'][number][] = [];
  for (const count of windows) open.push(await openWindows(registry, count));
  return { before, ...lived, open };
};

void live().then((told) => process.stdout.write(`${JSON.stringify(told)}\n`));
