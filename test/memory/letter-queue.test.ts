import { virtualClock } from '../../src/memory/clock';
import { seededRandom } from '../../src/memory/random';
import { letterQueueContract } from '../contract/letter-queue.contract';
import { memoryLetterDestination, memoryLetterQueue } from './letter-queue';

describe.each(['in order', 'in any order'])('%s', (order) => {
  letterQueueContract('memory', () => {
    const clock = virtualClock();
    const queue = memoryLetterQueue({ clock, ...(order === 'in order' ? {} : { random: seededRandom(7) }) });
    const into = {
      name: 'itself',
      send: (letters: readonly { readonly body: string; readonly attributes: Readonly<Record<string, string>> }[]) =>
        Promise.resolve(letters.map((letter) => queue.send(letter))),
    };
    return Promise.resolve({ queue, into, pass: (seconds) => clock.advance(seconds * 1_000) });
  });
});

describe('A queue of letters in memory', () => {
  test('does not remove what it is told not to, and says so', async () => {
    const queue = memoryLetterQueue({ clock: virtualClock(), notRemoved: ([first]) => (first ? [first] : []) });
    for (const body of ['a', 'b', 'c']) queue.send({ body });
    const held = await queue.receive(60);
    expect(await queue.remove(held)).toEqual(held.slice(1));
    expect(queue.lying().map(({ body }) => body)).toEqual(['a']);
  });

  test('a letter can lie there as SQS itself moved it', async () => {
    const queue = memoryLetterQueue({ clock: virtualClock() });
    queue.send({ body: 'a', id: 'm-1', movedFromArn: 'arn:intake', receiveCount: 1_000, attributesLost: true });
    expect(await queue.receive(60)).toMatchObject([{ id: 'm-1', movedFromArn: 'arn:intake', receiveCount: 1_001, attributesLost: true }]); // prettier-ignore
  });
});

test('A destination in memory keeps what was sent, refuses what it is told to, and tells of what arrived', async () => {
  const told: string[] = [];
  const destination = memoryLetterDestination({
    refuses: ({ body }) => body === 'b',
    arrived: ({ body }) => void told.push(body),
  });
  const ids = await destination.send(['a', 'b', 'c'].map((body) => ({ body, attributes: {} })));
  expect(ids).toEqual(['moved-1', null, 'moved-2']);
  expect(destination.sent().map(({ body }) => body)).toEqual(told);
});
