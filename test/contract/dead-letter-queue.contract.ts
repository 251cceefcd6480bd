import { deadLetterStory } from '../../src/core/dead-letter';
import { attributeBytes, limits } from '../../src/core/limits';
import { readHistory, redriveAttribute } from '../../src/core/on-call/redrive-history';
import type { Rejection } from '../../src/core/rejection';
import type { DeadLetter, DeadLetterQueue } from '../../src/ports';
import { noon } from '../factories';

/** Name and version of the program, which the subject is made with. */
export const setAsideBy = 'tidemark 0.0.0-test';

export interface DeadLetterQueueSubject {
  readonly queue: DeadLetterQueue;
  /** What lies in the queue, once it is at least so many. */
  readonly letters: (
    atLeast: number,
  ) => Promise<readonly { readonly body: string; readonly attributes: Readonly<Record<string, string>> }[]>;
}

const letterOf = (body: string, told: Partial<Rejection> = {}): DeadLetter => ({
  message: { id: 'message-1', body, sentAtMs: noon, receiveCount: 3, handle: 'handle' },
  rejection: { reason: 'invalid', detail: 'Expected a number at $.eventTime.', step: 'validate', type: 'acd.start', ...told },
  atMs: noon + 5,
});

/** What every dead-letter queue promises. `make` gives an empty one. */
export const deadLetterQueueContract = (name: string, make: () => Promise<DeadLetterQueueSubject>): void => {
  describe(`${name} keeps the promises of a dead-letter queue`, () => {
    test('a message is set aside byte for byte, its story in nine attributes', async () => {
      const { queue, letters } = await make();
      const letter = letterOf('{"broken": é 🙂\t\r\n ');
      expect(await queue.setAside(letter)).toBe('with-attributes');
      const [lying] = await letters(1);
      expect(lying).toMatchObject({ body: letter.message.body, attributes: deadLetterStory(letter, setAsideBy) });
      expect(Object.keys(lying?.attributes ?? {})).toHaveLength(9);
    });

    test('one that was moved back and is refused again keeps the history of its redrives, in the tenth', async () => {
      const { queue, letters } = await make();
      const history = { first: 'first-1', times: 3, job: 'job-1', letter: 'letter-1' };
      const plain = letterOf('x');
      const letter = { ...plain, message: { ...plain.message, redriven: true, history } } as const;
      expect(await queue.setAside(letter)).toBe('with-attributes');
      const [lying] = await letters(1);
      expect(lying?.attributes).toEqual(deadLetterStory(letter, setAsideBy));
      expect(readHistory(lying?.attributes[redriveAttribute])).toEqual(history);
      expect(Object.keys(lying?.attributes ?? {})).toHaveLength(10);
    });

    test('a story with characters that SQS refuses, or of great length, is still told', async () => {
      const { queue, letters } = await make();
      const letter = letterOf('x', { detail: '\u0000\u001b\ud800\uffff' + 'long '.repeat(1_000), type: '' });
      expect(await queue.setAside(letter)).toBe('with-attributes');
      const [lying] = await letters(1);
      expect(lying?.attributes).toEqual(deadLetterStory(letter, setAsideBy));
      expect(lying?.attributes['tidemark-detail']).toMatch(/^\ufffd{4}long /);
    });

    test('a body that leaves its story no room goes without one, up to 1 MiB; one that just leaves it goes with it', async () => {
      const { queue, letters } = await make();
      const room = limits.messageBytes - attributeBytes(deadLetterStory(letterOf(''), setAsideBy));
      expect(await queue.setAside(letterOf('x'.repeat(room)))).toBe('with-attributes');
      expect(await queue.setAside(letterOf('x'.repeat(limits.messageBytes)))).toBe('without-attributes');
      const lying = await letters(2);
      const sizes = lying.map(({ body, attributes }) => [body.length, Object.keys(attributes).length]);
      expect(sizes.sort(([a = 0], [b = 0]) => a - b)).toEqual([
        [room, 9],
        [limits.messageBytes, 0],
      ]);
    });
  });
};
