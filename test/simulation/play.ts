import type { History } from './traffic';
import type { SimulatedWorld } from './world';

const minute = 60_000;
export const calm = { refused: 0, lost: 0, partial: 0, slowMs: 20, stalled: 0 };
export const stormy = { refused: 0.03, lost: 0.03, partial: 0.25, slowMs: 800, stalled: 0.01 };

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

export interface Blows {
  readonly kills: number;
  readonly deploys: number;
  readonly outages: readonly Outage[];
}

export const none: Blows = { kills: 0, deploys: 0, outages: [] };
export const many: Blows = { kills: 4, deploys: 2, outages: [{ of: 'ofTable', fromMs: 2 * minute, forMs: 2 * minute }] };
export const longOutages: Blows = {
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
export const play = async (world: SimulatedWorld, history: History, { kills, deploys, outages }: Blows): Promise<boolean> => {
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
