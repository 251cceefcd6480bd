import { countRedrive, type RedriveCounts } from '../core/on-call/redrive-counts';
import type { Move, RedriveJob, RedriveOutcome } from '../core/on-call/redrive-job';
import type { OnCallOutside } from './outside';

/** What is said of one that left without its history: nobody will say what came of it. */
export const untracked = 'moved without its history, for which it is too large: what comes of it is not known';

/** A job's accounts: the table's, and as this process knows them. */
export interface RedriveBook {
  readonly job: RedriveJob;
  readonly left: () => readonly string[];
  readonly isLeft: (id: string) => boolean;
  readonly wasMoved: (id: string) => boolean;
  readonly outcomeOf: (id: string) => RedriveOutcome | null;
  /** In the table first. */
  readonly note: (moves: readonly Move[]) => Promise<void>;
  /** Answers those that are news. */
  readonly learn: (outcomes: readonly RedriveOutcome[]) => readonly RedriveOutcome[];
  /** Moved, and somebody can still say what came of it. */
  readonly unanswered: () => readonly Move[];
  readonly counts: () => RedriveCounts;
}

type BookOutside = Pick<OnCallOutside, 'jobs' | 'clock' | 'retentionMs'>;

export const openBook = async ({ jobs, clock, retentionMs }: BookOutside, job: RedriveJob): Promise<RedriveBook> => {
  const [selection, noted, known] = await Promise.all([
    jobs.selectionOf(job.job),
    jobs.movesOf(job.job),
    jobs.outcomesOf(job.job),
  ]);
  const moves = new Map(noted.map((move) => [move.id, move]));
  const left = new Set(selection.filter((id) => !moves.has(id)));
  const outcomes = new Map(known.map((outcome) => [outcome.letter, outcome]));
  const canAnswer = ({ id, did, why }: Move): boolean => did === 'moved' && why !== untracked && !outcomes.has(id);
  const unanswered = new Map(noted.filter(canAnswer).map((move) => [move.id, move]));
  const enter = (move: Move): void => {
    left.delete(move.id);
    moves.set(move.id, move);
    if (canAnswer(move)) unanswered.set(move.id, move);
  };
  return {
    job,
    left: () => [...left],
    isLeft: (id) => left.has(id),
    wasMoved: (id) => moves.get(id)?.did === 'moved',
    outcomeOf: (id) => outcomes.get(id) ?? null,
    note: async (some) => {
      await jobs.noteMoves(job.job, some, clock.nowMs() + retentionMs);
      some.forEach(enter);
    },
    learn: (some) => {
      const news = some.filter(({ letter }) => !outcomes.has(letter));
      for (const outcome of news) {
        outcomes.set(outcome.letter, outcome);
        unanswered.delete(outcome.letter);
      }
      return news;
    },
    unanswered: () => [...unanswered.values()],
    counts: () => countRedrive(selection.length, moves, outcomes),
  };
};
