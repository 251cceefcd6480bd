import type { Clock, WindowTable } from '../../src/ports';
import type { Chance } from './chance';
import type { Delays } from './delays';
import type { Service } from './history';
import type { Process } from './process';
import type { Snags } from './snags';
import { drawArrival, straggle } from './stragglers';
import type { Trace } from './trace';
import type { Weather } from './weather';

/** A call that was not answered: it may or may not have been carried out. */
export class LostAnswerError extends Error {
  override readonly name = 'LostAnswerError';
}

/** What lies between a worker and the services. */
export interface Network {
  readonly clock: Clock;
  readonly chance: Chance;
  readonly weather: Weather;
  readonly leaseMs: number;
  readonly trace: Trace;
  readonly isDown: (service: Service) => boolean;
  /** Calls that will land although their callers have given up. */
  readonly late: Set<symbol>;
  readonly delays: Delays;
  readonly snags: Snags;
}

export interface Line {
  readonly network: Network;
  readonly process: Process;
  readonly service: Service;
}

const drawPause = ({ network }: Line): number => {
  const { chance, weather, leaseMs } = network;
  return Math.ceil(chance.is(weather.stalled) ? leaseMs * (1 + chance.fraction()) : 1 + chance.fraction() * weather.slowMs);
};

/** Out of a dead process half of what was on its way still arrives. */
const isCutOff = ({ process, network }: Line): boolean => process.died.aborted && network.chance.is(0.5);

/** The fate of a call before it arrives: null if it does. */
const failOnTheWay = ({ network, service }: Line, isWrite: boolean): 'met an outage' | 'was refused' | 'landed late' | null => {
  const { chance, weather } = network;
  // Genesys's adapter rejects nothing: it answers that there is no answer.
  if (service !== 'genesys' && network.isDown(service)) return 'met an outage';
  if (chance.is(weather.refused)) return 'was refused';
  return isWrite && chance.is(weather.landsLate) ? 'landed late' : null;
};

const fail = ({ network, process }: Line, call: string, what: string): LostAnswerError => {
  network.trace.tell({ kind: 'fault', worker: process.worker, call, what });
  return new LostAnswerError(`${call} ${what}`);
};

/** Reads land in nobody's data, however late. */
const reads: ReadonlySet<string> = new Set(['readHeads', 'findDue', 'readWindow', 'latestRecord', 'members', 'fetch', 'read']);

/** Where the first try was slow and the second overtook it, the first arrives as well. */
const copied: ReadonlySet<string> = new Set(['writeEvents', 'updateHead', 'putRecord']);

/** Every call of a port takes its time, and now and then is refused, or carried out without an answer. */
const faultyCall = <A extends readonly unknown[], R>(line: Line, name: string, call: (...args: A) => Promise<R>) => {
  const { network, process } = line;
  const { clock, chance, weather, trace, delays } = network;
  return async (...args: A): Promise<R> => {
    if (process.standstill()) await process.awake();
    await clock.sleep(drawPause(line));
    if (isCutOff(line)) await process.awake();
    const isWrite = !reads.has(name);
    const planned = isWrite ? delays.meet(name, args) : null;
    if (planned?.fate === 'slow') await delays.isOver(planned);
    const failure = planned?.fate === 'given up' ? 'landed late' : failOnTheWay(line, isWrite);
    const arrival = (): Promise<void> => (planned ? delays.isOver(planned) : drawArrival(network, args));
    if (failure === 'landed late') straggle(network, arrival(), () => call(...args));
    if (failure !== null) {
      if (process.standstill()) await process.awake();
      throw fail(line, name, failure);
    }
    const answer = await call(...args);
    if (planned?.fate === 'copied' || (copied.has(name) && chance.is(weather.landsLate))) {
      trace.tell({ kind: 'fault', worker: process.worker, call: name, what: 'landed again' });
      straggle(network, arrival(), () => call(...args));
    }
    // Most answers come at once: a virtual moment costs real time, too.
    if (chance.is(0.3)) await clock.sleep(drawPause(line));
    if (process.standstill()) await process.awake();
    if (chance.is(weather.lost)) throw fail(line, name, 'lost its answer');
    return answer;
  };
};

type Calls = Readonly<Record<string, (...args: never[]) => Promise<unknown>>>;

/** A port of promises, every method made faulty. */
export const faulty = <P extends object>(line: Line, port: P): P =>
  Object.fromEntries(
    Object.entries(port as unknown as Calls).map(([name, call]) => [name, faultyCall(line, name, call as never)]),
  ) as unknown as P;

/** The table: batches that come back half done as well, and pages that take their time. */
export const faultyTable = (line: Line, table: WindowTable): WindowTable => {
  const { network, process } = line;
  const { chance, weather, trace, snags, clock } = network;
  const { readWindow, ...calls } = table;
  const some = <T>(items: readonly T[], call: string, isHot: (item: T) => boolean = () => false): ReadonlySet<T> => {
    const unlucky = chance.is(weather.partial) ? items.filter(() => chance.is(0.5)) : [];
    const left = [...unlucky, ...items.filter(isHot)];
    if (left.length > 0) trace.tell({ kind: 'fault', worker: process.worker, call, what: 'left some unprocessed' });
    return new Set(left);
  };
  const partial: Omit<WindowTable, 'readWindow'> = {
    ...calls,
    writeEvents: async (batch, expiresAtMs) => {
      const delayMs = snags.takeDelay('write');
      if (delayMs > 0) {
        trace.tell({ kind: 'fault', worker: process.worker, call: 'writeEvents', what: 'was long under way' });
        await clock.sleep(delayMs);
      }
      const throttled = snags.throttledOf(batch);
      const left = some(batch, 'writeEvents', (one) => throttled.has(one));
      const taken = batch.filter((one) => !left.has(one));
      const refused = taken.length > 0 ? await calls.writeEvents(taken, expiresAtMs) : [];
      return [...left, ...refused];
    },
    readHeads: async (ids) => {
      const left = some(ids, 'readHeads');
      const { heads, unprocessed } = await calls.readHeads(ids.filter((id) => !left.has(id)));
      return { heads, unprocessed: [...left, ...unprocessed] };
    },
  };
  const openPage = faultyCall(line, 'readWindow', () => Promise.resolve());
  return {
    ...faulty(line, partial),
    readWindow: async function* (conversationId, life, finished) {
      await openPage();
      for await (const page of readWindow(conversationId, life, finished)) {
        yield page;
        if (chance.is(0.5)) await openPage();
      }
    },
  };
};
