import { readFile } from 'node:fs/promises';
import { setTimeout as pause } from 'node:timers/promises';
import { readMetrics, type WorkerMetrics } from '../../demo/worker-metrics';
import { countedBy, type Counted } from '../backend/control';
import { startBackend, type Backend } from '../backend/start';
import type { Bench } from '../subject';
import { lookAt, readingBetween, type Look } from '../worker/look';
import { startWorker, type Program } from '../worker/place';
import type { Reading } from '../reading';
import { busyShare, coreTime, type CoreTime } from './cores';

/** Workers that share the work, and a backend of their own. */
export interface FleetUnderTest {
  readonly workers: number;
  readonly backend: Backend;
  readonly programs: readonly Program[];
}

export interface FleetOptions {
  readonly name: string;
  readonly workers: number;
  readonly rttMs: number;
  readonly variables: Readonly<Record<string, string>>;
}

export const startFleet = async (
  { nursery }: Bench,
  { name, workers, rttMs, variables }: FleetOptions,
): Promise<FleetUnderTest> => {
  const backend = await startBackend(nursery, rttMs, `${name}-backend`);
  const start = (place: number): Program =>
    startWorker(nursery, { name: `${name}-${place + 1}`, backendUrl: backend.url, variables });
  return { workers, backend, programs: Array.from({ length: workers }, (_, place) => start(place)) };
};

/** What the workers counted themselves, all they ever did: said at their end. */
export const stopFleet = async ({ programs, backend }: FleetUnderTest): Promise<WorkerMetrics> => {
  await Promise.all(programs.map(({ child }) => child.stop()));
  await backend.child.stop();
  return readMetrics(await Promise.all(programs.map(({ child }) => readFile(child.logFile, 'utf8'))));
};

/** Where nobody asks what they counted: an orderly stop lets its long poll run out. */
export const endFleet = ({ programs, backend }: FleetUnderTest): void => {
  for (const { child } of [...programs, backend]) child.kill();
};

export interface Span {
  readonly reading: Reading;
  readonly before: Counted;
  readonly after: Counted;
  /** How much of the machine was at work, whoever it worked for. */
  readonly coresBusy: number;
}

const deletedOf = ({ deleted }: Counted): number => deleted;

const lookAtAll = async ({ programs, backend }: FleetUnderTest): Promise<{ look: Look; cores: CoreTime }> => ({
  look: await lookAt({ pids: programs.map(({ pid }) => pid), backend }),
  cores: coreTime(),
});

/** What the fleet does in so many seconds. */
export const watchFleet = async (fleet: FleetUnderTest, seconds: number): Promise<Span> => {
  const before = await lookAtAll(fleet);
  await pause(seconds * 1_000);
  const after = await lookAtAll(fleet);
  return {
    reading: readingBetween(before.look, after.look, deletedOf),
    before: before.look.counted,
    after: after.look.counted,
    coresBusy: busyShare(before.cores, after.cores),
  };
};

const lookEveryMs = 200;

/** Throws where it does not come to pass: a fleet that does nothing is no figure. */
export const untilCounted = async (
  { backend, programs }: FleetUnderTest,
  what: string,
  isSo: (counted: Counted) => boolean,
  patienceMs: number,
): Promise<void> => {
  const endsAtMs = performance.now() + patienceMs;
  while (!isSo(await countedBy(backend.url))) {
    const fallen = programs.find(({ child }) => child.exit() !== null);
    if (fallen) throw new Error(`A worker ended by itself (${fallen.child.exit()}); see ${fallen.child.logFile}.`);
    if (performance.now() > endsAtMs) throw new Error(`Expected ${what} within ${patienceMs} ms; it did not come to pass.`);
    await pause(lookEveryMs);
  }
};
