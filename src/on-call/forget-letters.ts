import type { Stopped } from '../core/on-call/stopped';
import type { StopSignals } from '../ports';
import type { HeldLetter, LetterQueue } from '../ports-on-call';
import { hideSecondsFor, passOver } from './inbox';
import { judgeLetters, type JudgeOutside } from './judge';
import type { OnCallOutside } from './outside';

/** A letter that is not removed, and why. */
export interface LetterLeft {
  readonly queueUrl: string;
  readonly id: string;
  readonly why: string;
}

export interface LettersForgotten {
  /** Of this conversation alone: removed, or of a dry run, to be removed. */
  readonly letters: number;
  readonly notes: number;
  readonly left: readonly LetterLeft[];
  /** Queues that were not looked through to the end. */
  readonly unfinished: readonly string[];
}

export interface LettersWatch {
  readonly stop: StopSignals;
  readonly onQueue: (queue: LetterQueue, letters: number, hideSeconds: number) => void;
}

type LettersOutside = JudgeOutside & Pick<OnCallOutside, 'letterQueues' | 'eraser'>;

const ofOthersToo = 'It holds other conversations, too: edit it, or discard it once they are admitted.';
const asText = 'It names the conversation, but not as one that a worker reads: look at it, and discard it if it must go.';
const unconfirmed = 'The queue did not confirm that it is gone: run it again.';

/** One that names the conversation; `keep`: why it is not removed. */
interface Named {
  readonly letter: HeldLetter;
  readonly bodySha256: string | null;
  readonly keep: string | null;
}

const namedIn = (
  held: readonly HeldLetter[],
  judged: readonly Pick<Stopped, 'conversationIds' | 'bodySha256'>[],
  conversationId: string,
): readonly Named[] =>
  held.flatMap((letter, index) => {
    const { conversationIds = [], bodySha256 = null } = judged[index] ?? {};
    const isOurs = conversationIds.includes(conversationId);
    if (!isOurs && !letter.body.includes(conversationId)) return [];
    return [{ letter, bodySha256, keep: !isOurs ? asText : conversationIds.length > 1 ? ofOthersToo : null }];
  });

const leftIn = ({ url }: LetterQueue, named: readonly Named[]): readonly LetterLeft[] =>
  named.flatMap(({ letter, keep }) => (keep === null ? [] : [{ queueUrl: url, id: letter.id, why: keep }]));

/** The notes first: whoever is killed in between finds the letter again, and with it its notes. */
const remove = async ({ eraser }: LettersOutside, queue: LetterQueue, mine: readonly Named[]) => {
  let notes = 0;
  for (const { bodySha256 } of mine) if (bodySha256 !== null) notes += await eraser.eraseNotes(bodySha256);
  const gone = mine.length === 0 ? [] : await queue.remove(mine.map(({ letter }) => letter));
  const isGone = new Set(gone.map(({ id }) => id));
  const kept = mine.filter(({ letter }) => !isGone.has(letter.id)).map((one) => ({ ...one, keep: unconfirmed }));
  return { notes, gone, kept };
};

interface Wanted {
  readonly conversationId: string;
  readonly execute: boolean;
}

const forgetIn = async (
  outside: LettersOutside,
  queue: LetterQueue,
  { conversationId, execute }: Wanted,
  watch: LettersWatch,
): Promise<LettersForgotten> => {
  const { visible, hidden } = await queue.count();
  const hideSeconds = hideSecondsFor(visible + hidden);
  watch.onQueue(queue, visible + hidden, hideSeconds);
  let [letters, notes] = [0, 0];
  const left: LetterLeft[] = [];
  const { end } = await passOver(queue, { hideSeconds, stop: watch.stop }, async (held) => {
    const named = namedIn(held, await judgeLetters(outside, queue, held), conversationId);
    left.push(...leftIn(queue, named));
    const mine = named.filter(({ keep }) => keep === null);
    if (!execute) {
      letters += mine.length;
      return {};
    }
    const removed = await remove(outside, queue, mine);
    letters += removed.gone.length;
    notes += removed.notes;
    left.push(...leftIn(queue, removed.kept));
    return { gone: removed.gone };
  });
  return { letters, notes, left, unfinished: end === 'through' ? [] : [queue.url] };
};

/** Looks through every queue that is known; where `execute` is not asked for, all is left as it lies. */
export const forgetLetters = async (outside: LettersOutside, wanted: Wanted, watch: LettersWatch): Promise<LettersForgotten> => {
  let sum: LettersForgotten = { letters: 0, notes: 0, left: [], unfinished: [] };
  for (const queue of outside.letterQueues) {
    const { letters, notes, left, unfinished } = await forgetIn(outside, queue, wanted, watch);
    sum = {
      letters: sum.letters + letters,
      notes: sum.notes + notes,
      left: [...sum.left, ...left],
      unfinished: [...sum.unfinished, ...unfinished],
    };
  }
  return sum;
};
