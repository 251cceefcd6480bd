import { deadLetterStory, storyFits } from '../core/dead-letter';
import type { DeadLetter, DeadLetterQueue } from '../ports';
import { answer } from './answer';

/** A dead letter as it lies in the queue, beside what was set aside. */
export interface LyingLetter {
  readonly body: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly letter: DeadLetter;
}

export interface MemoryDeadLetterQueue extends DeadLetterQueue {
  readonly letters: () => readonly LyingLetter[];
}

export const memoryDeadLetterQueue = (by: string): MemoryDeadLetterQueue => {
  const letters: LyingLetter[] = [];
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
