import type { Move, RedriveOutcome } from '../core/on-call/redrive-job';
import { restartName } from '../core/on-call/restart-name';
import type { ExecutionDetail, Executions } from '../ports-on-call';
import type { Mover } from './mover';
import type { RedriveBook } from './redrive-book';

/*
 * A failed execution is started again under a name that is free: <name>_r1, and when that has failed, too, <name>_r2. One that runs
 * or has succeeded ends the series: it would be done twice.
 */

const mostRestarts = 100;
const readsAtOnce = 10;

const hasFailed = ({ status }: Pick<ExecutionDetail, 'status'>): boolean => ['FAILED', 'TIMED_OUT', 'ABORTED'].includes(status);

/** What a move notes of the execution that it started. */
const startedAs = (name: string): string => `started as ${name}`;
const startedIn = ({ id, why }: Move): string => (why?.startsWith('started as ') ? why.slice('started as '.length) : id);

const outcomeOf = (job: string, letter: string, found: ExecutionDetail): RedriveOutcome | null => {
  if (hasFailed(found)) return { job, letter, outcome: 'refused', reason: found.error ?? found.status };
  return found.status === 'SUCCEEDED' ? { job, letter, outcome: 'admitted', reason: null } : null;
};

/** The next of its series that is free, unless one of them holds it up. */
const restart = async (executions: Executions, { job: { startedAtMs } }: RedriveBook, failed: ExecutionDetail): Promise<Move> => {
  const id = failed.name;
  for (let n = 1; n <= mostRestarts; n += 1) {
    const name = restartName(id, n);
    const before = await executions.describe(name);
    if (before === null) {
      // `already`: somebody was there in this moment, with the same input.
      await executions.start({ name, input: failed.input });
      return { id, did: 'moved', why: startedAs(name) };
    }
    // Started by this job, which did not come to note it.
    if (before.startedAtMs >= startedAtMs && name !== id) return { id, did: 'moved', why: startedAs(name) };
    if (!hasFailed(before)) return { id, did: 'skipped', why: `duplicate: ${name} is ${before.status}` };
  }
  return { id, did: 'failed', why: `it was started again ${mostRestarts} times` };
};

const moveOne = async (executions: Executions, book: RedriveBook, id: string): Promise<Move> => {
  const found = await executions.describe(id);
  if (found === null) return { id, did: 'skipped', why: 'gone: Step Functions does not remember it' };
  return hasFailed(found)
    ? restart(executions, book, found)
    : { id, did: 'skipped', why: `duplicate: it is ${found.status} itself` };
};

export const executionMover = (executions: Executions, book: RedriveBook): Mover => {
  const outcomeOfMove = async (move: Move): Promise<RedriveOutcome | null> => {
    const found = await executions.describe(startedIn(move));
    return found && outcomeOf(book.job.job, move.id, found);
  };

  return {
    to: 'Step Functions, under another name',
    whenSilent: 'do they still run? --patience waits longer',
    climb: async ({ admit, done }) => {
      for (const id of book.left()) {
        if ((await admit(1)) === 0) return 'enough';
        const move = await moveOne(executions, book, id);
        await book.note([move]);
        await done([move]);
      }
      return 'through';
    },
    outcomesOf: async (moves) => {
      const outcomes: (RedriveOutcome | null)[] = [];
      for (let from = 0; from < moves.length; from += readsAtOnce)
        outcomes.push(...(await Promise.all(moves.slice(from, from + readsAtOnce).map(outcomeOfMove))));
      return outcomes.filter((outcome) => outcome !== null);
    },
    hiddenUntilMs: () => 0,
  };
};
