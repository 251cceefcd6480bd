import { cpuMicrosPerUnit, figure, perSecond, ratio, requestsPerUnit, writeUnitsPerUnit, type Figure } from '../figure';
import type { Reading } from '../reading';
import { overRounds } from '../rounds';
import type { Row } from '../subject';
import { floorName, protocolName, seedName } from './entrants';

export type Readings = ReadonlyMap<string, readonly Reading[]>;

type Measure = (reading: Reading) => Figure;

const share = (demand: number | undefined): Figure => figure((demand ?? 0) * 100);

/** Beside the figures, the ones that say whose they are. */
const measures: Readonly<Record<string, Measure>> = {
  'messages/s': perSecond,
  'requests/message': requestsPerUnit,
  'CPU µs/message': cpuMicrosPerUnit,
  'write units/message': writeUnitsPerUnit,
  'busy %': ({ subject }) => share(subject.demand),
  'without a core %': ({ subject }) => share(subject.waited),
  'backend %': ({ backend }) => share(backend?.demand),
};

export const against = (readings: Readings, measure: Measure, of: string, to: string): Figure =>
  ratio(overRounds(readings.get(of) ?? [], measure), overRounds(readings.get(to) ?? [], measure));

export const rowOf = (readings: Readings, name: string): Row => {
  const own = readings.get(name) ?? [];
  const cells = Object.fromEntries(Object.entries(measures).map(([column, measure]) => [column, overRounds(own, measure)]));
  return {
    name,
    cells: {
      ...cells,
      'CPU × floor': against(readings, cpuMicrosPerUnit, name, floorName),
      'CPU × protocol': against(readings, cpuMicrosPerUnit, name, protocolName),
      'messages/s × seed': against(readings, perSecond, name, seedName),
    },
  };
};
