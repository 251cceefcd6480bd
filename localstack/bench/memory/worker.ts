import { Writable } from 'node:stream';
import { loadConfig } from '../../../src/config';
import { nobodyPauses } from '../../../src/core/on-call/levers';
import type { SchemaRegistry } from '../../../src/core/schema-registry';
import { gatheredDetails } from '../../../src/genesys/gather';
import { createLog } from '../../../src/log';
import { memoryRedriveLedger } from '../../../src/memory/redrive-ledger';
import { type VirtualClock, virtualClock } from '../../../src/memory/clock';
import { createMetrics } from '../../../src/metrics';
import { createPipeline } from '../../../src/pipeline';
import { systemRandom } from '../../../src/random';
import { runWorker } from '../../../src/worker';
import { createDownstreamHealth } from '../../../src/worker/downstream-health';
import { keepDrift } from '../../../src/worker/drift-keeper';
import { keepLateness } from '../../../src/worker/lateness-keeper';
import { createTableHealth } from '../../../src/worker/table-health';
import { environmentOf } from '../worker/place';
import { type LoadedQueue, loadedQueue } from './queue';
import {
  countingStateMachine,
  deafDeadLetters,
  deafTopic,
  type ForgetfulTable,
  forgetfulTable,
  knownDetails,
  lonelyFleet,
} from './world';

/** The worker as `tidemark worker` puts it together, on a clock that moves when told, with nobody around it who remembers. */
export interface RunningWorker {
  readonly clock: VirtualClock;
  readonly queue: LoadedQueue;
  readonly table: ForgetfulTable;
  readonly started: () => number;
  readonly stop: () => Promise<void>;
}

const flushMs = 10_000;
const forgets = (): Promise<void> => Promise.resolve();

/** As far from the outside as it can be: its lines are made, and go nowhere. */
const nowhere = (): Writable => new Writable({ write: (_chunk, _encoding, done) => done() });

const makeOutside = (registry: SchemaRegistry, retentionMs: number) => {
  const clock = virtualClock();
  const log = createLog({ level: 'info', stream: nowhere() });
  const flushed = createMetrics({ namespace: 'bench', clock, write: () => undefined });
  const lateness = keepLateness(
    { clock, log, metrics: flushed, store: { add: forgets, read: () => Promise.resolve([]) } },
    retentionMs,
  );
  const drift = keepDrift({ clock, log, store: { add: forgets, list: () => Promise.resolve([]) } }, retentionMs);
  const outside = {
    ...{ program: 'bench', clock, log, registry, drift, random: systemRandom, metrics: lateness.metrics },
    ...{ table: forgetfulTable(), fleet: lonelyFleet(), deadLetters: deafDeadLetters, topic: deafTopic },
    ...{ stateMachine: countingStateMachine(), extras: [], names: null },
    details: gatheredDetails(knownDetails, clock, { gatherMs: 250, batchSize: 100 }),
    ...{ levers: nobodyPauses, redrives: memoryRedriveLedger() },
  };
  return { outside, flushed, keepers: [lateness, drift] };
};

/** `times`: variables that are other than production's. */
export const startWorkerInMemory = (registry: SchemaRegistry, times: Readonly<Record<string, string>>): RunningWorker => {
  const config = loadConfig({ ...environmentOf('http://127.0.0.1:1'), ...times });
  const { outside: calls, flushed, keepers } = makeOutside(registry, config.retentionMs);
  const { clock, table } = calls;
  const health = createTableHealth(calls);
  const downstream = createDownstreamHealth(calls);
  const { details, stateMachine, topic } = downstream;
  const outside = { ...calls, table: health.table, details, stateMachine, topic };
  const settings = { ...config, longPollMs: config.waitTimeMs };
  const queue = loadedQueue(clock, config.consumers);
  const [soft, over] = [new AbortController(), new AbortController()];
  const flushing = async (): Promise<void> => {
    while (!over.signal.aborted) {
      await clock.sleep(flushMs, over.signal);
      flushed.flush();
    }
  };
  const besides = [flushing(), ...keepers.map(({ run }) => run(over.signal))];
  const pipeline = createPipeline(outside, settings);
  const stop = { soft: soft.signal, hard: new AbortController().signal };
  const running = runWorker({ ...outside, health, downstream, queue, pipeline }, settings, stop);
  return {
    ...{ clock, queue, table, started: calls.stateMachine.started },
    stop: async () => {
      soft.abort('stop');
      const ended = running.then(() => over.abort('stop'));
      await clock.advanceUntil(() => over.signal.aborted, 600_000);
      await Promise.all([ended, ...besides]);
    },
  };
};
