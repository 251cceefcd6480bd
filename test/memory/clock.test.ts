import { virtualClock } from '../../src/memory/clock';

const startMs = Date.UTC(2026, 0, 1);

test('time stands still until it is moved', async () => {
  const clock = virtualClock(startMs);
  await clock.settle();
  expect([clock.nowMs(), clock.monotonicMs()]).toEqual([startMs, 0]);
  await clock.advance(1_500);
  expect([clock.nowMs(), clock.monotonicMs()]).toEqual([startMs + 1_500, 1_500]);
});

test('sleepers wake in the order of their due times, and see the time they asked for', async () => {
  const clock = virtualClock(startMs);
  const woken: [string, number][] = [];
  const sleeper = async (name: string, ms: number): Promise<void> => {
    await clock.sleep(ms);
    woken.push([name, clock.monotonicMs()]);
  };
  void sleeper('late', 30);
  void sleeper('first of two', 10);
  void sleeper('second of two', 10);
  await clock.advance(29);
  expect(woken).toEqual([
    ['first of two', 10],
    ['second of two', 10],
  ]);
  await clock.advance(1);
  expect(woken.at(-1)).toEqual(['late', 30]);
  expect(clock.nextWakeMs()).toBeNull();
});

test('who falls asleep again while time moves wakes within the same move', async () => {
  const clock = virtualClock(startMs);
  const ticks: number[] = [];
  const loop = async (): Promise<void> => {
    for (;;) {
      await clock.sleep(100);
      ticks.push(clock.monotonicMs());
    }
  };
  void loop();
  await clock.advance(350);
  expect(ticks).toEqual([100, 200, 300]);
});

test('an abort wakes a sleeper at once, before its time or before it sleeps', async () => {
  const clock = virtualClock(startMs);
  const stop = new AbortController();
  const slept = clock.sleep(60_000, stop.signal);
  stop.abort();
  await slept;
  await clock.sleep(60_000, stop.signal);
  expect([clock.monotonicMs(), clock.nextWakeMs()]).toEqual([0, null]);
});

test('a sleep of nothing still takes a millisecond, so no loop can hold time up', async () => {
  const clock = virtualClock(startMs);
  let turns = 0;
  const loop = async (): Promise<void> => {
    for (;;) {
      await clock.sleep(0);
      turns += 1;
    }
  };
  void loop();
  await clock.advance(5);
  expect(turns).toBe(5);
});

test('time moves until a condition holds, and no further', async () => {
  const clock = virtualClock(startMs);
  let done = false;
  void clock.sleep(40).then(() => (done = true));
  void clock.sleep(90);
  expect(await clock.advanceUntil(() => done, 1_000)).toBe(true);
  expect(clock.monotonicMs()).toBe(40);
  expect(await clock.advanceUntil(() => false, 10)).toBe(false);
});
