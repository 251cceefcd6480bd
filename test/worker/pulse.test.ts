import { virtualClock } from '../../src/memory/clock';
import { createPulse, type Pulse, stuckAfterMs } from '../../src/worker/pulse';
import type { Downstream } from './downstream-services';
import { minute, type Outage, outageWorld, type OutageWorld, playOut, punctualTraffic } from './outage-world';

const second = 1_000;
const stopped = (pulse: Pulse): readonly string[] => pulse.look().flatMap(({ loop, turns }) => (turns ? [] : [loop]));
const longest = (pulse: Pulse): number => Math.max(0, ...pulse.look().map(({ ageMs }) => ageMs));

/** Looks every half a minute, as a container's health check does; answers what was ever found stopped, and the longest turn. */
const watch = async (world: OutageWorld, pulse: Pulse, forMs: number) => {
  const found = new Set<string>();
  let longestMs = 0;
  for (let ms = 0; ms < forMs; ms += 30 * second) {
    await world.clock.advance(30 * second);
    stopped(pulse).forEach((loop) => found.add(loop));
    longestMs = Math.max(longestMs, longest(pulse));
  }
  return { found: [...found], longestMs };
};

describe('a pulse', () => {
  test('a turn that takes too long stops its loop, however many others come round', () => {
    let nowMs = 0;
    const pulse = createPulse({ monotonicMs: () => nowMs });
    pulse.begin('receive');
    for (; nowMs <= stuckAfterMs; nowMs += minute) {
      expect(stopped(pulse)).toEqual([]);
      pulse.begin('receive')();
    }
    expect(stopped(pulse)).toEqual(['receive']);
  });

  test('a loop of which no turn begins has stopped, too; one that waits for leave has not', () => {
    let nowMs = 0;
    const pulse = createPulse({ monotonicMs: () => nowMs });
    const leave = pulse.wait('receive');
    nowMs += 10 * stuckAfterMs;
    expect(stopped(pulse)).toEqual([]);
    leave();
    nowMs += stuckAfterMs;
    expect(stopped(pulse)).toEqual([]);
    nowMs += 1;
    expect(stopped(pulse)).toEqual(['receive']);
  });

  test('a loop that was told to stop is judged no longer', async () => {
    const clock = virtualClock(0);
    const pulse = createPulse(clock);
    pulse.beat('close');
    await clock.advance(2 * stuckAfterMs);
    expect(pulse.look()).toEqual([{ loop: 'close', ageMs: 2 * stuckAfterMs, turns: false }]);
    pulse.end('close');
    expect(pulse.look()).toEqual([]);
  });
});

const away = (of: Downstream) => (world: OutageWorld) => world.setAway({ of, failsAfterMs: 33_000 });
const outage = (of: Outage['of'], failsAfterMs: number) => (world: OutageWorld) => world.setOutage({ of, failsAfterMs });

/** What a world does to a worker that nobody calls sick for it. */
const misfortunes: readonly (readonly [string, (world: OutageWorld) => void])[] = [
  ['a table that only times out', outage('everything', 33_000)],
  ['a table that takes no writes', outage('writes', 100)],
  ['a table that takes one write in three', outage('throttled', 100)],
  ['a Genesys that does not answer', away('genesys')],
  ['a Step Functions that does not answer', away('stateMachine')],
  ['a wait that Genesys has named', (world) => world.throttleFor(60 * minute)],
];

test.each(misfortunes)('an hour of %s leaves every loop turning', async (_, happen) => {
  const world = outageWorld(1_000);
  const { pulse } = world.start();
  await playOut(world, punctualTraffic(minute, 15 * second));
  happen(world);
  for (const { act } of punctualTraffic(2 * minute, 15 * second)) act(world);
  const { found, longestMs } = await watch(world, pulse, 60 * minute);
  expect(found).toEqual([]);
  // It is not near the bound, either.
  expect(longestMs).toBeLessThan(stuckAfterMs / 2);
});

test('an hour of nothing to do leaves every loop turning, and each of them is looked at', async () => {
  const world = outageWorld(5);
  const { pulse } = world.start();
  const { found, longestMs } = await watch(world, pulse, 60 * minute);
  expect(found).toEqual([]);
  expect(longestMs).toBeLessThanOrEqual(20 * second);
  expect(pulse.look().map(({ loop }) => loop)).toEqual(['heartbeat', 'close', 'receive']);
});

/** No call is answered any more, neither well nor badly. */
const never = 1_000 * minute;

test('a table that never answers, not even with an error, stops the loops that hang on it', async () => {
  const world = outageWorld(5);
  const { pulse } = world.start();
  await world.clock.advance(minute);
  world.setOutage({ of: 'everything', failsAfterMs: never });
  for (const { act } of punctualTraffic(minute, 15 * second)) act(world);
  const { found } = await watch(world, pulse, 12 * minute);
  expect(found.toSorted()).toEqual(['close', 'heartbeat', 'receive']);
});

test('a batch that is never done stops the receiving, while timers and heartbeat turn', async () => {
  const world = outageWorld(5);
  const { pulse } = world.start();
  await world.clock.advance(minute);
  world.setOutage({ of: 'writeEvents', failsAfterMs: never });
  for (const { act } of punctualTraffic(minute, 15 * second)) act(world);
  expect((await watch(world, pulse, 12 * minute)).found).toEqual(['receive']);
});

test('closes that never end stop the closing once no room is left, and not before', async () => {
  const world = outageWorld(5);
  const { pulse } = world.start();
  await playOut(world, punctualTraffic(2 * minute, 15 * second));
  world.setAway({ of: 'genesys', failsAfterMs: never });
  const { found } = await watch(world, pulse, 14 * minute);
  expect(found).toEqual(['close']);
});

test('a stop is no illness: what a loop does last may take its time', async () => {
  const world = outageWorld(5);
  const { pulse, stop, ended } = world.start();
  await world.clock.advance(minute);
  stop();
  expect(await world.clock.advanceUntil(() => ended.is, 30 * second)).toBe(true);
  expect(pulse.look()).toEqual([]);
  expect(pulse.hasReceived()).toBe(true);
});
