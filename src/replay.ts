import { readEnvelope } from './core/formats/envelope';
import { readInstant } from './core/formats/entry';
import { dateableOrNull } from './core/conversation/instant';
import { nobodyWatches } from './core/drift';
import { nobodyPauses } from './core/on-call/levers';
import { memoryRedriveLedger } from './memory/redrive-ledger';
import { isObject, type JsonObject } from './core/json';
import { duePartition } from './core/items';
import type { ConversationRecord } from './core/record';
import type { RejectionReason } from './core/rejection';
import type { SchemaRegistry } from './core/schema-registry';
import { virtualClock } from './memory/clock';
import { memoryDeadLetterQueue } from './memory/dead-letter-queue';
import { replayRandom, seededRandom } from './memory/random';
import { memoryRecordTopic } from './memory/record-topic';
import { memoryStateMachine } from './memory/state-machine';
import { memoryWindowTable } from './memory/window-table';
import { createPipeline } from './pipeline';
import type { DueWindow, Log, Message, Metrics } from './ports';
import type { PipelineSettings } from './steps/outside';

/** A line that was refused: `line` counts from 1, blank lines included. */
export interface LineRejected {
  readonly line: number;
  readonly reason: RejectionReason;
  readonly detail: string;
}

export interface Replayed {
  /** Sorted by conversation, then revision. */
  readonly records: readonly ConversationRecord[];
  /** Sorted by line. */
  readonly rejections: readonly LineRejected[];
}

export interface ReplayOptions {
  readonly registry: SchemaRegistry;
  readonly settings: Omit<PipelineSettings, 'shards' | 'leaseMs'> & { readonly outOfOrdernessMs: number };
  /** Each line arrives when its carrier was published, and windows close in between. */
  readonly byTime: boolean;
  /** Admits the lines in an order drawn from this seed; null leaves them as they are. */
  readonly shuffle: number | null;
  readonly log: Log;
}

interface Line {
  readonly message: Message;
  readonly atMs: number;
}

const noMetrics: Metrics = { add: () => undefined };
/** Lines admitted at once: what the queue would bring. */
const batchSize = 10;
/** Windows asked for at once. Closing one changes no other, so a page stays true while it is worked through. */
const duePage = 1_000;

/** When the event happened, for a carrier that does not say when it was published. */
const happenedMs = (detail: JsonObject): number => {
  const eventTime = isObject(detail['eventBody']) ? detail['eventBody']['eventTime'] : null;
  return typeof eventTime === 'number' ? (dateableOrNull(eventTime) ?? 0) : 0;
};

/** When a carrier was published: the real feed's `timestamp`, the detail envelope's `createdTimestamp`, else EventBridge's `time`. */
export const publishedMs = (body: string): number => {
  const envelope = readEnvelope(body);
  if ('reason' in envelope) return 0;
  const { object } = envelope;
  const detail = isObject(object['detail']) ? object['detail'] : {};
  const stated = [detail['timestamp'], object['timestamp'], object['createdTimestamp'], object['time']];
  return stated.map(readInstant).find((ms) => ms !== null) ?? happenedMs(envelope.bare ? object : detail);
};

const shuffled = <T>(items: readonly T[], seed: number): readonly T[] => {
  const random = seededRandom(seed);
  return items
    .map((item) => ({ item, at: random.fraction() }))
    .sort((a, b) => a.at - b.at)
    .map(({ item }) => item);
};

const linesOf = (text: string, { byTime, shuffle }: ReplayOptions): readonly Line[] => {
  const lines = text.split('\n').flatMap((body, index) => {
    if (body.trim() === '') return [];
    const atMs = byTime ? publishedMs(body) : 0;
    const message = {
      id: String(index + 1),
      body: body.replace(/\r$/, ''),
      sentAtMs: atMs,
      receiveCount: 1,
      handle: String(index),
    };
    return [{ message, atMs }];
  });
  const ordered = shuffle === null ? lines : shuffled(lines, shuffle);
  return byTime ? [...ordered].sort((a, b) => a.atMs - b.atMs) : ordered;
};

const replayWorld = ({ registry, settings, byTime, log }: ReplayOptions) => {
  const table = memoryWindowTable();
  const deadLetters = memoryDeadLetterQueue('tidemark replay');
  const outside = {
    program: 'tidemark replay',
    clock: virtualClock(0),
    random: replayRandom(0),
    log,
    metrics: noMetrics,
    registry,
    table,
    deadLetters,
    details: null,
    extras: [],
    names: null,
    stateMachine: memoryStateMachine(),
    topic: memoryRecordTopic(),
    drift: nobodyWatches,
    levers: nobodyPauses,
    redrives: memoryRedriveLedger(),
  };
  // Where every line arrives at once there is no meanwhile to tell of.
  const emitPartialEveryMs = byTime ? settings.emitPartialEveryMs : 0;
  const pipeline = createPipeline(outside, { ...settings, emitPartialEveryMs, shards: 1, leaseMs: 60_000 });
  return { table, deadLetters, pipeline };
};

type World = ReturnType<typeof replayWorld>;

/** Moves queue time on to `upToMs`, closing each window when it is due: a window looks at its events as of its own time. */
const closeUpTo = async ({ table, pipeline }: World, upToMs: number): Promise<void> => {
  for (;;) {
    const page: readonly DueWindow[] = await table.findDue(duePartition('queue', 0), upToMs, duePage);
    if (page.length === 0) return;
    for (const due of page) {
      const outcome = await pipeline.close(due, due.dueAt);
      if (outcome !== 'closed' && outcome !== 'left')
        throw new Error(`Expected the window of ${due.conversationId} to close, it ${outcome}.`);
    }
  }
};

const admitLines = async (world: World, lines: readonly Line[], watermarkMs: number): Promise<void> => {
  for (let start = 0; start < lines.length; start += batchSize) {
    const batch = lines.slice(start, start + batchSize).map(({ message }) => message);
    const done = await world.pipeline.admit(batch, watermarkMs);
    if (done.length < batch.length)
      throw new Error(`Expected every line of a batch to be admitted, got ${done.length} of ${batch.length}.`);
  }
};

const collect = ({ table, deadLetters }: World): Replayed => ({
  records: table
    .records()
    .map(({ record }) => record)
    .sort((a, b) =>
      a.conversationId < b.conversationId ? -1 : a.conversationId > b.conversationId ? 1 : a.revision - b.revision,
    ),
  rejections: deadLetters
    .letters()
    .map(({ letter: { message, rejection } }) => ({
      line: Number(message.id),
      reason: rejection.reason,
      detail: rejection.detail,
    }))
    .sort((a, b) => a.line - b.line),
});

/**
 * Runs message bodies, one a line, through the production steps in memory: no AWS, no network, time as the lines say. Without
 * `byTime` every line is in before any window closes, so each conversation gets one record, whatever the order of the lines.
 */
export const replayLines = async (text: string, options: ReplayOptions): Promise<Replayed> => {
  const world = replayWorld(options);
  const lines = linesOf(text, options);
  if (!options.byTime) await admitLines(world, lines, 0);
  else {
    for (const line of lines) {
      const watermarkMs = Math.max(0, line.atMs - options.settings.outOfOrdernessMs);
      await closeUpTo(world, watermarkMs);
      await admitLines(world, [line], watermarkMs);
    }
  }
  await closeUpTo(world, Number.MAX_SAFE_INTEGER);
  return collect(world);
};
