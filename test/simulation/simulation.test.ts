import { findBreaches } from './oracle';
import { drawHistory, type History } from './traffic';
import { type SimulatedWorld, simulatedWorld } from './world';

const minute = 60_000;
const calm = { refused: 0, lost: 0, partial: 0, slowMs: 20, stalled: 0 };
const stormy = { refused: 0.03, lost: 0.03, partial: 0.25, slowMs: 800, stalled: 0.01 };

const isQuiet = ({ queue, table }: SimulatedWorld): boolean => {
  const { visible, inFlight } = queue.counts();
  return visible + inFlight === 0 && table.heads().every(({ state }) => state === 'closed');
};

/** Ms from the beginning. */
interface Outage {
  readonly of: 'ofTable' | 'ofDownstream';
  readonly fromMs: number;
  readonly forMs: number;
}

interface Blows {
  readonly kills: number;
  readonly deploys: number;
  readonly outages: readonly Outage[];
}

const none: Blows = { kills: 0, deploys: 0, outages: [] };
const many: Blows = { kills: 4, deploys: 2, outages: [{ of: 'ofTable', fromMs: 2 * minute, forMs: 2 * minute }] };
const longOutages: Blows = {
  ...many,
  outages: [
    { of: 'ofTable', fromMs: 2 * minute, forMs: 5 * minute },
    { of: 'ofDownstream', fromMs: 10 * minute, forMs: 30 * minute },
  ],
};

/** Sends what lies in ambush, some moments after it was sprung: while its window is closing, or just closed. */
const layAmbushes = ({ clock, random, queue, watcher }: SimulatedWorld, { ambushes }: History) => {
  const waiting = new Map(ambushes);
  const underWay = new Set<string>();
  watcher.onClose = (conversationId, moment) => {
    const ambush = waiting.get(conversationId);
    if (ambush?.at !== moment || underWay.has(conversationId)) return;
    underWay.add(conversationId);
    void clock.sleep(Math.ceil(random.fraction() * 3_000)).then(() => {
      waiting.delete(conversationId);
      queue.send(ambush.body);
    });
  };
  return () => waiting.size === 0;
};

/** Sends the history, in its time, to workers that come and go; then waits until all is quiet. */
const play = async (world: SimulatedWorld, history: History, { kills, deploys, outages }: Blows): Promise<boolean> => {
  const { clock, random } = world;
  const usual = world.ofTable.refused;
  const areAmbushesSprung = layAmbushes(world, history);
  const workers = [world.start(), world.start(), world.start()];
  const events = [
    ...history.messages.map(({ atMs, body }) => ({ atMs, act: () => void world.queue.send(body) })),
    ...Array.from({ length: kills + deploys }, (_, index) => ({
      atMs: Math.floor(random.fraction() * 20 * minute),
      act: () => {
        const one = Math.floor(random.fraction() * workers.length);
        if (index < kills) workers[one]?.kill();
        else workers[one]?.stop();
        workers[one] = world.start();
      },
    })),
    ...outages.flatMap(({ of, fromMs, forMs }) => [
      { atMs: fromMs, act: () => void (world[of].refused = 1) },
      { atMs: fromMs + forMs, act: () => void (world[of].refused = usual) },
    ]),
  ].sort((a, b) => a.atMs - b.atMs);
  const beganMs = clock.nowMs();
  for (const { atMs, act } of events) {
    await clock.advance(Math.max(0, beganMs + atMs - clock.nowMs()));
    act();
  }
  const becameQuiet = await clock.advanceUntil(() => areAmbushesSprung() && isQuiet(world), 180 * minute);
  for (const worker of workers) worker.stop();
  const gone = new AbortController();
  const going = Promise.all(workers.map((worker) => worker.running)).finally(() => gone.abort());
  await clock.advanceUntil(() => gone.signal.aborted, 30 * minute);
  await going;
  return becameQuiet;
};

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
