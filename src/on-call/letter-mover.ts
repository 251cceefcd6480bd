import { createHash } from 'node:crypto';
import type { Move } from '../core/on-call/redrive-job';
import { stamp, type Stamped } from '../core/on-call/redrive-stamp';
import type { HeldLetter, LetterDestination, LetterQueue, OutgoingLetter } from '../ports-on-call';
import type { StopSignals } from '../ports';
import { hideSecondsFor, passOver, type Visited } from './inbox';
import type { Mover, Rung } from './mover';
import type { OnCallOutside } from './outside';
import { type RedriveBook, untracked } from './redrive-book';

/*
 * send ──► note ──► remove
 *
 * Killed after the send, the letter is in both places and will be sent again, unless its worker has said by then that it came.
 * Killed after the note, it is only removed. It is never in neither.
 */

type LetterOutside = Pick<OnCallOutside, 'clock' | 'jobs' | 'table' | 'retentionMs'>;

export interface LetterWork {
  readonly book: RedriveBook;
  readonly queue: LetterQueue;
  readonly to: LetterDestination;
  readonly stop: StopSignals;
  /** Somebody died over this job, and hides until then what is hidden. */
  readonly hiddenUntilMs: number;
}

interface Going {
  readonly letter: HeldLetter;
  readonly stamped: Exclude<Stamped, { readonly cannot: string }>;
}

const resendAfterMs = 1_000;
/** Receives side by side: one goes at about a hundred letters a second. */
const lettersInOneStream = 100;
const mostStreams = 10;

const failed = ({ id }: HeldLetter, why: string): Move => ({ id, did: 'failed', why });
const moved = ({ id }: HeldLetter, why: string | null = null): Move => ({ id, did: 'moved', why });

/** Only the workers keep accounts of what they are given. */
const isAnswered = ({ place }: LetterQueue): boolean => place === 'worker' || place === 'eventbridge';

/** The story that finds no room any more is kept where that of a letter without attributes lies. */
const keepStory = async ({ table, clock, retentionMs }: LetterOutside, { letter, stamped }: Going): Promise<void> => {
  if (Object.keys(stamped.gaveWay).length === 0) return;
  const atMs = clock.nowMs();
  const bodySha256 = createHash('sha256').update(letter.body).digest('hex');
  await table.putFailureNote({ bodySha256, atMs, attributes: stamped.gaveWay }, atMs + retentionMs);
};

/** What was not taken, once more: a queue that is asked for too much refuses some. */
const sendAll = async ({ clock }: LetterOutside, { to, stop }: LetterWork, going: readonly Going[]) => {
  const outgoing = going.map(({ letter, stamped }): OutgoingLetter => ({ body: letter.body, attributes: stamped.attributes }));
  const first = await to.send(outgoing);
  const missed = outgoing.filter((_, at) => (first[at] ?? null) === null);
  if (missed.length === 0) return first;
  await clock.sleep(resendAfterMs, stop.hard);
  const second = await to.send(missed);
  let next = 0;
  return first.map((id) => id ?? second[next++] ?? null);
};

const sendBatch = async (outside: LetterOutside, work: LetterWork, letters: readonly HeldLetter[]): Promise<readonly Move[]> => {
  const { book } = work;
  // Its move was not noted, and yet its worker has had it.
  const there = letters.filter(({ id }) => book.outcomeOf(id) !== null);
  const stamped = letters
    .filter((letter) => !there.includes(letter))
    .map((letter) => ({ letter, stamped: stamp(letter, book.job.job) }));
  const cannot = stamped.flatMap(({ letter, stamped: how }) => ('cannot' in how ? [failed(letter, how.cannot)] : []));
  const going = stamped.flatMap(({ letter, stamped: how }) => ('cannot' in how ? [] : [{ letter, stamped: how }]));
  for (const one of going) await keepStory(outside, one);
  const ids = going.length === 0 ? [] : await sendAll(outside, work, going);
  const sent = going.map(({ letter, stamped: { isTracked } }, at) =>
    (ids[at] ?? null) === null ? failed(letter, `${work.to.name} did not take it`) : moved(letter, isTracked ? null : untracked),
  );
  return [...there.map((letter) => moved(letter)), ...cannot, ...sent];
};

/** Deletes what has its copy elsewhere, and knows until when one that it could not delete is hidden. */
const removerOf = ({ clock }: LetterOutside, { queue, hiddenUntilMs }: LetterWork, hideSeconds: number) => {
  const hideMs = hideSeconds * 1_000;
  let untilMs = hiddenUntilMs === 0 ? 0 : hiddenUntilMs + hideMs;
  return {
    hiddenUntilMs: () => untilMs,
    /** Those that are gone. One that is not shows itself again, and is then only removed. */
    remove: async (letters: readonly HeldLetter[]): Promise<readonly HeldLetter[]> => {
      if (letters.length === 0) return [];
      const gone = await queue.remove(letters).catch(() => []);
      if (gone.length < letters.length) untilMs = Math.max(untilMs, clock.nowMs() + hideMs);
      return gone;
    },
  };
};

export const letterMover = async (outside: LetterOutside, work: LetterWork): Promise<Mover> => {
  const { book, queue, to, stop } = work;
  const { visible, hidden } = await queue.count();
  const hideSeconds = hideSecondsFor(visible + hidden);
  const { hiddenUntilMs, remove } = removerOf(outside, work, hideSeconds);

  const moveSome = async (letters: readonly HeldLetter[], rung: Rung): Promise<readonly HeldLetter[]> => {
    const moves = await sendBatch(outside, work, letters);
    await book.note(moves);
    const gone = await remove(letters.filter(({ id }) => book.wasMoved(id)));
    await rung.done(moves);
    return gone;
  };

  const visit = async (letters: readonly HeldLetter[], rung: Rung): Promise<Visited> => {
    const gone = [...(await remove(letters.filter(({ id }) => book.wasMoved(id))))];
    let wanted = letters.filter(({ id }) => book.isLeft(id));
    while (wanted.length > 0) {
      const count = await rung.admit(wanted.length);
      if (count === 0) return { gone, isEnough: true };
      gone.push(...(await moveSome(wanted.slice(0, count), rung)));
      wanted = wanted.slice(count);
    }
    return { gone };
  };

  return {
    to: to.name,
    whenSilent: isAnswered(queue) ? 'is intake paused, does a worker run?' : null,
    climb: async (rung) => {
      const atOnce = Math.min(mostStreams, Math.ceil(book.job.perSecond / lettersInOneStream));
      const { end } = await passOver(queue, { hideSeconds, stop, atOnce }, (letters) => visit(letters, rung));
      return end === 'through' ? 'through' : 'enough';
    },
    outcomesOf: (moves) => outside.jobs.outcomesOf(book.job.job, idsOf(moves)),
    hiddenUntilMs,
  };
};

const idsOf = (moves: readonly Move[]): readonly string[] => moves.map(({ id }) => id);
