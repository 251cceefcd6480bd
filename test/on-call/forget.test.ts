import type { ConversationEraser, StoredCounts } from '../../src/ports-on-call';
import { forgetWindow, WindowHeldError } from '../../src/on-call/forget';
import { takeClaim } from '../../src/steps/claim';
import { ended, second, setUp, settings, started } from '../pipeline/world';

/* A conversation is forgotten while workers admit to it and close it. */

type World = ReturnType<typeof setUp>;

const eraserOf = ({ memory }: World, onErased: () => Promise<unknown>): ConversationEraser => {
  const contents = (erases: boolean): StoredCounts => {
    let [events, records] = [0, 0];
    memory.expire(Infinity, ({ sk }) => {
      if (sk.startsWith('E#')) events += 1;
      if (sk.startsWith('R#')) records += 1;
      return erases && sk !== 'W';
    });
    return { events, attached: 0, records };
  };
  return {
    count: () => Promise.resolve({ ...contents(false), guard: false }),
    eraseContents: async () => {
      const found = contents(true);
      await onErased();
      return found;
    },
    eraseHead: (_, life) => {
      const head = memory.heads()[0];
      if (head && (head.state !== 'parked' || head.life !== life)) return Promise.resolve(false);
      memory.expire(Infinity, ({ sk }) => sk === 'W');
      return Promise.resolve(true);
    },
    eraseGuard: () => Promise.resolve(false),
    eraseNotes: () => Promise.resolve(0),
  };
};

/** Who forgets moves the clock himself. */
const forget = (world: World, onErased: () => Promise<unknown> = () => Promise.resolve()) =>
  forgetWindow(
    {
      table: world.memory,
      eraser: eraserOf(world, onErased),
      clock: { ...world.clock, sleep: (ms) => world.clock.advance(ms) },
      retentionMs: settings.retentionMs,
    },
    'conversation-1',
  );

const isGone = (world: World): boolean => {
  let items = 0;
  world.memory.expire(Infinity, () => ((items += 1), false));
  return items === 0;
};

const closed = async (): Promise<World> => {
  const world = setUp();
  await world.admit(0, started, ended);
  await world.closeDue(45 * second);
  return world;
};

test('nothing is left of it, and a second time is nothing', async () => {
  const world = await closed();
  expect(await forget(world)).toMatchObject({ events: 2, records: 1, head: true, newLife: false });
  expect(isGone(world)).toBe(true);
  expect(await forget(world)).toMatchObject({ events: 0, records: 0, head: false, newLife: false });
});

test('a close that is under way is waited for; one that died can do nothing more to the head', async () => {
  const world = setUp();
  await world.admit(0, started, ended);
  const [due] = await world.memory.findDue('Q#000', 45 * second, 1);
  const claim = await takeClaim(world.outside, settings, due!);
  const beganMs = world.clock.nowMs();
  await forget(world);
  expect(world.clock.nowMs() - beganMs).toBeGreaterThanOrEqual(settings.leaseMs);
  await expect(claim!.end((head) => ({ conversationId: head.conversationId, expect: { token: head.token ?? '' }, set: { state: 'closed' }, expiresAtMs: 1 }))).rejects.toThrow('claimed by another'); // prettier-ignore
  expect(isGone(world)).toBe(true);
});

test('one that is held again and again is left alone, and whoever asked is told', async () => {
  const world = setUp();
  await world.admit(0, started, ended);
  const [due] = await world.memory.findDue('Q#000', 45 * second, 1);
  const claim = await takeClaim(world.outside, settings, due!);
  const busy = {
    ...world.memory,
    readHeads: async (ids: readonly string[]) => {
      await claim!.hold();
      return world.memory.readHeads(ids);
    },
  };
  await expect(forget({ ...world, memory: busy })).rejects.toThrow(WindowHeldError);
  expect(isGone(world)).toBe(false);
});

test('what is stored while it is parked goes, too', async () => {
  const world = await closed();
  let arrives = 3;
  const done = await forget(world, async () => {
    if (arrives-- > 0) await world.admit(100 * second, ended);
  });
  expect(done).toMatchObject({ events: 5, newLife: false });
  expect(isGone(world)).toBe(true);
});

test('killed halfway it stays parked, is never closed, and a second run comes to the end', async () => {
  const world = await closed();
  await expect(forget(world, () => Promise.reject(new Error('killed')))).rejects.toThrow('killed');
  expect(world.head()).toMatchObject({ state: 'parked', lastError: expect.stringContaining('tidemark forget') as unknown });
  await world.admit(100 * second, started, ended);
  expect(await world.closeDue(10_000 * second)).toEqual([]);
  await forget(world);
  expect(isGone(world)).toBe(true);
});
