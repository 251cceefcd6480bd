import {
  callsPerUnit,
  cpuMicrosPerUnit,
  figure,
  perSecond,
  ratio,
  readUnitsPerUnit,
  requestsPerUnit,
  writeUnitsPerUnit,
  type Figure,
} from '../figure';
import type { Reading } from '../reading';
import { overRounds } from '../rounds';
import type { Row } from '../subject';

export type Readings = ReadonlyMap<string, readonly Reading[]>;

type Measure = (reading: Reading) => Figure;

const times = (found: Figure, factor: number): Figure => (found.kind === 'figure' ? figure(found.value * factor) : found);

const genesysPerThousand: Measure = (reading) => times(callsPerUnit(reading, 'genesys details'), 1_000);
const indexWrites: Measure = (reading) =>
  reading.done === 0 ? writeUnitsPerUnit(reading) : figure(reading.units.indexWrite / reading.done);

const measures: Readonly<Record<string, Measure>> = {
  'conversations/s': perSecond,
  'CPU µs': cpuMicrosPerUnit,
  requests: requestsPerUnit,
  'write units': writeUnitsPerUnit,
  'of the index': indexWrites,
  'read units': readUnitsPerUnit,
  'Genesys / 1,000': genesysPerThousand,
  'busy %': ({ subject }) => figure(subject.demand * 100),
  'backend %': ({ backend }) => figure((backend?.demand ?? 0) * 100),
};

export const rowOf = (readings: Readings, name: string, floor: string): Row => {
  const of = (who: string, measure: Measure): Figure => overRounds(readings.get(who) ?? [], measure);
  const against = (measure: Measure): Figure => ratio(of(name, measure), of(floor, measure));
  return {
    name,
    cells: {
      ...Object.fromEntries(Object.entries(measures).map(([column, measure]) => [column, of(name, measure)])),
      'CPU × floor': against(cpuMicrosPerUnit),
      'requests × floor': against(requestsPerUnit),
      'write units × floor': against(writeUnitsPerUnit),
    },
  };
};

/** Which requests they are. */
export const requestsNote = (readings: Readings, name: string): string => {
  const rounds = readings.get(name) ?? [];
  const operations = [...new Set(rounds.flatMap(({ calls }) => Object.keys(calls)))];
  const told = operations.flatMap((operation) => {
    const found = overRounds(rounds, (reading) => callsPerUnit(reading, operation));
    return found.kind === 'figure' && found.value >= 0.005 ? [`${operation} ${found.value.toFixed(2)}`] : [];
  });
  return `requests of ${name}, for a conversation: ${told.join(', ')}`;
};
