import { setTimeout as pause } from 'node:timers/promises';
import type { WorkerMetrics } from '../../demo/worker-metrics';
import { setFlow } from '../backend/control';
import { endlessFlow, noFlow } from '../backend/flow';
import type { Bench } from '../subject';
import { startFleet, stopFleet, untilCounted, watchFleet, type FleetUnderTest, type Span } from './fleet';

/** One poll at once each. Windows close after seconds instead of a minute, so that a round sees as many closed as begun. */
export const underLoad = {
  CONSUMERS: '1',
  HOLD_MS: '2000',
  ACW_HOLD_MS: '2000',
  HOLD_CAP_MS: '4000',
  OUT_OF_ORDERNESS_MS: '1000',
  HEARTBEAT_MS: '1000',
  // Nobody may be held up by Genesys's quota.
  GENESYS_REQUESTS_PER_MINUTE: '100000',
} as const;

export interface LoadedFleet {
  readonly workers: number;
  readonly rttMs: number;
  readonly rounds: readonly Span[];
  readonly metrics: WorkerMetrics;
  /** Executions begun, ever. */
  readonly conversations: number;
}

/** Until what is begun is closed at the same rate: the hold, the bound and some heartbeats have passed, and code has got fast. */
const settleMs = 8_000;
const startPatienceMs = 120_000;
const drainPatienceMs = 30_000;

const beginFlow = async (fleet: FleetUnderTest): Promise<void> => {
  const polls = ({ calls }: { readonly calls: Readonly<Record<string, number>> }): number => calls['ReceiveMessage'] ?? 0;
  await untilCounted(fleet, 'a poll of each worker', (counted) => polls(counted) >= fleet.workers, startPatienceMs);
  await setFlow(fleet.backend.url, endlessFlow);
  await untilCounted(fleet, 'conversations that close', ({ started }) => started > 0, startPatienceMs);
  await pause(settleMs);
};

/** One fleet from its start to its end: others at the same time would have its cores. */
export const measureLoaded = async (bench: Bench, workers: number, rttMs: number): Promise<LoadedFleet> => {
  const { rounds, seconds } = bench.options;
  const fleet = await startFleet(bench, { name: `scale-${workers}-${rttMs}`, workers, rttMs, variables: underLoad });
  await beginFlow(fleet);
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
  await pause(settleMs);
  await untilCounted(fleet, 'an end of what flows', isDrained, drainPatienceMs);
  return { workers, rttMs, rounds: spans, metrics: await stopFleet(fleet), conversations: last };
};
