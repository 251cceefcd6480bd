import type { RedriveCounts } from '../core/on-call/redrive-counts';
import type { RedriveJob } from '../core/on-call/redrive-job';
import { rungs } from '../core/on-call/redrive-ladder';
import type { StopSignals } from '../ports';
import type { Mover } from './mover';
import type { OnCallOutside } from './outside';
import { listenTo } from './redrive-answers';
import { openBook, type RedriveBook } from './redrive-book';
import { paceOf } from './redrive-pace';
import { type Ending, stoppedBecause, takeJob, type Watch } from './redrive-watch';

/** What a run is told beside its job. */
export interface RunOptions {
  readonly stop: StopSignals;
  /** How long nobody may answer before it stops. */
  readonly patienceMs: number;
  /** It was begun before, by us or by somebody else. */
  readonly isResumed: boolean;
  readonly onProgress?: (counts: RedriveCounts) => void;
  /** So many of the selection were not met, and may only be hidden: they are waited for. */
  readonly onSearch?: (left: number, untilMs: number) => void;
}

export interface RunEnd extends Ending {
  readonly counts: RedriveCounts;
}

/** Makes the mover of the job's place. `diedHoldingMs`: until when somebody who died over the job would have held it; 0: nobody did. */
export type MakeMover = (book: RedriveBook, diedHoldingMs: number) => Promise<Mover>;

type RunOutside = Pick<OnCallOutside, 'jobs' | 'clock' | 'random' | 'retentionMs'>;

interface Run {
  readonly outside: RunOutside;
  readonly options: RunOptions;
  readonly book: RedriveBook;
  readonly mover: Mover;
  readonly watch: Watch;
  readonly answers: ReturnType<typeof listenTo>;
  readonly report: (isLast?: boolean) => void;
}

const batchSize = 10;
const progressEveryMs = 500;
const lookEveryMoved = 100;
/** What is hidden by others shows itself a moment after its time. */
const slackMs = 2_000;
const waitStepMs = 1_000;

/** Waits, and hears meanwhile whether it may. */
const waitUntil = async ({ outside: { clock }, watch, options: { stop } }: Run, untilMs: number): Promise<Ending | null> => {
  while (clock.nowMs() < untilMs) {
    const ending = await watch.mayGoOn();
    if (ending) return ending;
    await clock.sleep(Math.min(waitStepMs, untilMs - clock.nowMs()), stop.soft);
  }
  return watch.mayGoOn();
};

/** Moves at most so many; answers why the job must end, if it must, and whether there is nothing more to be met. */
const climb = async (run: Run, size: number): Promise<{ readonly ending: Ending | null; readonly isThrough: boolean }> => {
  const { book, mover, watch, answers, report } = run;
  const pace = paceOf(run.outside.clock, book.job.perSecond, run.options.stop.soft);
  const rung = { room: size, ending: null as Ending | null, sinceLook: 0 };
  const end = await mover.climb({
    admit: async (count) => {
      rung.ending ??= await watch.mayGoOn();
      const admitted = rung.ending ? 0 : Math.min(count, batchSize, rung.room);
      rung.room -= admitted;
      await pace(admitted);
      if (!run.options.stop.soft.aborted) return admitted;
      rung.room += admitted;
      return 0;
    },
    done: async (moves) => {
      const moved = moves.filter(({ did }) => did === 'moved').length;
      rung.room += moves.length - moved;
      rung.sinceLook += moved;
      answers.expect(moves);
      report();
      if (size !== Infinity || rung.sinceLook < lookEveryMoved) return;
      rung.sinceLook = 0;
      rung.ending ??= await answers.look();
    },
  });
  return { ending: rung.ending ?? (await watch.mayGoOn()), isThrough: end === 'through' };
};

/** What could not be found, though it was looked for until whatever hid it was over. */
const giveUpTheRest = async ({ book }: Run): Promise<void> => {
  await book.note(book.left().map((id) => ({ id, did: 'skipped', why: goneWhy })));
};

const goneWhy = 'gone: somebody else moved or removed it, or it expired';

