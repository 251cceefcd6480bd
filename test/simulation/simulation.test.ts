import { drawPlan } from './plan/draw-plan';
import { playPlan } from './play';

Error.stackTraceLimit = 0;

const seeds = (from: number, count: number): readonly number[] => Array.from({ length: count }, (_, index) => from + index);

test.each(seeds(1, 40))('everything comes to rest, and whoever is asked to stop does (seed %i)', async (seed) => {
  const { quietAtMs, stuckWorkers } = await playPlan(drawPlan(seed));
  expect({ isQuiet: quietAtMs !== null, stuckWorkers }).toEqual({ isQuiet: true, stuckWorkers: 0 });
});

test.each([3, 9, 17])('a seed gives the same history twice (seed %i)', async (seed) => {
  const [first, second] = [await playPlan(drawPlan(seed)), await playPlan(drawPlan(seed))];
  expect(JSON.stringify(second)).toBe(JSON.stringify(first));
});
