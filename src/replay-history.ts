import { duePartition, keys } from './core/items';
import { nobodyWatches } from './core/drift';
import { withoutLists } from './core/travel';
import { nobodyPauses } from './core/on-call/levers';
import type { ArriveStep, BeginStep, CloseStep, History } from './core/on-call/history-script';
import { rebuildMark } from './core/rebuild';
import { type FieldDifference, findFieldDifferences } from './core/on-call/field-differences';
import type { ConversationRecord } from './core/record';
import type { SchemaRegistry } from './core/schema-registry';
import { virtualClock } from './memory/clock';
import { memoryDeadLetterQueue } from './memory/dead-letter-queue';
import { seededRandom } from './memory/random';
import { memoryRecordTopic } from './memory/record-topic';
import { memoryRedriveLedger } from './memory/redrive-ledger';
import { memoryStateMachine } from './memory/state-machine';
import { memoryWindowTable } from './memory/window-table';
import { createPipeline } from './pipeline';
import type { Log } from './ports';
import { buffer } from './steps/buffer';
import type { PipelineSettings } from './steps/outside';

/** A record of the history that came out otherwise, or not at all. */
export interface RecordDifference {
  readonly life: string;
  readonly revision: number;
  /** Null: no record was made. */
  readonly fields: readonly FieldDifference[] | null;
}

export interface HistoryReplayed {
  /** As they came out, in the order of the history. */
  readonly records: readonly ConversationRecord[];
  readonly differences: readonly RecordDifference[];
}

/** What a close of the history is run with. */
interface Before {
  readonly arrived: readonly ArriveStep[];
  /** The close before it, of the same life. */
  readonly previous: CloseStep | null;
}

interface HistoryOptions {
  readonly registry: SchemaRegistry;
  readonly settings: Omit<PipelineSettings, 'shards' | 'leaseMs'>;
  readonly log: Log;
}

const historyWorld = ({ registry, settings, log }: HistoryOptions) => {
  const table = memoryWindowTable();
  let life = '';
  const outside = {
    program: 'tidemark replay',
    clock: virtualClock(0),
    random: { ...seededRandom(0), life: () => life },
    log,
    metrics: { add: () => undefined },
    registry,
    table,
    deadLetters: memoryDeadLetterQueue('tidemark replay'),
    details: null,
    extras: [],
    names: null,
    stateMachine: memoryStateMachine(),
    topic: memoryRecordTopic(),
    drift: nobodyWatches,
    levers: nobodyPauses,
    redrives: memoryRedriveLedger(),
  };
  return {
    outside,
    table,
    settings: { ...settings, publishEvents: false, shards: 1, leaseMs: 60_000 },
    live: (next: string): unknown => (life = next),
  };
};

type World = ReturnType<typeof historyWorld>;

/** Further off than any time in a history, and still a whole number when others are added to it. */
const never = 2 ** 52;
const queue = duePartition('queue', 0);

/**
 * The settings that lead to what the history says: which of them were in force then, nobody knows. Whether the window closes or is
 * left with an early record, and whether that is handed off, was decided by them and by the time; what the record says was not.
 */
const settingsOf = ({ settings }: World, { record, handedOff }: CloseStep): PipelineSettings => ({
  ...settings,
  handoffPolicy: handedOff ? 'every' : 'first',
  emitPartialEveryMs: record.pane === 'early' ? 1 : 0,
  ...(record.pane === 'early' ? { holdMs: never, acwHoldMs: never, idleMs: never, holdCapMs: never } : {}),
});

const newestMs = (arrived: readonly ArriveStep[]): number =>
  arrived.reduce((newest, { sentAtMs }) => Math.max(newest, sentAtMs), 0);

/** A day behind the newest event no event waits for a newer worker any more. */
const watermarkOf = ({ record }: CloseStep, arrived: readonly ArriveStep[]): number =>
  record.pane === 'early' ? newestMs(arrived) + 86_400_000 : never;

const begin = ({ table, live }: World, { life }: BeginStep): void => {
  table.expire(Infinity, ({ sk }) => sk === 'W');
  live(life);
};

const arrive = async ({ outside, settings }: World, steps: readonly ArriveStep[]): Promise<void> => {
  const fateOf = await buffer(
    outside,
    settings,
  )(steps.map(({ event, sentAtMs, redriven }) => ({ event, sentAtMs, ...(redriven ? { redriven } : {}) })));
  const failed = steps.filter(({ event }) => typeof fateOf(event) === 'object' || fateOf(event) === 'failed');
  if (failed.length > 0) throw new Error(`Expected every event of a history to be buffered, ${failed.length} were not.`);
};

/** A record without news was asked for: by a rebuild, or by what it lacked before. */
const wasRebuilt = ({ record, madeOf }: CloseStep, previous: CloseStep | null): boolean => {
  const known = new Set(previous?.madeOf);
  return record.pane === 'late' && previous?.record.pane !== 'early' && madeOf.every((digest) => known.has(digest));
};

