import { mergeSightings, type DriftSighting } from './drift';
import type { Drift } from './registry/verdict';

/** Rows that a subject has in one process; whoever invents field names makes no more, in the table and in the log. */
export const rowsPerSubject = 200;

/** Where the departures beyond them are counted together. */
export const beyondPath = '$.…';

/** What was seen and not yet added to the table. As large as the rows of all subjects, however long nobody takes it. */
export interface DriftTally {
  /** Answers the row that it counted in if that is a new one, else null. */
  readonly count: (subject: string, drift: Drift, atMs: number) => DriftSighting | null;
  /** All that there is; from then on it is the taker's. */
  readonly take: () => readonly DriftSighting[];
  readonly giveBack: (sightings: readonly DriftSighting[]) => void;
}

const rowOf = ({ path, kind }: Drift): string => `${path}#${kind}`;

export const createDriftTally = (): DriftTally => {
  /** Ever counted in, by subject: what was taken is not forgotten, so a row is new once. */
  const known = new Map<string, Set<string>>();
  const sightings = new Map<string, DriftSighting>();

  const rowsOf = (subject: string): Set<string> => {
    const rows = known.get(subject) ?? new Set();
    known.set(subject, rows);
    return rows;
  };

  const placeIn = (rows: ReadonlySet<string>, drift: Drift): Drift =>
    rows.has(rowOf(drift)) || rows.size < rowsPerSubject ? drift : { ...drift, path: beyondPath };

  const add = (sighting: DriftSighting): void => {
    const key = `${sighting.subject} ${rowOf(sighting)}`;
    const before = sightings.get(key);
    sightings.set(key, before ? mergeSightings(before, sighting) : sighting);
  };

  return {
    count: (subject, drift, atMs) => {
      const rows = rowsOf(subject);
      const placed = placeIn(rows, drift);
      const sighting = { ...placed, subject, count: 1, firstAtMs: atMs, lastAtMs: atMs };
      add(sighting);
      const isNew = !rows.has(rowOf(placed));
      rows.add(rowOf(placed));
      return isNew ? sighting : null;
    },
    take: () => {
      const all = [...sightings.values()];
      sightings.clear();
      return all;
    },
    giveBack: (given) => given.forEach(add),
  };
};
