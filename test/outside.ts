import { loadWindowConfig } from '../src/config';
import { nobodyWatches } from '../src/core/drift';
import { nobodyPauses } from '../src/core/on-call/levers';
import { memoryRedriveLedger } from '../src/memory/redrive-ledger';
import { duePartition } from '../src/core/items';
import { silentLog } from '../src/log';
import { virtualClock } from '../src/memory/clock';
import { memoryDeadLetterQueue } from '../src/memory/dead-letter-queue';
import { replayRandom } from '../src/memory/random';
import { memoryRecordTopic } from '../src/memory/record-topic';
import { memoryStateMachine } from '../src/memory/state-machine';
import { memoryWindowTable } from '../src/memory/window-table';
import { createPipeline } from '../src/pipeline';
import type { Message, Metrics } from '../src/ports';
import { openSchemaRegistry } from '../src/schema-files';
import type { Outside, PipelineSettings } from '../src/steps/outside';
import { noon } from './factories';

/* What the six steps are given, in memory; each test replaces the one thing that it is about. */

export const registry = openSchemaRegistry();

export const settings: PipelineSettings = { ...loadWindowConfig({}), shards: 1, leaseMs: 60_000 };

/** Sums by name, and by name and dimension values: `SchemaDrift`, `MessagesRejected invalid`. */
const countingMetrics = (): Metrics & { readonly sum: (name: string) => number } => {
  const sums = new Map<string, number>();
  const count = (key: string, value: number): unknown => sums.set(key, (sums.get(key) ?? 0) + value);
  return {
    add: (name, value, dimensions) => {
      count(name, value);
      if (dimensions) count([name, ...Object.values<string>(dimensions)].join(' '), value);
    },
    sum: (name) => sums.get(name) ?? 0,
  };
};

export const memoryOutside = () => ({
  program: 'tidemark/test',
  clock: virtualClock(noon),
  random: replayRandom(1),
  log: silentLog,
  metrics: countingMetrics(),
  registry,
  table: memoryWindowTable(),
  deadLetters: memoryDeadLetterQueue('tidemark/test'),
  details: null,
  extras: [],
  names: null,
  stateMachine: memoryStateMachine(),
  topic: memoryRecordTopic(),
  drift: nobodyWatches,
  levers: nobodyPauses,
  redrives: memoryRedriveLedger(),
});

export type MemoryOutside = ReturnType<typeof memoryOutside>;

export const messageOf = (body: string, fields: Partial<Message> = {}): Message => ({
  id: 'message-1',
  body,
  sentAtMs: noon,
  receiveCount: 1,
  handle: `handle-${fields.id ?? '1'}`,
  ...fields,
});

export const messagesOf = (bodies: readonly string[]): readonly Message[] =>
  bodies.map((body, index) => messageOf(body, { id: `message-${String(index + 1)}` }));

/** Awaits what sleeps on the virtual clock: moves time on until it is there, half an hour at most. */
export const awaitOn = async <T>({ clock }: Pick<MemoryOutside, 'clock'>, promise: Promise<T>): Promise<T> => {
  const settled = new AbortController();
  const watched = promise.finally(() => settled.abort());
  const isThere = await clock.advanceUntil(() => settled.signal.aborted, 1_800_000);
  if (!isThere) throw new Error('Expected it within half an hour of virtual time.');
  return watched;
};

/** Admits the bodies as one batch, then closes every window, however long it waits. */
export const admitAndClose = async (
  outside: Outside & Pick<MemoryOutside, 'clock'>,
  bodies: readonly string[],
  changed: Partial<PipelineSettings> = {},
): Promise<readonly Message[]> => {
  const pipeline = createPipeline(outside, { ...settings, ...changed });
  const done = await awaitOn(outside, pipeline.admit(messagesOf(bodies), 0));
  const nextDue = async () => (await outside.table.findDue(duePartition('queue', 0), Number.MAX_SAFE_INTEGER, 1))[0];
  for (let due = await nextDue(); due; due = await nextDue()) await pipeline.close(due, due.dueAt);
  return done;
};