/** One rung: as many as it holds, then what became of them. */
const climbRung = async (run: Run, size: number, searchUntilMs: number): Promise<Ending | null> => {
  const { book, outside, answers } = run;
  let room = size;
  while (room > 0 && book.left().length > 0) {
    const before = book.counts();
    const { ending, isThrough } = await climb(run, room);
    if (ending) return ending;
    const after = book.counts();
    room -= after.moved - before.moved;
    const isFound = after.left < before.left;
    if (isFound) continue;
    if (!isThrough) return stoppedBecause('too many others lie in the queue to reach what is left of the selection');
    if (outside.clock.nowMs() >= searchUntilMs) await giveUpTheRest(run);
    else {
      run.options.onSearch?.(book.left().length, searchUntilMs);
      const waiting = await waitUntil(run, searchUntilMs);
      if (waiting) return waiting;
    }
  }
  return answers.await((untilMs) => waitUntil(run, untilMs));
};

/** What was moved and is still in its old place as well is deleted there, once it shows itself. */
const sweep = async (run: Run): Promise<Ending | null> => {
  const untilMs = run.mover.hiddenUntilMs();
  if (untilMs === 0) return null;
  const ending = await waitUntil(run, untilMs + slackMs);
  if (ending) return ending;
  await run.mover.climb({ admit: () => Promise.resolve(0), done: () => Promise.resolve() });
  return null;
};

const climbAll = async (run: Run, searchUntilMs: number): Promise<Ending> => {
  for (const size of rungs) {
    if (run.book.left().length === 0) break;
    const ending = await climbRung(run, size, searchUntilMs);
    if (ending) return ending;
  }
  const swept = await sweep(run);
  return swept ?? (await run.answers.await((untilMs) => waitUntil(run, untilMs))) ?? { state: 'done', because: null };
};

const reporter = (clock: RunOutside['clock'], book: RedriveBook, { onProgress }: RunOptions): Run['report'] => {
  let lastMs = -Infinity;
  return (isLast = false) => {
    if (!isLast && clock.monotonicMs() - lastMs < progressEveryMs) return;
    lastMs = clock.monotonicMs();
    onProgress?.(book.counts());
  };
};

/** Says how it ended, and lets go; where letters may still be hidden, the lease is left to run out, and tells whoever resumes. */
const conclude = async ({ outside: { jobs }, mover, book, watch }: Run, { state, because }: Ending): Promise<void> => {
  if (state === 'elsewhere') return;
  await jobs.setState(book.job.job, state, because);
  if (state === 'done' || mover.hiddenUntilMs() === 0) await watch.letGo();
};

/**
 * Works on a job until it is done or must stop. Whatever happens on the way, also what makes it reject: all that was selected is in
 * its old place, or its new one, or both, and `resume` goes on from there. Null where somebody else keeps the job.
 */
export const runRedrive = async (
  outside: RunOutside,
  job: RedriveJob,
  makeMover: MakeMover,
  options: RunOptions,
): Promise<RunEnd | null> => {
  const { jobs, clock } = outside;
  const watch = await takeJob(outside, job.job, options.stop);
  if (!watch) return null;
  if (options.isResumed) await jobs.setState(job.job, 'running', null);
  const book = await openBook(outside, job);
  const mover = await makeMover(book, job.heldUntilMs ?? 0);
  const answers = listenTo({ clock, book, mover, patienceMs: options.patienceMs });
  const report = reporter(clock, book, options);
  const run: Run = { outside, options, book, mover, watch, answers, report };
  try {
    const ending = await climbAll(run, Math.max(clock.nowMs() + lookedAtMs, mover.hiddenUntilMs()) + slackMs);
    await conclude(run, ending);
    return { ...ending, counts: book.counts() };
  } catch (error) {
    const name = error instanceof Error ? error.name : 'no error';
    if (!options.stop.hard.aborted) await conclude(run, stoppedBecause(`it failed (${name})`)).catch(() => undefined);
    throw error;
  } finally {
    report(true);
  }
};

/** For so long a look of somebody else may hide what is looked for here. */
const lookedAtMs = 120_000;
