import { callsPerUnit, type Figure } from '../figure';
import { overRounds } from '../rounds';
import type { Report } from '../subject';
import type { Readings } from './report';

/** Below this a call is housekeeping that no message asks for. */
const tellFrom = 0.0005;

const isTold = (figure: Figure): boolean => figure.kind === 'figure' && figure.value >= tellFrom;

/** Requests of a message by operation: that the floor of the protocol makes the same ones as Tidemark is to be seen, not believed. */
export const requestsReport = (readings: Readings, names: readonly string[]): Report => {
  const rows = names.map((name) => {
    const own = readings.get(name) ?? [];
    const operations = [...new Set(own.flatMap(({ calls }) => Object.keys(calls)))];
    const cells = operations.map(
      (operation) => [operation, overRounds(own, (reading) => callsPerUnit(reading, operation))] as const,
    );
    return { name, cells: Object.fromEntries(cells.filter(([, cell]) => isTold(cell))) };
  });
  return { title: 'intake: requests/message by operation', rows, notes: [], complaints: [] };
};
