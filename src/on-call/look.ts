import type { HeldLetter, LetterQueue } from '../ports-on-call';

/** At most so many letters, each once, as they lie there. */
export interface Look {
  readonly atMost: number;
  /** Long enough for the whole look: what shows itself meanwhile is met again, and counted once. */
  readonly hideSeconds: number;
}

/**
 * Hidden while it looks, so that it meets each once; a letter counts one receipt more. They can be seen by others again when this
 * resolves or rejects; after a look that dies, when the hiding is over.
 */
export const lookAtLetters = async (queue: LetterQueue, { atMost, hideSeconds }: Look): Promise<readonly HeldLetter[]> => {
  const held: HeldLetter[] = [];
  const seen = new Map<string, HeldLetter>();
  try {
    while (seen.size < atMost) {
      const letters = await queue.receive(hideSeconds);
      if (letters.length === 0) break;
      held.push(...letters);
      for (const letter of letters) seen.set(letter.id, letter);
    }
  } finally {
    await queue.showAgain(held);
  }
  return [...seen.values()].slice(0, atMost);
};
