import { ceilingsNote, measureCeilings } from '../backend/ceiling';
import { startBackend } from '../backend/start';
import type { Reading } from '../reading';
import { runRounds } from '../rounds';
import type { Bench, Report } from '../subject';
import { entrants, seedUnderQuota, tidemarkName } from './entrants';
import { enter, leave, type Standing } from './field';
import { lossesOf } from './kept';
import { measureUnderQuota } from './quota';
import { rowOf, type Readings } from './report';
import { requestsReport } from './requests';
import { measureRound, warmUp } from './round';
import { idleNotes, targetNotes } from './targets';

const seedNote =
  'the 45 × is against one message at a time without a quota, as sqs-consumer comes: the quota that Genesys grants, 300 queries a minute, ' +
  'allows a query for each message 5 messages a second at any setting, and above it only Genesys would be measured';

/** Conversations whose events are looked for in the table. */
const lookedFor = 300;

const ceilingNote = async (bench: Bench): Promise<string> => {
  bench.say('ceiling of the backend');
  const backend = await startBackend(bench.nursery, bench.options.rttMs, 'backend-alone');
  const ceilings = await measureCeilings(bench, backend);
  await backend.child.stop();
  return ceilingsNote(ceilings);
};

const measureField = async (bench: Bench, field: readonly Standing[]): Promise<ReadonlyMap<string, readonly Reading[]>> => {
  const { options, say } = bench;
  say('warming up');
  await Promise.all(field.map((standing) => warmUp(standing, options.rttMs)));
  const cases = field.map((standing) => ({
    name: standing.entrant.name,
    round: () => measureRound(standing, options.seconds, options.rttMs),
  }));
  return runRounds(cases, options.rounds, say);
};

/** From the queue into the table: Tidemark beside what it cannot go below, and beside what people would otherwise run. */
export const measureIntake = async (bench: Bench): Promise<readonly Report[]> => {
  const ceiling = await ceilingNote(bench);
  const underQuota = measureUnderQuota(bench);
  const field = await Promise.all(entrants.map((entrant) => enter(bench, entrant)));
  const measured = await measureField(bench, field);
  bench.say('looking for what was lost');
  const workers = field.filter(({ entrant }) => entrant.name.startsWith(tidemarkName));
  const losses = await Promise.all(workers.map(({ backend }) => lossesOf(backend.url, bench.options.rttMs, lookedFor)));
  await Promise.all(field.map(leave));
  const readings: Readings = new Map([...measured, [seedUnderQuota.name, [await underQuota]]]);
  const names = [...readings.keys()];
  const report = {
    title: `intake, round trip ${bench.options.rttMs} ms`,
    rows: names.map((name) => rowOf(readings, name)),
    notes: [ceiling, ...targetNotes(readings), seedNote, ...idleNotes(readings)],
    complaints: losses.flat(),
  };
  return [report, requestsReport(readings, names)];
};
