import type { StopSignals } from '../ports';
import type { HeldLetter, LetterQueue } from '../ports-on-call';
import { hideSecondsFor, passOver } from './inbox';

/** What was done with it, and whether it is gone. */
export interface Used<T> {
  readonly result: T;
  readonly gone: readonly HeldLetter[];
}

export interface LookFor {
  readonly id: string;
  readonly stop: StopSignals;
  /** Before a queue is looked through: for so long others miss a letter at most. */
  readonly onQueue: (queue: LetterQueue, hideSeconds: number) => void;
}

/** Looks for one letter and uses it while it is hidden from all others; null where it is in none of the queues. */
export const withLetter = async <T>(
  queues: readonly LetterQueue[],
  { id, stop, onQueue }: LookFor,
  use: (queue: LetterQueue, letter: HeldLetter) => Promise<Used<T>>,
): Promise<T | null> => {
  for (const queue of queues) {
    const { visible } = await queue.count();
    const hideSeconds = hideSecondsFor(visible);
    onQueue(queue, hideSeconds);
    const found: { used: Used<T> | null } = { used: null };
    await passOver(queue, { hideSeconds, stop }, async (letters) => {
      const letter = letters.find((one) => one.id === id);
      if (!letter) return {};
      found.used = await use(queue, letter);
      return { gone: found.used.gone, isEnough: true };
    });
    if (found.used) return found.used.result;
  }
  return null;
};
