import { deadLetterStory, storyFits } from '../core/dead-letter';
import type { DeadLetter, DeadLetterQueue } from '../ports';
import { answer } from './answer';

/** What lies in the queue, and the letter it was made of. */
export interface LetterSetAside {
  readonly body: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly letter: DeadLetter;
}

export interface MemoryDeadLetterQueue extends DeadLetterQueue {
  readonly letters: () => readonly LetterSetAside[];
}

export const memoryDeadLetterQueue = (by: string): MemoryDeadLetterQueue => {
  const letters: LetterSetAside[] = [];
  return {
    setAside: (letter) =>
      answer(() => {
        const { body } = letter.message;
        const story = deadLetterStory(letter, by);
        const fits = storyFits(body, story);
        letters.push({ body, attributes: fits ? story : {}, letter });
        return fits ? 'with-attributes' : 'without-attributes';
      }),
    letters: () => letters,
  };
};
