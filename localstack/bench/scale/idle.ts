import { setTimeout as pause } from 'node:timers/promises';
import type { Bench } from '../subject';
import { defaults } from './arithmetic';
import { endFleet, startFleet, untilCounted, watchFleet, type FleetUnderTest, type Span } from './fleet';
import { beatAsPhantoms } from './phantoms';

export interface IdleFleet {
  /** Who are looked at. */
  readonly workers: number;
  /** Them, and those of whom there is nothing but a heartbeat. */
  readonly members: number;
  readonly span: Span;
}

interface Asked {
  readonly workers: number;
  readonly members: number;
}

/** Rounds of the slowest thing that an idle worker does: a look at others' shards, a heartbeat. */
const watchedSeconds = 20;
/** Whoever has just started knows only some of the others, and owns more than its share. */
const settleMs = 15_000;
const startPatienceMs = 120_000;

const watchIdle = async (fleet: FleetUnderTest, { workers, members }: Asked): Promise<IdleFleet> => {
  const over = new AbortController();
  const beating = beatAsPhantoms(fleet.backend.url, members - workers, defaults.heartbeatMs, over.signal);
  const hasBegun = ({ calls }: { readonly calls: Readonly<Record<string, number>> }): boolean =>
    (calls['ReceiveMessage'] ?? 0) >= workers;
  await untilCounted(fleet, 'a poll of each worker', hasBegun, startPatienceMs);
  await pause(settleMs);
  const span = await watchFleet(fleet, watchedSeconds);
  over.abort();
  await beating;
  endFleet(fleet);
  return { workers, members, span };
};

/** Production's settings, and nothing to do. All at the same time: what is asked goes by the clock, not by who has a core. */
export const measureIdle = async (bench: Bench, asked: readonly Asked[]): Promise<readonly IdleFleet[]> => {
  const fleets = await Promise.all(
    asked.map(({ workers, members }) =>
      startFleet(bench, { name: `idle-${workers}-of-${members}`, workers, rttMs: bench.options.rttMs, variables: {} }),
    ),
  );
  bench.say(`idle fleets: ${asked.map(({ members }) => members).join(', ')} workers`);
  return Promise.all(fleets.map((fleet, place) => watchIdle(fleet, asked[place]!)));
};
