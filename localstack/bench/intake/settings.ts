import { cpuMicrosPerUnit, figure, perSecond, ratio } from '../figure';
import type { Reading } from '../reading';
import { overRounds, runRounds } from '../rounds';
import type { Bench, Report, Row } from '../subject';
import { tuned, type Tuned } from './entrants';
import { enter, leave } from './field';
import { measureRound, warmUp } from './round';

/** Of one contestant, by its number of pollers. */
export type Settings = ReadonlyMap<number, readonly Reading[]>;

/** Runs of the same thing differ by as much. */
const sameWithin = 0.1;

/** Each setting beside the one that `intake` has. */
export const settingsRows = ({ name, pollers: chosen }: Pick<Tuned, 'name' | 'pollers'>, settings: Settings): readonly Row[] => {
  const ofChosen = overRounds(settings.get(chosen) ?? [], perSecond);
  return [...settings].map(([pollers, readings]) => ({
    name: `${name}, ${pollers}${pollers === chosen ? ' (as measured by intake)' : ''}`,
    cells: {
      'messages/s': overRounds(readings, perSecond),
      'CPU µs/message': overRounds(readings, cpuMicrosPerUnit),
      'busy %': overRounds(readings, ({ subject }) => figure(subject.demand * 100)),
      '× as measured': ratio(overRounds(readings, perSecond), ofChosen),
    },
  }));
};

/** Of whom another number of pollers takes more than runs of the same differ by. */
export const betterNotes = (
  { name, pollers: chosen }: Pick<Tuned, 'name' | 'pollers'>,
  settings: Settings,
): readonly string[] => {
  const ofChosen = overRounds(settings.get(chosen) ?? [], perSecond);
  return [...settings].flatMap(([pollers, readings]) => {
    const times = ratio(overRounds(readings, perSecond), ofChosen);
    const isBetter = times.kind === 'figure' && times.value > 1 + sameWithin;
    return isBetter
      ? [`${name}: not at its best with ${chosen} pollers, ${times.value.toFixed(2)} × as fast with ${pollers}`]
      : [];
  });
};

const measureOne = async (bench: Bench, one: Tuned): Promise<Settings> => {
  const { options, say } = bench;
  const numbers = [one.pollers / 2, one.pollers, one.pollers * 2];
  const field = await Promise.all(numbers.map((pollers) => enter(bench, one.at(pollers))));
  await Promise.all(field.map((standing) => warmUp(standing, options.rttMs)));
  const cases = field.map((standing) => ({
    name: standing.entrant.key,
    round: () => measureRound(standing, options.seconds, options.rttMs),
  }));
  const measured = await runRounds(cases, options.rounds, say);
  await Promise.all(field.map(leave));
  return new Map(numbers.map((pollers, n) => [pollers, measured.get(cases[n]!.name) ?? []]));
};

/** Whether whoever is measured by `intake` is at its best there: each with half and with twice as many pollers. */
export const measureSettings = async (bench: Bench): Promise<readonly Report[]> => {
  const rows: Row[] = [];
  const notes: string[] = [];
  for (const one of tuned) {
    const settings = await measureOne(bench, one);
    rows.push(...settingsRows(one, settings));
    notes.push(...betterNotes(one, settings));
  }
  return [{ title: `settings of intake, round trip ${bench.options.rttMs} ms`, rows, notes, complaints: [] }];
};
