import { readHistory, redriveAttribute } from '../../src/core/on-call/redrive-history';
import type { RedriveCounts } from '../../src/core/on-call/redrive-counts';
import { fill, redriveWorld } from './redrive-world';

const counts = (changed: Partial<RedriveCounts>): RedriveCounts => ({
  selected: 0,
  moved: 0,
  skipped: 0,
  failed: 0,
  left: 0,
  admitted: 0,
  refused: 0,
  unanswered: 0,
  ...changed,
});

const idsOf = (letters: readonly { readonly id: string }[]): readonly string[] => letters.map(({ id }) => id);

test('all that was selected is moved and admitted, and what was not selected stays as it is', async () => {
  const world = redriveWorld();
  const others = fill(world, 40, 'other');
  const letters = fill(world, 250);
  await world.select(idsOf(letters));
  expect(await world.run()).toEqual({
    state: 'done',
    because: null,
    counts: counts({ selected: 250, moved: 250, admitted: 250 }),
  });
  expect([...world.admitted()].sort()).toEqual(letters.map(({ body }) => body).sort());
  expect(world.queue.lying().map(({ id }) => id).sort()).toEqual([...idsOf(others)].sort()); // prettier-ignore
  expect((await world.queue.count()).hidden).toBe(0);
  expect(await world.jobs.read('job')).toMatchObject({ state: 'done', because: null });
});

test('it climbs: one, ten, a hundred, the rest, and hears of each rung before the next', async () => {
  const world = redriveWorld({ intakeMs: 5_000 });
  const letters = fill(world, 200);
  await world.select(idsOf(letters));
  await world.run();
  const rungs = new Map<number, number>();
  let rung = 0;
  world.sentAtMs().forEach((ms, n, all) => {
    if (n > 0 && ms - all[n - 1]! >= 5_000) rung += 1;
    rungs.set(rung, (rungs.get(rung) ?? 0) + 1);
  });
  expect([...rungs.values()]).toEqual([1, 10, 100, 89]);
});

test('no more are moved in a second than was said', async () => {
  const world = redriveWorld({ intakeMs: 1 });
  const letters = fill(world, 400);
  await world.select(idsOf(letters), { perSecond: 5 });
  await world.run();
  expect(world.clock.monotonicMs()).toBeGreaterThanOrEqual((400 / 5) * 1_000 - 20_000);
  expect(world.clock.monotonicMs()).toBeLessThan((400 / 5) * 1_000 + 20_000);
});

test('the first one that is refused again ends it, and that one is back with its history', async () => {
  const world = redriveWorld({ refuses: () => 'unknown-type' });
  const letters = fill(world, 30);
  await world.select(idsOf(letters));
  expect(await world.run()).toEqual({
    state: 'stopped',
    because: '1 of 1 moved were refused again (unknown-type 1); none may be of the first rung',
    counts: counts({ selected: 30, moved: 1, refused: 1, left: 29 }),
  });
  const back = world.queue.lying().filter(({ attributes }) => attributes[redriveAttribute] !== undefined);
  expect(back.map(({ attributes }) => readHistory(attributes[redriveAttribute]))).toEqual([
    {
      first: expect.stringMatching(/^first-body-\d+$/) as string,
      times: 1,
      job: 'job',
      letter: expect.stringMatching(/^letter-\d+$/) as string,
    },
  ]);
  expect(world.queue.lying()).toHaveLength(30);
});

test('above the share that is allowed it stops by itself, below it goes on to the end', async () => {
  const some = (every: number) => (body: string) => (Number(body.split('-')[1]) % every === 3 ? 'invalid' : null);
  const bad = redriveWorld({ refuses: some(4), isInOrder: true });
  await bad.select(idsOf(fill(bad, 400)), { stopAt: 0.1 });
  const stopped = await bad.run();
  expect(stopped).toMatchObject({ state: 'stopped', because: expect.stringContaining('at most 10 % may be') as string });
  const good = redriveWorld({ refuses: some(20), isInOrder: true });
  await good.select(idsOf(fill(good, 400)), { stopAt: 0.1 });
  expect(await good.run()).toMatchObject({
    state: 'done',
    counts: counts({ selected: 400, moved: 400, admitted: 380, refused: 20 }),
  });
});

test('a hundred bad ones after many good ones stop it, though they are few of all', async () => {
  const world = redriveWorld({ refuses: (body) => (Number(body.split('-')[1]) >= 2_000 ? 'invalid' : null), isInOrder: true });
  await world.select(idsOf(fill(world, 3_000)), { stopAt: 0.2, perSecond: 500 });
  const end = await world.run();
  expect(end).toMatchObject({ state: 'stopped' });
  expect((end as { counts: RedriveCounts }).counts.left).toBeGreaterThan(600);
});

