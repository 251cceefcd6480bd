import type { Move, RedriveOutcome } from '../core/on-call/redrive-job';
import { noTally, type Tally, tooManyRefused } from '../core/on-call/redrive-ladder';
import type { Clock } from '../ports';
import type { Mover } from './mover';
import type { RedriveBook } from './redrive-book';
import { type Ending, stoppedBecause } from './redrive-watch';

export interface Listening {
  readonly clock: Clock;
  readonly book: RedriveBook;
  readonly mover: Mover;
  readonly patienceMs: number;
}

/** So many answers are judged by themselves, so that a thousand good ones do not outweigh a hundred bad ones. */
const judgedTogether = 100;
const askAgainMs = 1_000;

const withAnswer = (tally: Tally, { outcome, reason }: RedriveOutcome): Tally => {
  if (outcome === 'admitted') return { ...tally, admitted: tally.admitted + 1 };
  const named = reason ?? 'no reason given';
  return { ...tally, refused: tally.refused + 1, reasons: { ...tally.reasons, [named]: (tally.reasons[named] ?? 0) + 1 } };
};

/** What this run has moved, and what came of it: a hundred answers together, and all. What earlier runs moved they have judged. */
const judgeOf = (stopAt: number) => {
  const own = new Set<string>();
  let all: Tally = noTally;
  let recent: Tally = noTally;
  return {
    expect: (moves: readonly Move[]): void => {
      for (const { id, did } of moves) if (did === 'moved') own.add(id);
    },
    hear: (news: readonly RedriveOutcome[]): void => {
      for (const outcome of news) {
        if (!own.has(outcome.letter)) continue;
        all = withAnswer(all, outcome);
        recent = withAnswer(recent, outcome);
      }
    },
    verdict: (): Ending | null => {
      const answered = recent.admitted + recent.refused;
      const isChunk = answered >= judgedTogether;
      const ofRecent = isChunk ? tooManyRefused({ ...recent, moved: answered }, stopAt) : null;
      if (isChunk) recent = noTally;
      const because = tooManyRefused({ ...all, moved: own.size }, stopAt) ?? ofRecent;
      return because === null ? null : stoppedBecause(because);
    },
  };
};

/** Hears what became of what was moved. */
export const listenTo = ({ clock, book, mover, patienceMs }: Listening) => {
  const judge = judgeOf(book.job.stopAt);
  let newsMs = clock.nowMs();

  const listen = async (): Promise<void> => {
    const asked = book.unanswered();
    const news = asked.length === 0 ? [] : book.learn(await mover.outcomesOf(asked));
    if (news.length > 0 || asked.length === 0) newsMs = clock.nowMs();
    judge.hear(news);
  };

  const silence = (): Ending | null => {
    const count = book.unanswered().length;
    if (count === 0 || clock.nowMs() - newsMs < patienceMs) return null;
    const seconds = Math.round(patienceMs / 1_000);
    return stoppedBecause(`nobody has said within ${seconds} s what came of ${count} that were moved: ${mover.whenSilent ?? ''}`);
  };

  /** Why it must not go on, as far as is known now. */
  const look = async (): Promise<Ending | null> => {
    if (mover.whenSilent === null) return null;
    await listen();
    return judge.verdict() ?? silence();
  };

  return {
    expect: judge.expect,
    look,
    /** The same when all have answered, or the patience is over. */
    await: async (waitUntil: (untilMs: number) => Promise<Ending | null>): Promise<Ending | null> => {
      newsMs = clock.nowMs();
      for (;;) {
        const ending = await look();
        if (ending !== null || mover.whenSilent === null || book.unanswered().length === 0) return ending;
        const waiting = await waitUntil(clock.nowMs() + askAgainMs);
        if (waiting) return waiting;
      }
    },
  };
};
