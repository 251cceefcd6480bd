import type { StopSignals } from '../ports';
import type { HeldLetter, LetterQueue } from '../ports-on-call';

/** What became of the letters of one visit. */
export interface Visited {
  /** Removed from the queue: nothing is left to show again. */
  readonly gone?: readonly HeldLetter[];
  /** No more letters need be met. */
  readonly isEnough?: boolean;
}

export interface PassOptions {
  /** For so long others miss a letter at most, whatever happens to this pass. */
  readonly hideSeconds: number;
  /** Soft: meets no more and shows all again; hard: ends at once, and what it holds shows itself. */
  readonly stop?: StopSignals;
  /** Letters that are met at most; not given: all. */
  readonly limit?: number;
  /** Receives under way at once: their visits, too, so one for whoever must go one by one. */
  readonly atOnce?: number;
  readonly onProgress?: (met: number) => void;
}

/** `through`: several receives in a row brought nothing new. `full`: as many are held as a queue lets anybody hold. */
export type PassEnd = 'through' | 'limit' | 'enough' | 'full' | 'stopped';

export interface Passed {
  readonly met: number;
  readonly end: PassEnd;
}

/** SQS hides 120,000 at most, those in all other hands included; past that it answers nobody. */
const mostHeld = 100_000;
/** SQS may miss some of its servers in one receive; hardly in three. */
const emptyInARow = 3;
const showAgainAtOnce = 10;
const showAgainBatch = 10;

const visitsAtOnce = 10;

/** Long enough to meet so many and to look at each: about 200 a second, with room. What SQS allows is twelve hours. */
export const hideSecondsFor = (letters: number): number => Math.min(43_200, 60 + Math.ceil(letters / 200));

/** Letters in hand, without their bodies: a hundred thousand may be. */
const handsFor = (queue: LetterQueue) => {
  const held = new Map<string, HeldLetter>();
  const met = new Set<string>();
  let repeats = 0;
  return {
    held,
    met,
    /** Everything that can still be met has come a second time. */
    isAroundAgain: (): boolean => repeats > met.size,
    /** Those that were not met before. One that shows itself again during a long pass is only held anew. */
    take: (letters: readonly HeldLetter[], room: number): readonly HeldLetter[] => {
      for (const letter of letters) held.set(letter.id, { ...letter, body: '' });
      const fresh = letters.filter(({ id }) => !met.has(id)).slice(0, room);
      repeats = fresh.length > 0 ? 0 : repeats + letters.length;
      for (const { id } of fresh) met.add(id);
      return fresh;
    },
    forget: (gone: readonly HeldLetter[]): void => gone.forEach(({ id }) => void held.delete(id)),
    showAllAgain: async (hard: AbortSignal | undefined): Promise<void> => {
      const letters = [...held.values()];
      let next = 0;
      const show = async (): Promise<void> => {
        while (next < letters.length && hard?.aborted !== true) {
          const batch = letters.slice(next, (next += showAgainBatch));
          // It shows itself when its time is over.
          await queue.showAgain(batch).catch(() => undefined);
        }
      };
      await Promise.all(Array.from({ length: showAgainAtOnce }, show));
    },
  };
};

/**
 * One pass over a queue: each letter that can be had is met once and stays hidden until the end, so that none is met twice; then
 * all that is left of them is shown again, also where a visit rejects or somebody stops the pass. Looking changes nothing but a
 * letter's count of receipts. Rejects with what a receive or a visit rejects with.
 */
export const passOver = async (
  queue: LetterQueue,
  options: PassOptions,
  visit: (letters: readonly HeldLetter[]) => Promise<Visited>,
): Promise<Passed> => {
  const { hideSeconds, stop, limit = Infinity, atOnce = visitsAtOnce, onProgress } = options;
  const hands = handsFor(queue);
  const pass: { end: PassEnd | null; empty: number } = { end: null, empty: 0 };

  const endOf = (): PassEnd | null => {
    if (stop?.soft.aborted === true || stop?.hard.aborted === true) return 'stopped';
    if (hands.met.size >= limit) return 'limit';
    return hands.held.size >= mostHeld ? 'full' : null;
  };

  const meet = async (): Promise<void> => {
    const letters = await queue.receive(hideSeconds);
    const fresh = hands.take(letters, limit - hands.met.size);
    pass.empty = letters.length === 0 ? pass.empty + 1 : 0;
    if (fresh.length > 0) {
      const { gone = [], isEnough = false } = await visit(fresh);
      hands.forget(gone);
      onProgress?.(hands.met.size);
      if (isEnough) pass.end ??= 'enough';
    } else if (pass.empty >= emptyInARow || hands.isAroundAgain()) pass.end ??= endOf() ?? 'through';
  };

  const go = async (): Promise<void> => {
    while ((pass.end ??= endOf()) === null) await meet();
  };

  try {
    const went = await Promise.allSettled(Array.from({ length: atOnce }, () => go().finally(() => (pass.end ??= 'stopped'))));
    for (const one of went) if (one.status === 'rejected') throw one.reason;
  } finally {
    await hands.showAllAgain(stop?.hard);
  }
  return { met: hands.met.size, end: pass.end ?? 'through' };
};
