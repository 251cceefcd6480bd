import { basics } from '../../demo/stage';
import { cpuMicrosPerUnit, figure, othersBusy, ratio, refused, type Figure } from '../figure';
import type { Reading } from '../reading';
import { overRounds } from '../rounds';
import type { Bench, Report, Row } from '../subject';
import type { Job, Told } from './job';

/** What one core would do if it did nothing else. */
const perSecondAndCore = (reading: Reading): Figure => {
  const why = othersBusy(reading);
  return why === null ? figure((reading.done * 1_000) / reading.subject.cpuMs) : refused(why);
};

const withoutCore = ({ subject }: Reading): Figure => figure(subject.waited * 100);

const cellsOf = (own: readonly Reading[], floor: readonly Reading[]): Row['cells'] => ({
  'CPU µs/event': overRounds(own, cpuMicrosPerUnit),
  'events/s and core': overRounds(own, perSecondAndCore),
  '× CPU': ratio(overRounds(own, cpuMicrosPerUnit), overRounds(floor, cpuMicrosPerUnit)),
  'without a core %': overRounds(own, withoutCore),
});

const rowsOf = ({ turns, eventsPerMessage }: Told, corpus: string): readonly Row[] => {
  const own = turns.filter((turn) => turn.corpus === corpus);
  const [floor, tidemark] = [own.map((turn) => turn.floor), own.map((turn) => turn.tidemark)];
  const events = { 'events/message': figure(eventsPerMessage[corpus] ?? 0) };
  return [
    { name: `${corpus}: floor`, cells: { ...events, ...cellsOf(floor, floor) } },
    { name: `${corpus}: Tidemark`, cells: { ...events, ...cellsOf(tidemark, floor) } },
  ];
};

/** Plain JavaScript: tsx keeps the name of every function that is made, which takes longer than some of them run. */
const program = ['--require', './test/simulation/cli/load.cjs', 'localstack/bench/core/main.ts'];

/** Decode, validate and canonicalise, in a process that does nothing else. */
export const measureCore = async ({ nursery, options, say }: Bench): Promise<readonly Report[]> => {
  say('core: decoding beside its floor');
  const job: Job = { rounds: options.rounds, seconds: options.seconds };
  const flags = options.profile === undefined ? [] : ['--cpu-prof', `--cpu-prof-dir=${options.profile}`];
  const child = nursery.start({ name: 'core', args: [...flags, ...program, JSON.stringify(job)], env: basics() });
  const told = JSON.parse(await child.firstLine) as Told;
  await child.stop();
  const disagreeing = Object.entries(told.disagreements).filter(([, count]) => count > 0);
  return [
    {
      title: 'core: decode, validate, canonicalise',
      rows: Object.keys(told.disagreements).flatMap((corpus) => rowsOf(told, corpus)),
      notes: ['the floor: JSON.parse, Ajv compiled for envelope and event, keys sorted, SHA-256'],
      complaints: disagreeing.map(([corpus, count]) => `${corpus}: the floor and Tidemark disagree on ${count} messages`),
    },
  ];
};
