import type { RedriveState } from '../core/on-call/redrive-job';
import type { StopSignals } from '../ports';
import type { OnCallOutside } from './outside';

/** Why a job ends here. `elsewhere`: somebody else works on it, and says how it ends. */
export interface Ending {
  readonly state: RedriveState | 'elsewhere';
  readonly because: string | null;
}

export const stoppedBecause = (because: string): Ending => ({ state: 'stopped', because });

/** For so long others leave a job alone whose worker says nothing. */
export const leaseMs = 30_000;
const renewAfterMs = 10_000;
const askAgainMs = 1_000;

type WatchOutside = Pick<OnCallOutside, 'jobs' | 'clock' | 'random'>;

export interface Watch {
  /** Null while the job may go on. Asked before each batch. */
  readonly mayGoOn: () => Promise<Ending | null>;
  /** So that another may have it at once. */
  readonly letGo: () => Promise<void>;
}

/** Takes the job, as soon as nobody else has it; null where somebody keeps it. */
export const takeJob = async (outside: WatchOutside, job: string, stop: StopSignals): Promise<Watch | null> => {
  const { jobs, clock, random } = outside;
  const token = random.id();
  let takenMs = 0;
  const take = async (): Promise<boolean> => {
    const nowMs = clock.nowMs();
    const isTaken = await jobs.take(job, token, nowMs, nowMs + leaseMs);
    if (isTaken) takenMs = nowMs;
    return isTaken;
  };
  // Whoever died over it has it for a lease still.
  const upToMs = clock.nowMs() + leaseMs + 2 * askAgainMs;
  while (!(await take())) {
    if (clock.nowMs() >= upToMs || stop.soft.aborted) return null;
    await clock.sleep(askAgainMs, stop.soft);
  }
  return {
    mayGoOn: async () => {
      if (stop.soft.aborted) return stoppedBecause('interrupted by the one who ran it');
      const isDue = clock.nowMs() - takenMs >= renewAfterMs;
      if (isDue && !(await take())) return { state: 'elsewhere', because: 'somebody else has taken it over' };
      const found = await jobs.read(job);
      return found?.cancel ? { state: 'cancelled', because: 'somebody asked it to end' } : null;
    },
    letGo: () => jobs.release(job, token),
  };
};
