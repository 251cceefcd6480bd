import fc from 'fast-check';
import { hideSecondsFor, passOver } from '../../src/on-call/inbox';
import type { HeldLetter, LetterQueue } from '../../src/ports-on-call';
import { virtualClock } from '../../src/memory/clock';
import { seededRandom } from '../../src/memory/random';
import { memoryLetterQueue } from '../memory/letter-queue';

const queueWith = (letters: number, seed = 1) => {
  const clock = virtualClock();
  const queue = memoryLetterQueue({ clock, random: seededRandom(seed) });
  for (let n = 0; n < letters; n++) queue.send({ body: `body ${n}` });
  return { clock, queue };
};

const nothing = (): Promise<object> => Promise.resolve({});
const hideSeconds = 60;

const visible = async (queue: LetterQueue): Promise<number> => (await queue.count()).visible;

describe('a pass over a queue', () => {
  test('meets each letter once, however many are received at once, and shows all again', async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat(70), fc.integer({ min: 1, max: 10 }), fc.nat(), async (letters, atOnce, seed) => {
        const { queue } = queueWith(letters, seed);
        const met: string[] = [];
        const passed = await passOver(queue, { hideSeconds, atOnce }, (some) => {
          met.push(...some.map(({ body }) => body));
          return nothing();
        });
        expect(passed).toEqual({ met: letters, end: 'through' });
        expect(met.sort()).toEqual(Array.from({ length: letters }, (_, n) => `body ${n}`).sort());
        expect(await visible(queue)).toBe(letters);
      }),
      { numRuns: 50 },
    );
  });

  test('a letter that shows itself again while the pass goes on is met once, and the pass ends', async () => {
    const { clock, queue } = queueWith(45);
    let met = 0;
    const passed = await passOver(queue, { hideSeconds: 2, atOnce: 1 }, async (some) => {
      met += some.length;
      await clock.advance(1_500);
      return {};
    });
    expect(passed).toEqual({ met: 45, end: 'through' });
    expect(met).toBe(45);
    expect(await visible(queue)).toBe(45);
  });

  test('what a visit removed is not shown again', async () => {
    const { queue } = queueWith(25);
    await passOver(queue, { hideSeconds }, async (some) => ({ gone: await queue.remove(some.slice(0, 2)) }));
    const left = queue.lying().length;
    expect(left).toBeLessThan(25);
    expect(await visible(queue)).toBe(left);
  });

  test('ends at its limit, having met no more', async () => {
    const { queue } = queueWith(40);
    const met: HeldLetter[] = [];
    const passed = await passOver(queue, { hideSeconds, limit: 13 }, (some) => {
      met.push(...some);
      return nothing();
    });
    expect(passed).toEqual({ met: 13, end: 'limit' });
    expect(met).toHaveLength(13);
    expect(await visible(queue)).toBe(40);
  });

  test('ends when a visit has had enough', async () => {
    const { queue } = queueWith(100);
    const passed = await passOver(queue, { hideSeconds, atOnce: 1 }, () => Promise.resolve({ isEnough: true }));
    expect(passed).toEqual({ met: 10, end: 'enough' });
    expect(await visible(queue)).toBe(100);
  });

  test('shows all again when a visit fails, and says why', async () => {
    const { queue } = queueWith(30);
    const failing = passOver(queue, { hideSeconds }, () => Promise.reject(new Error('no table')));
    await expect(failing).rejects.toThrow('no table');
    expect(await visible(queue)).toBe(30);
  });

  test('shows all again when somebody stops it', async () => {
    const { queue } = queueWith(50);
    const soft = new AbortController();
    const stop = { soft: soft.signal, hard: new AbortController().signal };
    const passed = await passOver(queue, { hideSeconds, stop, atOnce: 1 }, () => {
      soft.abort();
      return nothing();
    });
    expect(passed).toEqual({ met: 10, end: 'stopped' });
    expect(await visible(queue)).toBe(50);
  });

  test('a pass that dies hides nothing for longer than it said', async () => {
    const { clock, queue } = queueWith(50);
    const never = (): Promise<object> => new Promise<never>(() => undefined);
    void passOver(queue, { hideSeconds, atOnce: 2 }, never);
    await Promise.resolve();
    await clock.advance(hideSeconds * 1_000);
    expect(await visible(queue)).toBe(50);
  });

  test('hides for a minute where there is little, and long enough for a hundred thousand', () => {
    expect(hideSecondsFor(0)).toBe(60);
    expect(hideSecondsFor(100_000)).toBe(560);
    expect(hideSecondsFor(1e9)).toBe(43_200);
  });
});
