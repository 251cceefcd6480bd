import { lookAtLetters } from '../../src/on-call/look';
import { virtualClock } from '../../src/memory/clock';
import { memoryLetterQueue } from '../memory/letter-queue';

const queueOf = (count: number) => {
  const clock = virtualClock();
  const queue = memoryLetterQueue({ clock });
  for (let at = 0; at < count; at++) queue.send({ body: `letter ${String(at)}` });
  return { clock, queue };
};

describe('A look at letters', () => {
  test('meets each once, and leaves them where others can see them at once', async () => {
    const { queue } = queueOf(23);
    const seen = await lookAtLetters(queue, { atMost: 100, hideSeconds: 60 });
    expect(seen.map(({ body }) => body)).toEqual(queue.lying().map(({ body }) => body));
    expect(await queue.count()).toEqual({ visible: 23, hidden: 0 });
  });

  test('answers no more than were asked for, and shows again all that came with them', async () => {
    const { queue } = queueOf(15);
    expect(await lookAtLetters(queue, { atMost: 12, hideSeconds: 60 })).toHaveLength(12);
    expect(await queue.count()).toEqual({ visible: 15, hidden: 0 });
  });

  test('that fails on its way shows again what it has seen', async () => {
    const { queue } = queueOf(15);
    let calls = 0;
    const failing = {
      ...queue,
      receive: (hideSeconds: number) =>
        (calls += 1) === 2 ? Promise.reject(new Error('the network is gone')) : queue.receive(hideSeconds),
    };
    await expect(lookAtLetters(failing, { atMost: 100, hideSeconds: 60 })).rejects.toThrow('the network is gone');
    expect(await queue.count()).toEqual({ visible: 15, hidden: 0 });
  });

  test('counts a letter once that shows itself again meanwhile, and comes to its end', async () => {
    const { clock, queue } = queueOf(3);
    let calls = 0;
    const slow = {
      ...queue,
      receive: async (hideSeconds: number) => {
        if ((calls += 1) === 2) await clock.advance(61_000);
        return queue.receive(hideSeconds);
      },
    };
    expect(await lookAtLetters(slow, { atMost: 100, hideSeconds: 60 })).toHaveLength(3);
  });
});
