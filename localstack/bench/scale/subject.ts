import { cpus } from 'node:os';
import type { Bench, Report } from '../subject';
import { measureIdle } from './idle';
import { measureLoaded, type LoadedFleet } from './loaded';
import { idleReport, loadedReport } from './report';

const sizes = [1, 2, 4, 8] as const;
const largest = 1_000;

/** At which a worker waits nearly all of its time: eight of them leave room on two cores. */
const longTrips = 8;
/** Of the machine's: more workers than that cannot do more at the usual round trip. */
const workersPerCore = 2;

const measureSizes = async (bench: Bench, workers: readonly number[], rttMs: number): Promise<readonly LoadedFleet[]> => {
  const fleets: LoadedFleet[] = [];
  for (const size of workers) fleets.push(await measureLoaded(bench, size, rttMs));
  return fleets;
};

/** What more workers add, what they cost each other, and what a fleet asks while it has nothing to do. */
export const measureScale = async (bench: Bench): Promise<readonly Report[]> => {
  const { rttMs } = bench.options;
  const asFits = sizes.filter((size) => size <= workersPerCore * cpus().length);
  const short = await measureSizes(bench, asFits, rttMs);
  const long = await measureSizes(bench, sizes, rttMs * longTrips);
  const idle = await measureIdle(bench, [
    ...sizes.map((workers) => ({ workers, members: workers })),
    { workers: 1, members: largest },
  ]);
  return [loadedReport(short), loadedReport(long), idleReport(idle)];
};
