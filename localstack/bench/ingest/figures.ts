import { startBackend, type Backend } from '../backend/start';
import { callsPerUnit, cpuMicrosPerUnit, figure, p50, p99, perSecond, ratio, type Figure } from '../figure';
import { readBodies } from '../generate/bodies';
import { generate } from '../generate/run';
import type { Reading } from '../reading';
import { overRounds, runRounds, type Case } from '../rounds';
import type { Bench, Report, Row } from '../subject';
import { measureCeiling, postsPerBatch } from './ceiling';
import { loadings, type Loading, warmUp } from './loads';
import { freePort } from '../../demo/door/start';
import { bearer, startDoor, startEcho, type Door } from './place';

interface Contestant {
  readonly name: string;
  readonly door: Door;
  readonly backend: Backend | null;
  readonly ownHeader: string | null;
}

const floor = 'bare fastify';

const caseOf = ({ nursery, options }: Bench, { name, load }: Loading, contestant: Contestant): Case => ({
  name: `${contestant.name}, ${name}`,
  round: () =>
    generate(nursery, {
      url: contestant.door.url,
      headers: { authorization: `Bearer ${bearer}`, 'content-type': 'application/json' },
      bodies: readBodies(),
      ownHeader: contestant.ownHeader,
      load,
      warmupSeconds: 1,
      seconds: options.seconds,
      watch: { subjectPid: contestant.door.pid, backend: contestant.backend },
    }),
});

type Measure = (reading: Reading) => Figure;

const share = (demand: number | undefined): Figure => figure((demand ?? 0) * 100);

/** Beside the figures, the ones that say whose they are. */
const measures: Readonly<Record<string, Measure>> = {
  'posts/s': perSecond,
  'p50 ms': (reading) => p50(reading),
  'p99 ms': (reading) => p99(reading),
  'CPU µs/post': cpuMicrosPerUnit,
  'writes/post': (reading) => callsPerUnit(reading, 'SendMessageBatch'),
  'busy %': ({ subject }) => share(subject.demand),
  'without a core %': ({ subject }) => share(subject.waited),
  'generator %': ({ generator }) => share(generator?.demand),
  'backend %': ({ backend }) => share(backend?.demand),
  'RSS MB': ({ subject }) => figure(subject.peakRssBytes / 1e6),
};

const rowOf = (name: string, own: readonly Reading[], ofFloor: readonly Reading[]): Row => {
  const against = (measure: Measure): Figure => ratio(overRounds(own, measure), overRounds(ofFloor, measure));
  const cells = Object.fromEntries(Object.entries(measures).map(([column, measure]) => [column, overRounds(own, measure)]));
  return {
    name,
    cells: {
      ...cells,
      '× posts/s': against(perSecond),
      '× p99': against((reading) => p99(reading)),
      '× CPU': against(cpuMicrosPerUnit),
    },
  };
};

/** Anything but 200 in a load that every door can take. */
const notDone = (name: string, readings: readonly Reading[]): readonly string[] => {
  const others = readings.flatMap(({ answers }) => Object.entries(answers).filter(([status]) => status !== '200'));
  return others.map(([status, { count }]) => `${name}: ${count} answers ${status}`);
};

const ceilingNote = (ceiling: Reading): string => {
  const batches = ((ceiling.answers['200']?.count ?? 0) * 1_000) / ceiling.wallMs;
  return `the backend alone takes at least ${Math.round(batches * postsPerBatch)} posts a second in full batches (busy ${Math.round(ceiling.subject.demand * 100)} %)`;
};

/** Doors beside a bare one, at the same loads, in the same rounds. */
export const figuresReport = async (bench: Bench): Promise<Report> => {
  const { nursery, options, say } = bench;
  const backend = await startBackend(nursery, options.rttMs);
  say('ceiling of the backend');
  const ceiling = await measureCeiling(bench, backend);
  const echo = await startEcho(nursery);
  const door = await startDoor(nursery, {
    name: 'ingest',
    backendUrl: backend.url,
    port: await freePort(),
    profile: options.profile,
  });
  const contestants: readonly Contestant[] = [
    { name: floor, door: echo, backend: null, ownHeader: null },
    { name: 'ingest', door, backend, ownHeader: null },
    { name: 'ingest with keys', door, backend, ownHeader: 'x-idempotency-key' },
  ];
  // Not counted: the code that a post runs through gets fast only after some thousands of them.
  for (const contestant of contestants) {
    say(`warming up: ${contestant.name}`);
    await caseOf(bench, warmUp, contestant).round();
  }
  const cases = loadings.flatMap((loading) => contestants.map((contestant) => caseOf(bench, loading, contestant)));
  const readings = await runRounds(cases, options.rounds, say);
  await Promise.all([door.child.stop(), echo.child.stop()]);
  const rows = loadings.flatMap(({ name }) =>
    contestants.map((contestant) => {
      const of = (who: string): readonly Reading[] => readings.get(`${who}, ${name}`)!;
      return rowOf(`${name}: ${contestant.name}`, of(contestant.name), of(floor));
    }),
  );
  const complaints = [...readings].flatMap(([name, own]) => notDone(name, own));
  return { title: `ingest, round trip ${options.rttMs} ms`, rows, notes: [ceilingNote(ceiling)], complaints };
};
