import { nobodyWatches } from '../../src/core/drift';
import { nobodyPauses } from '../../src/core/on-call/levers';
import { memoryRedriveLedger } from '../../src/memory/redrive-ledger';
import { describeError } from '../../src/core/describe-error';
import { createPipeline } from '../../src/pipeline';
import { seededRandom } from '../../src/memory/random';
import type { IntakeQueue, Log, LogFields, Metrics } from '../../src/ports';
import { runWorker } from '../../src/worker';
import { createDownstreamHealth } from '../../src/worker/downstream-health';
import { createTableHealth } from '../../src/worker/table-health';
import { faulty, faultyTable, type Line } from './faults';
import type { Service } from './history';
import { createProcess, type Process } from './process';
import type { World } from './world';

/** One worker process over the world. */
export interface SimulatedWorker {
  readonly process: Process;
  /** Asks it to stop; it hears of it when its process runs. */
  readonly stop: () => void;
  /** Null until it has ended by itself. */
  readonly hasEnded: () => boolean;
}

const noMetrics: Metrics = { add: () => undefined };

/** What would be printed. */
const recordingLog = (lines: string[]): Log => {
  const write = (message: string, fields?: LogFields, error?: unknown): void => {
    const story = error === undefined ? '' : JSON.stringify(describeError(error));
    lines.push(`${message} ${fields ? JSON.stringify(fields) : ''} ${story}`);
  };
  return { debug: write, info: write, warn: write, error: write };
};

const createIntake = ({ queue, network, trace }: World, process: Process): IntakeQueue => {
  const { chance, weather, isDown, snags } = network;
  const { worker } = process;
  const tell = (call: string, what: string): true => {
    trace.tell({ kind: 'fault', worker, call, what });
    return true;
  };
  const happens = (share: number, call: string, what: string): boolean => chance.is(share) && tell(call, what);
  return queue.intake({
    batches: 4,
    died: process.died,
    awake: process.awake,
    faults: {
      refuseReceive: () => isDown('queue') && tell('receive', 'met an outage'),
      answerMs: () => {
        const delayMs = snags.takeDelay('receive');
        if (delayMs > 0) tell('receive', 'was long under way');
        return delayMs;
      },
      loseReceive: () => happens(weather.lostReceives, 'receive', 'lost its answer'),
      loseDelete: () => (isDown('queue') && tell('delete', 'met an outage')) || happens(weather.refused, 'delete', 'was refused'),
      loseDeleteAnswer: () => happens(weather.lost, 'delete', 'lost its answer'),
      deleteMs: () => chance.whole(1, weather.slowMs),
    },
    watcher: {
      taken: (messages) => {
        for (const { id, receiveCount } of messages) trace.tell({ kind: 'received', worker, messageId: id, receiveCount });
        trace.reach(worker, 'receive', null);
      },
      removed: ({ id }) => trace.tell({ kind: 'deleted', worker, messageId: id }),
    },
  });
};

const settingsOf = ({ settings }: World['plan']) => ({
  ...settings,
  allowedSources: [],
  enrichmentSteps: ['fetch_crm_contact'],
  closeConcurrency: 4,
});

const createOutside = (world: World, process: Process) => {
  const { network, random, table, fleet, deadLetters, details, stateMachine, topic } = world;
  const { worker, clock } = process;
  const line = (service: Service): Line => ({ network, process, service });
  return {
    program: 'simulation',
    clock,
    random,
    log: recordingLog(world.logLines),
    metrics: noMetrics,
    registry: world.registryNow(),
    table: faultyTable(line('table'), table.seenBy(worker)),
    fleet: faulty(line('table'), fleet),
    deadLetters: faulty(line('deadLetters'), deadLetters.seenBy(worker)),
    details: faulty(line('genesys'), details),
    extras: world.extras.map(({ name, fetch }) => ({ name, ...faulty(line('genesys'), { fetch }) })),
    names: null,
    stateMachine: faulty(line('stateMachine'), stateMachine(worker)),
    topic: faulty(line('topic'), topic(worker)),
    drift: nobodyWatches,
    levers: nobodyPauses,
    redrives: memoryRedriveLedger(),
  };
};

export const startWorker = (world: World, worker: number): SimulatedWorker => {
  const { clock, plan, trace } = world;
  const process = createProcess(worker, clock, plan.weather.clockSkewMs[worker] ?? 0);
  const soft = new AbortController();
  const hard = new AbortController();
  const settings = settingsOf(plan);
  const calls = createOutside(world, process);
  const health = createTableHealth(calls);
  // Chance of its own: what else the program draws stays as it is.
  const downstream = createDownstreamHealth({ ...calls, random: seededRandom(plan.seed + worker) });
  const { details, stateMachine, topic } = downstream;
  const outside = { ...calls, table: health.table, details, stateMachine, topic };
  trace.tell({ kind: 'worker', worker, what: 'starts' });
  let hasEnded = false;
  const queue = createIntake(world, process);
  const pipeline = createPipeline(outside, settings);
  const stop = { soft: soft.signal, hard: hard.signal };
  void runWorker({ ...outside, health, downstream, queue, pipeline }, settings, stop).then(() => {
    hasEnded = true;
    trace.tell({ kind: 'worker', worker, what: 'gone' });
  });
  return {
    process,
    stop: () => {
      trace.tell({ kind: 'worker', worker, what: 'stopping' });
      void process.awake().then(() => soft.abort('deploy'));
    },
    hasEnded: () => hasEnded,
  };
};
