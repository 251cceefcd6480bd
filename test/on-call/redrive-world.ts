import { redriveAttribute, readHistory } from '../../src/core/on-call/redrive-history';
import type { RedriveJob } from '../../src/core/on-call/redrive-job';
import { virtualClock } from '../../src/memory/clock';
import { seededRandom } from '../../src/memory/random';
import { memoryRedriveLedger } from '../../src/memory/redrive-ledger';
import { memoryWindowTable } from '../../src/memory/window-table';
import { letterMover } from '../../src/on-call/letter-mover';
import { runRedrive, type RunEnd, type RunOptions } from '../../src/on-call/redrive-run';
import { aJob } from '../contract/redrive-jobs.contract';
import {
  memoryLetterDestination,
  memoryLetterQueue,
  type MemoryDestinationOptions,
  type MemoryLetterQueueOptions,
} from '../memory/letter-queue';
import { memoryRedriveJobs } from '../memory/redrive-jobs';

/* A dead-letter queue, an intake, workers that take what comes there, and redrives that are killed. */

export interface WorldOptions {
  readonly seed?: number;
  /** Why the workers refuse a letter; null: they admit it. */
  readonly refuses?: (body: string) => string | null;
  /** How long a letter lies in the intake; Infinity: nobody takes it. */
  readonly intakeMs?: number;
  /** Letters come in the order they were put there, else in any. */
  readonly isInOrder?: boolean;
  readonly queue?: Partial<MemoryLetterQueueOptions>;
  readonly destination?: MemoryDestinationOptions;
  /** Told after every step of every process. */
  readonly afterEach?: () => void;
}

/** The n-th step of a process is its last: not done any more, or done and not heard of. */
export interface Death {
  readonly step: number;
  readonly how: 'before' | 'after';
}

const never = (): Promise<never> => new Promise(() => undefined);

/** Every call of a process, until it dies; from then on nothing of it happens. */
const mortal = (death: Death | null, afterEach: () => void) => {
  let steps = 0;
  const isDead = (): boolean => death !== null && steps >= death.step;
  const call = async (act: () => unknown): Promise<unknown> => {
    if (isDead()) return never();
    steps += 1;
    if (isDead() && death?.how === 'before') return never();
    const answer = await act();
    afterEach();
    return isDead() ? never() : answer;
  };
  const wrap = <T extends object>(port: T): T =>
    new Proxy(port, {
      get: (target, name) => {
        const value: unknown = Reflect.get(target, name);
        const isCall = typeof value === 'function' && name !== 'nowMs' && name !== 'monotonicMs';
        return isCall ? (...args: unknown[]) => call(() => (value as (...all: unknown[]) => unknown)(...args)) : value;
      },
    });
  return { wrap, isDead, steps: () => steps };
};

export interface Lain {
  readonly id: string;
  readonly body: string;
}

export const redriveWorld = (options: WorldOptions = {}) => {
  const { seed = 1, refuses = () => null, intakeMs = 300, afterEach = () => undefined } = options;
  const clock = virtualClock();
  const random = seededRandom(seed);
  const ledger = memoryRedriveLedger();
  const jobs = memoryRedriveJobs(ledger);
  const table = memoryWindowTable();
  const queue = memoryLetterQueue({ clock, ...(options.isInOrder ? {} : { random }), ...options.queue });
  const inIntake = new Map<string, string>();
  const admitted: string[] = [];
  const sentAtMs: number[] = [];
  let running = 0;

  /** As a worker does: its outcome is noted before the message is gone. */
  const work = async (body: string, attributes: Readonly<Record<string, string>>, id: string): Promise<void> => {
    await clock.sleep(intakeMs);
    const history = readHistory(attributes[redriveAttribute]);
    const reason = refuses(body);
    if (reason === null) admitted.push(body);
    else queue.send({ body, attributes: { ...attributes, 'tidemark-reason': reason, 'tidemark-message-id': id } });
    if (history) {
      const { job, letter } = history;
      await ledger.note({ job, letter, outcome: reason === null ? 'admitted' : 'refused', reason }, 0);
    }
    inIntake.delete(id);
  };

  const destination = memoryLetterDestination({
    ...options.destination,
    arrived: ({ body, attributes }, id) => {
      inIntake.set(id, body);
      sentAtMs.push(clock.monotonicMs());
      if (intakeMs < Infinity) void work(body, attributes, id);
    },
  });

  return {
    clock,
    queue,
    destination,
    jobs,
    ledger,
    table,
    admitted: (): readonly string[] => admitted,
    sentAtMs: (): readonly number[] => sentAtMs,
    /** Wherever this body is: lying, on its way, or admitted. */
    whereIs: (body: string) => ({
      lying: queue.lying().filter((letter) => letter.body === body).length,
      onItsWay: [...inIntake.values()].filter((one) => one === body).length,
      admitted: admitted.filter((one) => one === body).length,
    }),
    sentOf: (body: string): number => destination.sent().filter((letter) => letter.body === body).length,
    select: async (ids: readonly string[], changed: Partial<RedriveJob> = {}): Promise<void> => {
      const job = aJob('job', { startedAtMs: clock.nowMs(), queueUrl: queue.url, selected: ids.length, ...changed });
      await jobs.create(job, ids, clock.nowMs() + 1e9);
    },
    /** A process that works on the job until it ends or dies; null where it died, or somebody else kept the job. */
    run: async (how: Partial<RunOptions> & { readonly death?: Death } = {}): Promise<RunEnd | null | 'died'> => {
      const process = mortal(how.death ?? null, afterEach);
      const outside = {
        jobs: process.wrap(jobs),
        clock: process.wrap(clock),
        random: seededRandom(seed + (running += 1)),
        table: process.wrap(table),
        retentionMs: 1e9,
      };
      const stop = { soft: new AbortController().signal, hard: new AbortController().signal };
      const job = (await jobs.read('job'))!;
      const work = { queue: process.wrap(queue), to: process.wrap(destination), stop: how.stop ?? stop };
      let ended: RunEnd | null | 'died' = 'died';
      const over = { isSo: false, failure: null as unknown };
      void runRedrive(outside, job, (book, hiddenUntilMs) => letterMover(outside, { ...work, book, hiddenUntilMs }), {
        patienceMs: 120_000,
        isResumed: running > 1,
        stop,
        ...how,
      })
        .then((end) => (ended = end))
        .catch((error: unknown) => (over.failure = error))
        .finally(() => (over.isSo = true));
      await clock.advanceUntil(() => over.isSo || process.isDead(), 86_400_000);
      if (over.failure !== null) throw over.failure as Error;
      if (!over.isSo && !process.isDead()) throw new Error('Expected it to end within a day.');
      return ended;
    },
  };
};

export type RedriveWorld = ReturnType<typeof redriveWorld>;

export const fill = (world: RedriveWorld, count: number, name = 'body'): readonly Lain[] =>
  Array.from({ length: count }, (_, n) => {
    const body = `${name}-${String(n)}`;
    const attributes = { 'tidemark-reason': 'unknown-type', 'tidemark-message-id': `first-${name}-${String(n)}` };
    return { id: world.queue.send({ body, attributes }), body };
  });
