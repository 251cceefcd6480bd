import type { Head } from '../core/items';
import type { Move, RedriveOutcome } from '../core/on-call/redrive-job';
import type { Mover } from './mover';
import type { OnCallOutside } from './outside';
import type { RedriveBook } from './redrive-book';

type WindowOutside = Pick<OnCallOutside, 'windows'>;

const readsAtOnce = 25;
const longestReason = 120;

/** A close that fails, and is tried again by the workers, has failed often enough for a person who waits. */
const isFailingAgain = ({ state, attempts, token, lastError }: Head): boolean =>
  state === 'closing' && token === undefined && attempts >= 2 && lastError !== undefined;

/** As it was when it was opened: nobody has looked at it. */
const isUntouched = ({ state, dueAt, attempts }: Head): boolean => state === 'open' && dueAt === 0 && attempts === 0;

/** Null while a worker may still close it. */
const outcomeOf = (job: string, head: Head): RedriveOutcome | null => {
  const refused: RedriveOutcome = {
    job,
    letter: head.conversationId,
    outcome: 'refused',
    reason: head.lastError?.slice(0, longestReason) ?? 'parked again',
  };
  if (head.state === 'parked' || isFailingAgain(head)) return refused;
  if (head.state === 'closing' || isUntouched(head)) return null;
  return { ...refused, outcome: 'admitted', reason: null };
};

/** A parked window is opened; a worker closes it, or parks it again. */
export const windowMover = ({ windows }: WindowOutside, book: RedriveBook): Mover => {
  const reopen = async (id: string): Promise<Move> =>
    (await windows.reopen(id)) === 'reopened'
      ? { id, did: 'moved', why: null }
      : { id, did: 'skipped', why: 'gone: it was not parked any more' };

  const outcomesOf = async (moves: readonly Move[]): Promise<readonly RedriveOutcome[]> => {
    const heads: (Head | null)[] = [];
    for (let from = 0; from < moves.length; from += readsAtOnce)
      heads.push(...(await Promise.all(moves.slice(from, from + readsAtOnce).map(({ id }) => windows.read(id)))));
    return heads.flatMap((head) => (head && outcomeOf(book.job.job, head)) ?? []);
  };

  return {
    to: 'the workers',
    whenSilent: 'is closing paused, does a worker run, does Genesys answer?',
    climb: async ({ admit, done }) => {
      for (const id of book.left()) {
        if ((await admit(1)) === 0) return 'enough';
        const move = await reopen(id);
        await book.note([move]);
        await done([move]);
      }
      return 'through';
    },
    outcomesOf,
    hiddenUntilMs: () => 0,
  };
};
