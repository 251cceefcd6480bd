import type { Series } from '../alarms/series';

/** One graph: its lines by their labels. */
export interface Graph {
  readonly title: string;
  readonly lines: Readonly<Record<string, Series>>;
  /** Lines that are measured by the axis on the right. */
  readonly right?: Readonly<Record<string, Series>>;
  readonly stacked?: boolean;
}

export interface Row {
  readonly title: string;
  /** Headings of the runbook. */
  readonly sections: readonly string[];
  readonly graphs: readonly Graph[];
}

export const linesBy = <T extends string>(values: readonly T[], series: (value: T) => Series): Readonly<Record<string, Series>> =>
  Object.fromEntries(values.map((value) => [value, series(value)]));
