import { createSchemaRegistry } from '../../src/core/schema-registry';
import { silentLog } from '../../src/log';
import { virtualClock } from '../../src/memory/clock';
import { memoryDeadLetterQueue } from '../../src/memory/dead-letter-queue';
import { memoryFleet } from '../memory/fleet';
import { memoryQueue } from '../memory/queue';
import { seededRandom } from '../../src/memory/random';
import { memoryRecordTopic } from '../../src/memory/record-topic';
import { memoryStateMachine } from '../../src/memory/state-machine';
import { memoryWindowTable } from '../../src/memory/window-table';
import { createPipeline } from '../../src/pipeline';
import type { ConversationDetails, DetailsAnswer, Metrics, WindowTable } from '../../src/ports';
import { readSchemaFiles } from '../../src/schema-files';
import type { PipelineSettings } from '../../src/steps/outside';
import { runWorker, type WorkerSettings } from '../../src/worker';
import type { CloseMoment } from './traffic';
import { type Chances, faulty, faultyTable, mortalClock, type Surroundings, withLostDeletes } from './faults';

const second = 1_000;

export const settings: PipelineSettings & WorkerSettings = {
  holdMs: 45 * second,
  acwHoldMs: 300 * second,
  idleMs: 1_200 * second,
  holdCapMs: 1_800 * second,
  leaseMs: 60 * second,
  maxAttempts: 8,
  shards: 2,
  retentionMs: 100 * 86_400 * second,
  eventRetentionMs: 100 * 86_400 * second,
  allowedSources: [],
  enrichmentSteps: ['fetch_crm_contact'],
  handoffPolicy: 'final',
  emitPartialEveryMs: 0,
  publishEvents: false,
  notReadyGapMs: 5 * second,
  notReadyMax: 3,
  tickMs: 2 * second,
  closeConcurrency: 4,
  heartbeatMs: 5 * second,
  outOfOrdernessMs: 5 * second,
  visibilityMs: 120 * second,
  longPollMs: 20 * second,
};

interface Watcher {
  onClose: (conversationId: string, moment: CloseMoment) => void;
}

/** The table, with somebody who looks on. */
const watchedTable = (watcher: Watcher) => {
  const table = memoryWindowTable();
  const updateHead: WindowTable['updateHead'] = async (update) => {
    const head = await table.updateHead(update);
    if (head && update.set.state === 'closing') watcher.onClose(head.conversationId, 'claim');
    return head;
  };
  const putRecord: WindowTable['putRecord'] = async (stored, expiresAtMs) => {
    const put = await table.putRecord(stored, expiresAtMs);
    if (put === 'put') watcher.onClose(stored.record.conversationId, 'put');
    return put;
  };
  return { ...table, updateHead, putRecord };
};

const registry = createSchemaRegistry(readSchemaFiles());
const noMetrics: Metrics = { add: () => undefined };

/** Genesys, which lags, refuses for a while, and in the end knows everything. */
const laggingDetails = (random: () => number): ConversationDetails => ({
  fetch: (ids) => {
    const answerOf = (id: string): DetailsAnswer => {
      const draw = random();
      if (draw < 0.2) return { kind: 'absent' };
      if (draw < 0.3) return { kind: 'unavailable', why: 'too.many.requests', retryAfterMs: 20 * second };
      return { kind: 'complete', details: { conversationId: id } };
    };
    return Promise.resolve(new Map(ids.map((id) => [id, answerOf(id)])));
  },
});

/** Everything that outlives a worker, and the means to start, stop and kill workers over it. */
export const simulatedWorld = (seed: number, weather: Chances) => {
  const chances = { ...weather };
  /** The table's own: an outage of it is the one that pauses intake. */
  const ofTable = { ...weather };
  /** Of Step Functions and SNS: an outage of them delays closes and nothing else. */
  const ofDownstream = { ...weather };
  const watcher: Watcher = { onClose: () => undefined };
  const clock = virtualClock();
  const random = seededRandom(seed);
  const queue = memoryQueue({
    clock,
    visibilityMs: settings.visibilityMs,
    longPollMs: settings.longPollMs,
    disorder: { random, duplicates: 0.05 },
  });
  const table = watchedTable(watcher);
  const fleet = memoryFleet();
  const deadLetters = memoryDeadLetterQueue('simulation');
  const stateMachine = memoryStateMachine();
  const topic = memoryRecordTopic();
  const faults = new Map<string, number>();
  const tell = (fault: string): void => void faults.set(fault, (faults.get(fault) ?? 0) + 1);

  const start = () => {
    const soft = new AbortController();
    const hard = new AbortController();
    const death = new AbortController();
    const around: Surroundings = { clock, random, chances, died: death.signal, tell };
    const outside = {
      program: 'simulation',
      clock: mortalClock(clock, death.signal),
      random,
      log: silentLog,
      metrics: noMetrics,
      registry,
      table: faultyTable({ ...around, chances: ofTable }, table),
      deadLetters: faulty(around, { setAside: deadLetters.setAside }),
      details: faulty(around, laggingDetails(random.fraction)),
      stateMachine: faulty({ ...around, chances: ofDownstream }, { start: stateMachine.start }),
      topic: faulty({ ...around, chances: ofDownstream }, { publish: topic.publish }),
    };
    const intake = queue.intake({
      died: death.signal,
      faults: { loseReceive: () => random.fraction() < chances.lost, loseDelete: () => random.fraction() < chances.lost },
    });
    const running = runWorker(
      {
        ...outside,
        fleet: faulty({ ...around, chances: ofTable }, fleet),
        queue: withLostDeletes(around, intake),
        pipeline: createPipeline(outside, settings),
      },
      settings,
      { soft: soft.signal, hard: hard.signal },
    );
    return { running, stop: () => soft.abort(), kill: () => death.abort() };
  };

  return { clock, random, queue, table, deadLetters, stateMachine, topic, faults, start, ofTable, ofDownstream, watcher };
};

export type SimulatedWorld = ReturnType<typeof simulatedWorld>;