/** Due, as the history says, whatever its time would have been; a head that is not there was made by an event that is not, either. */
const makeDue = async ({ table }: World, step: CloseStep, previous: CloseStep | null, dueAt: number): Promise<void> => {
  const { conversationId, life, revision, pane } = step.record;
  const { heads } = await table.readHeads([conversationId]);
  const finished = revision - 1;
  const rebuild = wasRebuilt(step, previous) ? rebuildMark(step.handedOff ? 'handoff' : 'records', 'replay') : null;
  await table.updateHead({
    conversationId,
    expect: heads.get(conversationId) ? {} : 'missing',
    set: {
      ...{ state: 'open', life, finished, attempts: 0, waits: 0, dueAt, dueOn: queue },
      ...(pane === 'on_time' && finished > 0 ? { onlyEarly: true } : {}),
      ...(rebuild === null ? {} : { rebuild }),
    },
    remove: pane === 'late' ? ['onlyEarly'] : [],
    expiresAtMs: Infinity,
  });
};

const recordIn = ({ table }: World, { life, revision }: ConversationRecord): ConversationRecord | null =>
  table.records().find(({ record }) => record.life === life && record.revision === revision)?.record ?? null;

/** What follows is held against the record as it was: a difference in one is not said again of the next. */
const putAsItWas = async ({ table }: World, { record, madeOf, gone, handedOff }: CloseStep): Promise<void> => {
  const key = keys.record(record.conversationId, record.life, record.revision);
  table.expire(Infinity, ({ sk }) => sk === key.sk);
  const notification = { message: '{}', attributes: {} };
  const execution = handedOff ? { name: key.sk, input: '{}' } : null;
  await table.putRecord({ record, madeOf, ...(gone ? { gone } : {}), outbox: { execution, notification } }, Infinity);
};

/** Of a record that the table kept without its lists, what came out is held against it without them, too. */
const asKept = (made: ConversationRecord, { lifecycleOmitted }: ConversationRecord): ConversationRecord =>
  lifecycleOmitted !== undefined && made.lifecycleOmitted === undefined ? withoutLists(made) : made;

const close = async (world: World, step: CloseStep, { arrived, previous }: Before): Promise<ConversationRecord | null> => {
  const { clock } = world.outside;
  await clock.advance(Math.max(0, (step.atMs ?? 0) - clock.nowMs()));
  const watermarkMs = watermarkOf(step, arrived);
  await makeDue(world, step, previous, watermarkMs);
  const pipeline = createPipeline(world.outside, settingsOf(world, step));
  await pipeline.close({ conversationId: step.record.conversationId, dueAt: watermarkMs, dueOn: queue }, watermarkMs);
  const made = recordIn(world, step.record);
  return made && asKept(made, step.record);
};

const holdAgainst = (step: CloseStep, made: ConversationRecord | null): RecordDifference | null => {
  const { life, revision } = step.record;
  if (made === null) return { life, revision, fields: null };
  if (JSON.stringify(made) === JSON.stringify(step.record)) return null;
  return { life, revision, fields: findFieldDifferences(step.record, made) };
};

/** Takes steps one after the other; answers what came of each close. */
const player = (world: World) => {
  const arrived: ArriveStep[] = [];
  let waiting: ArriveStep[] = [];
  let previous: CloseStep | null = null;
  const letArrive = async (): Promise<void> => {
    await arrive(world, waiting);
    arrived.push(...waiting);
    waiting = [];
  };
  return {
    arrive: (step: ArriveStep): unknown => waiting.push(step),
    begin: async (step: BeginStep): Promise<void> => {
      await letArrive();
      begin(world, step);
      previous = null;
    },
    close: async (step: CloseStep): Promise<Pick<HistoryReplayed, 'records' | 'differences'>> => {
      await letArrive();
      const made = await close(world, step, { arrived, previous });
      const difference = holdAgainst(step, made);
      if (difference) await putAsItWas(world, step);
      previous = step;
      return { records: made ? [made] : [], differences: difference ? [difference] : [] };
    },
  };
};

/** Runs a history through the production steps in memory, and holds each record that comes out against the one in the file. */
export const replayHistory = async ({ steps }: History, options: HistoryOptions): Promise<HistoryReplayed> => {
  const play = player(historyWorld(options));
  const records: ConversationRecord[] = [];
  const differences: RecordDifference[] = [];
  for (const step of steps) {
    if (step.step === 'arrive') play.arrive(step);
    else if (step.step === 'begin') await play.begin(step);
    else {
      const played = await play.close(step);
      records.push(...played.records);
      differences.push(...played.differences);
    }
  }
  return { records, differences };
};
