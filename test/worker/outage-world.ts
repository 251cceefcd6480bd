import { loadWindowConfig } from '../../src/config';
import { createPipeline } from '../../src/pipeline';
import type { Clock, Log, WindowTable } from '../../src/ports';
import { seededRandom } from '../../src/memory/random';
import { runWorker } from '../../src/worker';
import { createDownstreamHealth } from '../../src/worker/downstream-health';
import { createPulse } from '../../src/worker/pulse';
import { createTableHealth } from '../../src/worker/table-health';
import { feedMessage, noon } from '../factories';
import { memoryFleet } from '../memory/fleet';
import { memoryQueue } from '../memory/queue';
import { memoryOutside } from '../outside';
import { createDownstream } from './downstream-services';

const second = 1_000;
export const minute = 60 * second;

const settings = {
  ...loadWindowConfig({}),
  shards: 2,
  leaseMs: minute,
  tickMs: second,
  closeConcurrency: 4,
  heartbeatMs: 5 * second,
  visibilityMs: minute,
  longPollMs: 20 * second,
};

/** What of the table fails, and after how long; `throttled` takes one write in three. */
export interface Outage {
  readonly of: 'everything' | 'writes' | 'heads' | 'throttled' | 'writeEvents';
  readonly failsAfterMs: number;
}

type Calls = Readonly<Record<string, (...args: never[]) => Promise<unknown>>>;

let throttled = 0;

const failing: Readonly<Record<Outage['of'], (call: string) => boolean>> = {
  everything: () => true,
  writes: (call) => ['writeEvents', 'updateHead', 'putRecord', 'beat', 'remove'].includes(call),
  heads: (call) => call === 'updateHead',
  writeEvents: (call) => call === 'writeEvents',
  throttled: (call) => call === 'writeEvents' && (throttled += 1) % 3 !== 0,
};

interface State {
  readonly outage: Outage | null;
  readonly slowMs: number;
}

/** Every method takes a moment, and fails while there is an outage of it. */
const breakable = <P extends object>(port: P, clock: Clock, now: () => State): P =>
  Object.fromEntries(
    Object.entries(port as unknown as Calls).map(([name, call]) => [
      name,
      name === 'readWindow'
        ? call
        : async (...args: never[]) => {
            const { outage, slowMs } = now();
            const fails = outage !== null && failing[outage.of](name);
            await clock.sleep(fails ? outage.failsAfterMs : slowMs);
            if (fails) throw new Error('the table is away');
            return call(...args);
          },
    ]),
  ) as unknown as P;

interface Line {
  readonly level: 'warn' | 'error' | 'info';
  readonly message: string;
}

const recordingLog = (lines: Line[]): Log => {
  const write = (level: Line['level']) => (message: string) => void lines.push({ level, message });
  return { debug: () => undefined, info: write('info'), warn: write('warn'), error: write('error') };
};

/** Workers over one table that can go away, and a queue with a redrive policy. */
export const outageWorld = (maxReceives: number) => {
  const outside = { ...memoryOutside(), random: seededRandom(7) };
  const { clock } = outside;
  let outage: Outage | null = null;
  let slowMs = 10;
  const queue = memoryQueue({ clock, visibilityMs: settings.visibilityMs, longPollMs: settings.longPollMs, maxReceives });
  const fleet = memoryFleet();
  const receives = new Map<string, number>();
  const lines: Line[] = [];
  const downstreamServices = createDownstream(outside);
  let claims = 0;

  const counted: WindowTable = {
    ...outside.table,
    updateHead: (update) => {
      if (update.addAttempt) claims += 1;
      return outside.table.updateHead(update);
    },
  };

  const start = () => {
    const [soft, death] = [new AbortController(), new AbortController()];
    const own: Clock = {
      ...clock,
      sleep: async (ms, signal) => {
        await clock.sleep(ms, signal);
        if (death.signal.aborted) await new Promise(() => undefined);
      },
    };
    const calls = {
      ...outside,
      ...downstreamServices.ports,
      clock: own,
      log: recordingLog(lines),
      table: breakable<WindowTable>(counted, own, () => ({ outage, slowMs })),
      fleet: breakable(fleet, own, () => ({ outage, slowMs })),
    };
    const health = createTableHealth(calls);
    const downstream = createDownstreamHealth(calls);
    const { details, stateMachine, topic } = downstream;
    const pipeline = createPipeline({ ...calls, table: health.table, details, stateMachine, topic }, settings);
    const watcher = {
      taken: (messages: readonly { readonly id: string; readonly receiveCount: number }[]): void =>
        messages.forEach(({ id, receiveCount }) => receives.set(id, receiveCount)),
      removed: () => undefined,
    };
    const intake = queue.intake({ died: death.signal, watcher });
    const hard = new AbortController();
    const ended = { is: false };
    const stop = { soft: soft.signal, hard: hard.signal };
    const pulse = createPulse(own);
    const working = runWorker({ ...calls, queue: intake, health, downstream, pipeline }, settings, stop, pulse);
    void working.then(() => (ended.is = true));
    return { health, pulse, ended, stop: () => soft.abort(), kill: () => death.abort() };
  };

  const isQuiet = (): boolean => {
    const { visible, inFlight } = queue.counts();
    return visible + inFlight === 0 && outside.table.heads().every(({ state }) => state === 'closed');
  };

  /** What became of the messages and of the calls that they tell of. */
  const outcome = () => {
    const records = outside.table.records().map(({ record }) => record);
    return {
      overflowed: queue.overflowed().length,
      finalRecords: records.filter(({ status }) => status === 'final').length,
      lateRevisions: records.filter(({ revision }) => revision > 1).length,
    };
  };

  return {
    ...outside,
    outcome,
    ...downstreamServices,
    claims: () => claims,
    mostReceives: () => Math.max(...receives.values()),
    queue,
    fleet,
    lines,
    start,
    isQuiet,
    setSlowness: (ms: number): void => void (slowMs = ms),
    setOutage: (next: Outage | null): void => void (outage = next),
  };
};

export type OutageWorld = ReturnType<typeof outageWorld>;

const steps = [
  { type: 'customer.start', afterMs: 0, session: 'customer' },
  { type: 'customer.end', afterMs: 4 * second, session: 'customer' },
  { type: 'acd.start', afterMs: 9 * second, session: 'acd' },
  { type: 'acd.end', afterMs: 20 * second, session: 'acd' },
];

interface Deed {
  readonly atMs: number;
  readonly act: (world: OutageWorld) => void;
}

/** Calls that begin one after the other; each looks complete while its last events are still on their way. */
export const punctualTraffic = (forMs: number, everyMs: number): readonly Deed[] =>
  Array.from({ length: Math.floor(forMs / everyMs) }, (_, call) =>
    steps.map(({ type, afterMs, session }) => {
      const atMs = call * everyMs + afterMs;
      const fields = { conversation: `call-${String(call)}`, type, session, participant: session, at: noon + atMs };
      return { atMs, act: (world: OutageWorld) => void world.queue.send(JSON.stringify(feedMessage(fields))) };
    }),
  ).flat();

/** Does what is to be done, each at its time. */
export const playOut = async (world: OutageWorld, deeds: readonly Deed[]): Promise<void> => {
  const { clock } = world;
  const beganMs = clock.nowMs();
  for (const { atMs, act } of [...deeds].sort((a, b) => a.atMs - b.atMs)) {
    await clock.advance(Math.max(0, beganMs + atMs - clock.nowMs()));
    act(world);
  }
};
