import { demoTimes, lessOften, type WorkerTimes } from '../demo/worker-environment';

/** How fast a run goes: what the AWS that it has gets through. */
export interface Pace {
  readonly times: WorkerTimes & { readonly VISIBILITY_SECONDS: string };
  /** Of one round; the first 37 show one of each kind. */
  readonly conversations: number;
  /** Between two kills, least and most: each holds the watermark for some seconds, and windows must close in between. */
  readonly killGapMs: readonly [number, number];
  /** Between two bursts of conversations. */
  readonly burstGapMs: number;
  /**
   * Messages on the queue with which no further burst is sent. What a dead worker held comes back behind the backlog here; where that
   * takes longer than its ghost counts, windows close without it, and their late revisions tell of the load and not of the kills.
   */
  readonly backlog: number;
  /** For the end of a wave; what is stuck is told after this. */
  readonly patienceMs: number;
}

/** Misfortune is denser here than anywhere: a window that meets it eight times is none that kills its workers. */
const MAX_CLOSE_ATTEMPTS = '50';

/** Production's, and longer than AWS ever stands still: whoever is told to stop meanwhile finishes what it holds. */
const SHUTDOWN_GRACE_SECONDS = '100';

const between = (least: number, most: number, value: number): number => Math.min(most, Math.max(least, Math.round(value)));

const embedded = (minutes: number): Pace => ({
  times: { ...demoTimes, SHUTDOWN_GRACE_SECONDS, MAX_CLOSE_ATTEMPTS, VISIBILITY_SECONDS: '6', LEASE_MS: '5000' },
  conversations: between(40, 200, 100 * minutes),
  killGapMs: [2_000, 4_500],
  burstGapMs: 3_500,
  backlog: 60,
  patienceMs: 300_000,
});

const localstack = (minutes: number): Pace => ({
  times: {
    ...demoTimes,
    SHUTDOWN_GRACE_SECONDS,
    MAX_CLOSE_ATTEMPTS,
    VISIBILITY_SECONDS: '6',
    LEASE_MS: '5000',
    ...lessOften,
    CONSUMERS: '4',
  },
  conversations: between(40, 160, 40 * minutes),
  killGapMs: [3_000, 8_000],
  burstGapMs: 3_500,
  backlog: 60,
  patienceMs: 300_000,
});

export const paceOf = (options: { readonly minutes: number; readonly localstack: boolean }): Pace =>
  options.localstack ? localstack(options.minutes) : embedded(options.minutes);
