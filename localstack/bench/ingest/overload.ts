import { setWeather, takenBy } from '../backend/control';
import { startBackend, type Backend } from '../backend/start';
import { cpuMicrosPerUnit, figure } from '../figure';
import { generate } from '../generate/run';
import { sendSteadily } from '../generate/steady';
import { latencyOf, type Latency } from '../reading';
import type { Bench, Report, Row } from '../subject';
import { spentBetween, usageOf } from '../usage';
import { acceptedOf, distinctBodies, lostOf, type Accepted } from './accepted';
import { freePort } from '../../demo/door/start';
import { bearer, startDoor, type Door } from './place';

/** More than a door has in hand, twice over. */
const connections = 4_000;

/** How a door comes to have more than it can take. */
interface Overload {
  readonly name: string;
  readonly perSecond: number;
  readonly rttMs: number;
}

interface World {
  readonly bench: Bench;
  readonly door: Door;
  readonly backend: Backend;
}

const headers = { authorization: `Bearer ${bearer}`, 'content-type': 'application/json' };

const jobOf = (url: string, bodies: readonly string[], pid: number) => ({
  ...{ url, headers, bodies, ownHeader: null, warmupSeconds: 3, seconds: 5 },
  watch: { subjectPid: pid, backend: null },
});

/** What one core of the program takes, by what a post costs it. */
const capacityOf = async ({ bench, door }: World): Promise<number> => {
  const load = { kind: 'closed', connections: 200 } as const;
  const cost = cpuMicrosPerUnit(await generate(bench.nursery, { ...jobOf(door.url, distinctBodies(10), door.pid), load }));
  if (cost.kind === 'refused') throw new Error(`Expected the door to take posts before it is overloaded: ${cost.why}.`);
  return Math.round(1e6 / cost.value);
};

const none: Latency = latencyOf([]);

const sum = (list: readonly Latency[]): number => list.reduce((total, { count }) => total + count, 0);

interface Told {
  readonly row: Row;
  readonly lost: number;
}

const overloadOnce = async ({ bench, door, backend }: World, { name, perSecond, rttMs }: Overload): Promise<Told> => {
  const { seconds } = bench.options;
  bench.say(`overload: ${name}`);
  await setWeather(backend.url, { rttMs, failing: 0 });
  const bodies = distinctBodies(Math.round(perSecond * seconds));
  const load = { kind: 'steady', perSecond, connections } as const;
  const accepted: Accepted[] = [];
  const [ownBefore, before, beganMs] = [usageOf(process.pid), usageOf(door.pid), performance.now()];
  const taken = await sendSteadily(
    { ...jobOf(door.url, bodies, door.pid), load },
    { perSecond, connections, seconds },
    (body, { status, text }) => {
      if (status === 200) accepted.push(acceptedOf(body, text));
    },
  );
  const wallMs = performance.now() - beganMs;
  const spent = spentBetween(before, usageOf(door.pid), wallMs);
  const own = spentBetween(ownBefore, usageOf(process.pid), wallMs);
  const {
    '200': well = none,
    '503': shed = none,
    ...others
  } = Object.fromEntries([...taken].map(([status, ms]) => [status, latencyOf(ms)]));
  const lost = lostOf(accepted, await takenBy(backend.url)).length;
  const cells = {
    'posts/s': figure(bodies.length / (wallMs / 1_000)),
    '200': figure(well.count),
    '200 p99 ms': figure(well.p99Ms),
    '503': figure(shed.count),
    '503 p50 ms': figure(shed.p50Ms),
    '503 p99 ms': figure(shed.p99Ms),
    others: figure(sum(Object.values(others))),
    lost: figure(lost),
    'peak RSS MB': figure(spent.peakRssBytes / 1e6),
    'busy %': figure(spent.demand * 100),
    'generator %': figure(own.demand * 100),
  };
  return { row: { name, cells }, lost };
};

export const overloadReport = async (bench: Bench): Promise<Report> => {
  const { nursery, options } = bench;
  const backend = await startBackend(nursery, options.rttMs);
  const door = await startDoor(nursery, {
    name: 'ingest',
    backendUrl: backend.url,
    port: await freePort(),
    profile: options.profile,
  });
  const world = { bench, door, backend };
  const capacity = await capacityOf(world);
  const cases: readonly Overload[] = [
    { name: 'half of a core', perSecond: Math.round(capacity / 2), rttMs: options.rttMs },
    { name: 'twice a core', perSecond: capacity * 2, rttMs: options.rttMs },
    { name: 'a queue that takes 2 s, 1,000 posts a second', perSecond: 1_000, rttMs: 2_000 },
  ];
  const told: Told[] = [];
  for (const one of cases) told.push(await overloadOnce(world, one));
  await door.child.stop();
  return {
    title: 'overload',
    rows: told.map(({ row }) => row),
    notes: [
      `one core of it takes some ${capacity} posts a second; a post's time counts from when it was due, so where the generator was busy it is the generator's`,
    ],
    complaints: told
      .filter(({ lost }) => lost > 0)
      .map(({ row, lost }) => `${row.name}: ${lost} posts were accepted and are not in the queue`),
  };
};
