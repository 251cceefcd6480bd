import { findBreaches } from './oracle';
import { type Blows, calm, longOutages, many, none, play, stormy } from './play';
import { drawHistory } from './traffic';
import { simulatedWorld } from './world';

const seeds = (from: number, count: number): readonly number[] => Array.from({ length: count }, (_, index) => from + index);

test.each(seeds(1, 3))('in calm weather every promise is kept and no conversation is revised in vain (seed %i)', async (seed) => {
  const world = simulatedWorld(seed, calm);
  const history = drawHistory(world.random, 6);
  expect(await play(world, history, none)).toBe(true);
  expect(findBreaches(history, world)).toEqual([]);
});

/** What a storm left behind. */
const weather = async (seed: number, blows: Blows) => {
  const world = simulatedWorld(seed, stormy);
  const history = drawHistory(world.random, 6);
  const isQuietInTime = await play(world, history, blows);
  return { breaches: findBreaches(history, world), isQuietInTime };
};

const unharmed = { breaches: [], isQuietInTime: true };

test.each(seeds(100, 25))(
  'whatever is refused, lost, slow, killed or deployed, every promise is kept (seed %i)',
  async (seed) => {
    expect(await weather(seed, many)).toEqual(unharmed);
  },
);

test.each(seeds(200, 5))('outages of half an hour only delay (seed %i)', async (seed) => {
  expect(await weather(seed, longOutages)).toEqual(unharmed);
});

test('the weather is real: every kind of fault happens', async () => {
  const seen = new Set<string>();
  for (const seed of seeds(200, 8)) {
    const world = simulatedWorld(seed, { ...stormy, refused: 0.08, lost: 0.08 });
    await play(world, drawHistory(world.random, 6), many);
    for (const fault of world.faults.keys()) seen.add(fault);
  }
  const calls = ['writeEvents', 'readHeads', 'updateHead', 'findDue', 'putRecord', 'beat', 'start', 'publish'];
  const faults = calls.flatMap((call) => [`${call} refused`, `${call} lost its answer`]);
  const partial = ['writeEvents left some unprocessed', 'readHeads left some unprocessed'];
  const expected = [...faults, ...partial, 'delete lost its answer'];
  expect(expected.filter((fault) => !seen.has(fault))).toEqual([]);
});
