import { countedBy, type Counted } from '../backend/control';
import { noUnits, type Reading } from '../reading';
import { spentBetween, usageOf, type Spent, type Usage } from '../usage';

/** Processes that work, and the backend that is all of AWS and Genesys to them. */
export interface Watched {
  /** Of one process, or of several that share the work. */
  readonly pids: readonly number[];
  readonly backend: { readonly pid: number; readonly url: string };
}

/** All that is looked at before and after. */
export interface Look {
  readonly atMs: number;
  readonly counted: Counted;
  readonly subjects: readonly Usage[];
  readonly backend: Usage;
}

export const lookAt = async ({ pids, backend }: Watched): Promise<Look> => ({
  counted: await countedBy(backend.url),
  subjects: pids.map(usageOf),
  backend: usageOf(backend.pid),
  atMs: performance.now(),
});

/** Of several: their CPU together, and the busiest of them. */
const together = (spent: readonly Spent[]): Spent => ({
  cpuMs: spent.reduce((sum, { cpuMs }) => sum + cpuMs, 0),
  demand: Math.max(...spent.map(({ demand }) => demand)),
  waited: Math.max(...spent.map(({ waited }) => waited)),
  peakRssBytes: Math.max(...spent.map(({ peakRssBytes }) => peakRssBytes)),
});

const difference = <K extends string>(after: Readonly<Record<K, number>>, before: Readonly<Partial<Record<K, number>>>) =>
  Object.fromEntries(
    (Object.entries(after) as [K, number][]).map(([name, count]) => [name, count - (before[name] ?? 0)]),
  ) as Record<K, number>;

/** `doneOf`: which of the backend's counts says how much got done. */
export const readingBetween = (before: Look, after: Look, doneOf: (counted: Counted) => number): Reading => {
  const wallMs = after.atMs - before.atMs;
  return {
    wallMs,
    done: doneOf(after.counted) - doneOf(before.counted),
    answers: {},
    subject: together(after.subjects.map((usage, index) => spentBetween(before.subjects[index]!, usage, wallMs))),
    generator: null,
    backend: spentBetween(before.backend, after.backend, wallMs),
    calls: difference(after.counted.calls, before.counted.calls),
    units: { ...noUnits, ...difference(after.counted.units, before.counted.units) },
  };
};
