import type { MetricName, SeriesDimensions } from '../../src/core/metric-names';
import type { Lever } from '../../src/core/on-call/levers';
import type { AwsDimensions, AwsMetricName, AwsNamespace } from './aws-metrics';

/* What an alarm or a graph looks at, as data; a name or a dimension that is no metric's fails the type check. */

export type Statistic = 'Sum' | 'Maximum' | 'Minimum' | 'Average' | 'p50' | 'p99';

export interface Series {
  /** Null: the workers' own metrics, in their namespace. */
  readonly namespace: AwsNamespace | null;
  readonly name: string;
  readonly dimensions: Readonly<Record<string, string>>;
  readonly statistic: Statistic;
}

/** One series, or an expression of CloudWatch's metric math over some, each by the name it has there. */
export interface Watched {
  readonly expression: string | null;
  readonly over: Readonly<Record<string, Series>>;
  /** As the runbook says it: names of metrics in backticks. */
  readonly words: string;
}

export const ours = <N extends MetricName>(name: N, statistic: Statistic, dimensions?: SeriesDimensions<N>): Series => ({
  namespace: null,
  name,
  dimensions: dimensions ?? {},
  statistic,
});

export const ofAws = <S extends AwsNamespace, N extends AwsMetricName<S>>(
  namespace: S,
  name: N,
  statistic: Statistic,
  dimensions: AwsDimensions<S, N>,
): Series => ({ namespace, name, dimensions, statistic });

const statisticWords: Readonly<Record<Statistic, string>> = {
  ...{ Sum: '', Maximum: ', maximum', Minimum: ', minimum', Average: ', average' },
  ...{ p50: ', p50', p99: ', p99' },
};

/** `of`: whose it is, where the name does not say it. */
export const watch = (series: Series, of = ''): Watched => ({
  expression: null,
  over: { watched: series },
  words: `${series.namespace === null ? '' : `${series.namespace} `}\`${series.name}\`${of}${statisticWords[series.statistic]}`,
});

/** While a person has paused it on purpose the value is `calm`: the lever has an alarm of its own. */
export const unlessPaused = (lever: Lever, series: Series, calm: number): Watched => ({
  expression: `IF(paused > 0, ${calm}, watched)`,
  over: { watched: series, paused: ours('LeverPaused', 'Maximum', { lever }) },
  words: `${watch(series).words}, unless \`LeverPaused\` of \`${lever}\` is 1`,
});

/** Of a hundred. Nothing over nothing is 0. */
export const percent = (part: string, whole: string): string => `100 * (${part}) / (${whole} + (${whole} == 0))`;

/** What is only emitted when it happens. */
export const orNone = (name: string): string => `FILL(${name}, 0)`;
