import { minute, type Outage, outageWorld, type OutageWorld, playOut, punctualTraffic } from './outage-world';

const everyMs = 15_000;
const traffic = punctualTraffic(45 * minute, everyMs);
const calls = (45 * minute) / everyMs;
const unharmed = { overflowed: 0, finalRecords: calls, lateRevisions: 0 };

/** Begins as the last events of a call arrive that looks complete without them. */
const halfAnHour = (outage: Outage) => [
  { atMs: 5 * minute + 8_990, act: (world: OutageWorld) => world.setOutage(outage) },
  { atMs: 35 * minute, act: (world: OutageWorld) => world.setOutage(null) },
];

const linesOf = ({ lines }: OutageWorld, level: string): number => lines.filter((line) => line.level === level).length;

test.each<Outage & { readonly atMost: number }>([
  { of: 'everything', failsAfterMs: 100, atMost: 3 },
  { of: 'everything', failsAfterMs: 33_000, atMost: 3 },
  { of: 'writes', failsAfterMs: 100, atMost: 3 },
  { of: 'heads', failsAfterMs: 100, atMost: 4 },
])(
  'an outage of half an hour costs a message at most $atMost receives, closes nothing early and is soon made up for: $of, $failsAfterMs ms',
  async ({ atMost, ...outage }) => {
    const world = outageWorld(5);
    world.start();
    world.start();
    await playOut(world, [...traffic, ...halfAnHour(outage)]);
    expect(await world.clock.advanceUntil(world.isQuiet, 3 * minute)).toBe(true);
    expect(world.outcome()).toEqual(unharmed);
    expect(world.mostReceives()).toBeLessThanOrEqual(atMost);
    expect(linesOf(world, 'error')).toBeLessThan(50);
    expect(linesOf(world, 'warn')).toBeLessThan(100);
  },
);

test('it is said once that receiving pauses, now and then that it still does, and once that it goes on', async () => {
  const world = outageWorld(5);
  world.start();
  await playOut(world, [...traffic, ...halfAnHour({ of: 'everything', failsAfterMs: 100 })]);
  const said = (message: string) => world.lines.filter((line) => line.message === message).length;
  expect(said('The table does not answer: receiving pauses.')).toBe(1);
  expect(said('The table still does not answer.')).toBe(5);
  expect(said('The table answers again: receiving goes on.')).toBe(1);
  expect(world.lines.some(({ message }) => message.startsWith('A heartbeat failed'))).toBe(true);
  expect(linesOf(world, 'error')).toBeLessThan(10);
});

test('workers that die, are deployed and start during an outage change nothing of that', async () => {
  const world = outageWorld(5);
  const [first, second] = [world.start(), world.start()];
  await playOut(world, [
    ...traffic,
    ...halfAnHour({ of: 'everything', failsAfterMs: 100 }),
    { atMs: 5 * minute + 20_000, act: () => first.kill() },
    { atMs: 10 * minute, act: () => second.stop() },
    { atMs: 10 * minute + 1_000, act: () => expect(second.ended.is).toBe(true) },
    { atMs: 11 * minute, act: () => void world.start() },
    { atMs: 12 * minute, act: () => void world.start() },
  ]);
  expect(await world.clock.advanceUntil(world.isQuiet, 5 * minute)).toBe(true);
  expect(world.outcome()).toEqual(unharmed);
  expect(world.mostReceives()).toBeLessThanOrEqual(3);
});

test('what was handed back before an outage holds the watermark after it, until it had time to come again', async () => {
  const world = outageWorld(5);
  world.start();
  await playOut(world, [
    ...traffic,
    ...halfAnHour({ of: 'everything', failsAfterMs: 100 }),
    // So slow that what waited takes a minute to drain; what was handed back stands behind it all.
    { atMs: 35 * minute - 1, act: () => world.setSlowness(1_000) },
  ]);
  expect(await world.clock.advanceUntil(world.isQuiet, 60 * minute)).toBe(true);
  expect(world.outcome()).toEqual(unharmed);
});

test('a table that takes one write in three is used for what it takes, and no pause is made of it', async () => {
  const world = outageWorld(5);
  world.start();
  world.start();
  await playOut(world, [...traffic, ...halfAnHour({ of: 'throttled', failsAfterMs: 100 })]);
  expect(await world.clock.advanceUntil(world.isQuiet, 3 * minute)).toBe(true);
  expect(world.outcome()).toEqual(unharmed);
  expect(world.lines.filter(({ message }) => message.includes('receiving')).map(({ message }) => message)).toEqual([]);
});

test('a table that is away while nothing comes is noticed, and what comes meanwhile is received once', async () => {
  const world = outageWorld(5);
  const worker = world.start();
  await world.clock.advance(minute);
  world.setOutage({ of: 'everything', failsAfterMs: 100 });
  await world.clock.advance(minute);
  expect(worker.health.isAway()).toBe(true);
  world.queue.send('{}');
  await world.clock.advance(30 * minute);
  expect(world.queue.counts()).toEqual({ visible: 1, inFlight: 0 });
  world.setOutage(null);
  expect(await world.clock.advanceUntil(world.isQuiet, minute)).toBe(true);
  expect(world.mostReceives()).toBe(1);
});
