import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { judge } from './oracle/judge';
import { drawPlan } from './plan/draw-plan';
import { type Profile, profiles } from './plan/profiles';
import { playPlan, playSeed } from './play';

// A history throws many errors, and nobody reads their stacks.
Error.stackTraceLimit = 0;

const seeds = (from: number, count: number): readonly number[] => Array.from({ length: count }, (_, index) => from + index);

test.each(seeds(1, 60))('whatever befalls them, workers keep every promise (seed %i)', async (seed) => {
  const plan = drawPlan(seed);
  expect(judge(plan, await playPlan(plan))).toEqual([]);
});

test('some of these histories attach events and pass events on, and no other does', () => {
  const asides = seeds(1, 60).map((seed) => drawPlan(seed).sideEvents);
  expect(asides.flatMap((events, index) => (events.length > 0 ? [index + 1] : []))).toEqual([10, 21, 32, 43, 54]);
  expect(new Set(asides.flat().map(({ does }) => does))).toEqual(new Set(['attach', 'pass']));
});

const cases = profiles.flatMap((profile) => [7_001, 7_002].map((seed): [Profile, number] => [profile, seed]));

test.each(cases)('every promise is kept in each kind of trouble (%s, seed %i)', async (profile, seed) => {
  const plan = drawPlan(seed, profile);
  expect(judge(plan, await playPlan(plan))).toEqual([]);
});

const digest = async (seed: number): Promise<string> =>
  createHash('sha256')
    .update(JSON.stringify(await playSeed(seed)))
    .digest('hex');

const inAnotherProcess = (seed: number): string => {
  const script = `Error.stackTraceLimit = 0;
    require('./play').playSeed(${seed}).then((history) =>
      process.stdout.write(require('node:crypto').createHash('sha256').update(JSON.stringify(history)).digest('hex')));`;
  return execFileSync(process.execPath, ['-r', 'tsx/cjs', '-e', script], { cwd: join(__dirname), encoding: 'utf8' });
};

test('a seed gives the same history twice, and in another process', async () => {
  for (const seed of [3, 9, 17]) expect(await digest(seed)).toBe(await digest(seed));
  expect(inAnotherProcess(9)).toBe(await digest(9));
});