test('where nobody answers it stops after its patience, and is resumed when they do', async () => {
  const world = redriveWorld({ intakeMs: Infinity });
  await world.select(idsOf(fill(world, 30)));
  expect(await world.run({ patienceMs: 60_000 })).toEqual({
    state: 'stopped',
    because: 'nobody has said within 60 s what came of 1 that were moved: is intake paused, does a worker run?',
    counts: counts({ selected: 30, moved: 1, unanswered: 1, left: 29 }),
  });
});

test('a letter that came back refused is not taken again by the same job', async () => {
  const world = redriveWorld({ refuses: (body) => (body === 'body-50' ? 'invalid' : null) });
  const letters = fill(world, 120);
  await world.select(idsOf(letters));
  await world.run();
  expect(world.sentOf('body-50')).toBe(1);
  expect(world.queue.lying().map(({ body }) => body)).toEqual(['body-50']);
});

test('what is gone from the queue is looked for, and then counted as skipped', async () => {
  const world = redriveWorld();
  const letters = fill(world, 20);
  await world.select([...idsOf(letters), 'gone-1', 'gone-2']);
  expect(await world.run()).toMatchObject({
    state: 'done',
    counts: counts({ selected: 22, moved: 20, admitted: 20, skipped: 2 }),
  });
});

test('what the destination does not take has failed, and lies where it lay', async () => {
  const world = redriveWorld({ destination: { refuses: ({ body }) => body === 'body-7' } });
  await world.select(idsOf(fill(world, 20)));
  expect(await world.run()).toMatchObject({
    state: 'done',
    counts: counts({ selected: 20, moved: 19, admitted: 19, failed: 1 }),
  });
  expect(world.queue.lying().map(({ body }) => body)).toEqual(['body-7']);
  expect((await world.queue.count()).hidden).toBe(0);
});

test('who interrupts it finds the batch in hand finished, the rest visible, and can resume', async () => {
  const world = redriveWorld();
  const letters = fill(world, 150);
  await world.select(idsOf(letters));
  const soft = new AbortController();
  const stop = { soft: soft.signal, hard: new AbortController().signal };
  const end = await world.run({ stop, onProgress: ({ moved }) => (moved >= 50 ? soft.abort() : undefined) });
  expect(end).toMatchObject({ state: 'stopped', because: 'interrupted by the one who ran it' });
  expect((await world.queue.count()).hidden).toBe(0);
  expect(await world.run()).toMatchObject({ state: 'done', counts: counts({ selected: 150, moved: 150, admitted: 150 }) });
  expect(letters.map(({ body }) => world.sentOf(body))).toEqual(letters.map(() => 1));
});

test('who cancels it from elsewhere is heard before the next batch', async () => {
  const world = redriveWorld();
  await world.select(idsOf(fill(world, 150)));
  let atCancel = Infinity;
  const end = await world.run({
    onProgress: ({ moved }) => {
      if (moved < 30 || atCancel < Infinity) return;
      atCancel = moved;
      void world.jobs.askToCancel('job');
    },
  });
  expect(end).toMatchObject({ state: 'cancelled', because: 'somebody asked it to end' });
  expect((end as { counts: RedriveCounts }).counts.moved).toBeLessThanOrEqual(atCancel + 10);
  expect((await world.queue.count()).hidden).toBe(0);
});

test('two do not work on it at once', async () => {
  const world = redriveWorld();
  await world.select(idsOf(fill(world, 30)));
  await world.jobs.take('job', 'somebody else', world.clock.nowMs(), world.clock.nowMs() + 3_600_000);
  expect(await world.run()).toBeNull();
  expect(world.destination.sent()).toEqual([]);
});

test('a copy that could not be deleted is deleted when it shows itself, and never sent again', async () => {
  let misses = 3;
  const world = redriveWorld({ queue: { notRemoved: (letters) => (misses-- > 0 ? letters.slice(0, 1) : []) } });
  const letters = fill(world, 60);
  await world.select(idsOf(letters));
  expect(await world.run()).toMatchObject({ state: 'done', counts: counts({ selected: 60, moved: 60, admitted: 60 }) });
  expect(world.queue.lying()).toEqual([]);
  expect(letters.map(({ body }) => world.sentOf(body))).toEqual(letters.map(() => 1));
});
