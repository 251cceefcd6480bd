import { setTimeout as pause } from 'node:timers/promises';
import type { WorkerMetrics } from '../../demo/worker-metrics';
import { setFlow } from '../backend/control';
import { endlessFlow, noFlow } from '../backend/flow';
import type { Bench } from '../subject';
import { startFleet, stopFleet, untilCounted, watchFleet, type FleetUnderTest, type Span } from './fleet';

/** The hold of one worker at the usual round trip. */
const holdOfOneMs = 2_000;
const usualRttMs = 15;

/**
 * In proportion to how long a conversation lasts: the traffic is one pattern, played as fast as the fleet takes it. So each fleet looks at
 * a window, and closes it, as often as any other.
 */
const holdMsOf = (workers: number, rttMs: number): number =>
  Math.round((holdOfOneMs * Math.max(1, rttMs / usualRttMs)) / workers);

/** One poll at once each, and windows that close after seconds instead of a minute: a round sees as many closed as begun. */
const variablesOf = (holdMs: number): Readonly<Record<string, string>> => ({
  CONSUMERS: '1',
  // A stop lets a poll run out.
  WAIT_TIME_SECONDS: '2',
  HOLD_MS: String(holdMs),
  ACW_HOLD_MS: String(holdMs),
  HOLD_CAP_MS: String(10 * holdMs),
  OUT_OF_ORDERNESS_MS: '500',
  HEARTBEAT_MS: '1000',
  // Nobody may be held up by Genesys's quota, nor wait for long to share it.
  GENESYS_REQUESTS_PER_MINUTE: '100000',
  GENESYS_GATHER_MS: '100',
});

export interface LoadedFleet {
  readonly workers: number;
  readonly rttMs: number;
  readonly rounds: readonly Span[];
  readonly metrics: WorkerMetrics;
  /** Executions begun, ever. */
  readonly conversations: number;
}

/** Until what is begun is closed at the same rate: the hold, the bound and some heartbeats have passed, and code has got fast. */
const settleMsOf = (holdMs: number): number => 6_000 + 2 * holdMs;
const startPatienceMs = 120_000;
const drainPatienceMs = 30_000;

const beginFlow = async (fleet: FleetUnderTest, holdMs: number): Promise<void> => {
  const polls = ({ calls }: { readonly calls: Readonly<Record<string, number>> }): number => calls['ReceiveMessage'] ?? 0;
  await untilCounted(fleet, 'a poll of each worker', (counted) => polls(counted) >= fleet.workers, startPatienceMs);
  await setFlow(fleet.backend.url, endlessFlow);
  await untilCounted(fleet, 'conversations that close', ({ started }) => started > 0, startPatienceMs);
  await pause(settleMsOf(holdMs));
};

/** One fleet from its start to its end: others at the same time would have its cores. */
export const measureLoaded = async (bench: Bench, workers: number, rttMs: number): Promise<LoadedFleet> => {
  const { rounds, seconds } = bench.options;
  const holdMs = holdMsOf(workers, rttMs);
  const fleet = await startFleet(bench, { name: `scale-${workers}-${rttMs}`, workers, rttMs, variables: variablesOf(holdMs) });
  await beginFlow(fleet, holdMs);
  const spans: Span[] = [];
  for (let round = 1; round <= rounds; round++) {
    bench.say(`round ${round} of ${rounds}: ${workers} workers, round trip ${rttMs} ms`);
    spans.push(await watchFleet(fleet, seconds));
  }
  await setFlow(fleet.backend.url, noFlow);
  let last = -1;
  const isDrained = ({ started }: { readonly started: number }): boolean => {
    const stands = started === last;
    last = started;
    return stands;
  };
  await pause(holdMs);
  await untilCounted(fleet, 'an end of what flows', isDrained, drainPatienceMs);
  return { workers, rttMs, rounds: spans, metrics: await stopFleet(fleet), conversations: last };
};
