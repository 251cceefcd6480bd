import { definitionOf, type MetricName } from './core/metric-names';
import type { Clock, Metrics } from './ports';

/*
 * Metrics as CloudWatch's embedded metric format (EMF), one JSON document per line on standard output. Written here because the
 * Powertools library is made for the one invocation of a function: one set of dimensions at a time, a clock and settings that
 * it reads by itself, counts kept as lists. Limits of a document: 100 metrics, of which each has at most 100 values.
 */

/** What was added under one set of dimensions since the last flush: a count is one sum; of a duration, or a state, all values. */
interface Group {
  readonly dimensions: Readonly<Record<string, string>>;
  /** The sets of their names that it is kept by. */
  readonly sets: readonly (readonly string[])[];
  readonly values: Map<MetricName, number[]>;
}

const mostValues = 100;

export interface MetricsOptions {
  readonly namespace: string;
  readonly clock: Pick<Clock, 'nowMs'>;
  /** Takes one line; standard output unless said otherwise. */
  readonly write?: (line: string) => void;
}

/** `flush` writes what was added since the last one; its caller owns the timer, and flushes before the end. */
export type FlushableMetrics = Metrics & { readonly flush: () => void };

/** One text of the values, in the order of their names; a line end parts them, and none of them holds one. */
const valuesOf = (names: readonly string[], given: Readonly<Record<string, string>>): string => {
  let values = '';
  for (const name of names) values += `${given[name] ?? 'unknown'}\n`;
  return values;
};

const toDocument = (namespace: string, timestamp: number, { dimensions, sets, values }: Group): string => {
  const names = [...values.keys()];
  const directive = {
    Namespace: namespace,
    // The empty set is a metric without any.
    Dimensions: sets,
    Metrics: names.map((name) => ({ Name: name, Unit: definitionOf(name).unit })),
  };
  const members = [...values].map(([name, list]) => [name, list.length === 1 ? list[0] : list]);
  return JSON.stringify({
    _aws: { Timestamp: timestamp, CloudWatchMetrics: [directive] },
    ...dimensions,
    ...Object.fromEntries(members),
  });
};

export const createMetrics = ({ namespace, clock, write = writeLine }: MetricsOptions): FlushableMetrics => {
  const groups = new Map<string, Group>();
  /** Groups that were found since the last flush, by name and values of dimensions: to add costs no more than to look it up. */
  const found = new Map<MetricName, Map<string, Group>>();

  const writeGroup = (group: Group): void => write(toDocument(namespace, clock.nowMs(), group));

  const makeGroup = (name: MetricName, given: Readonly<Record<string, string>>): Group => {
    // CloudWatch refuses a dimension without a value.
    const { dimensions: own, alsoBy = [] } = definitionOf(name);
    const dimensions = Object.fromEntries(own.map((key) => [key, given[key] ?? 'unknown']));
    const sets = [own, ...alsoBy];
    const key = JSON.stringify([dimensions, sets]);
    const group = groups.get(key) ?? { dimensions, sets, values: new Map<MetricName, number[]>() };
    groups.set(key, group);
    return group;
  };

  const groupOf = (name: MetricName, given: Readonly<Record<string, string>>): Group => {
    const byValues = found.get(name) ?? new Map<string, Group>();
    found.set(name, byValues);
    const values = valuesOf(definitionOf(name).dimensions, given);
    const group = byValues.get(values) ?? makeGroup(name, given);
    byValues.set(values, group);
    return group;
  };

  const add: Metrics['add'] = (name, value, dimensions) => {
    // JSON writes NaN as null, and CloudWatch would drop the whole document.
    if (!Number.isFinite(value)) return;
    const group = groupOf(name, dimensions ?? {});
    const values = group.values.get(name);
    if (!values) group.values.set(name, [value]);
    else if (definitionOf(name).unit === 'Count') values[0] = (values[0] ?? 0) + value;
    else values.push(value);
    if (values === undefined || values.length < mostValues) return;
    // A full list leaves at once, so that memory does not grow with traffic.
    group.values.delete(name);
    writeGroup({ ...group, values: new Map([[name, values]]) });
  };

  const flush = (): void => {
    const due = [...groups.values()].filter((group) => group.values.size > 0);
    groups.clear();
    found.clear();
    due.forEach(writeGroup);
  };

  return { add, flush };
};

const writeLine = (line: string): void => void process.stdout.write(`${line}\n`);
