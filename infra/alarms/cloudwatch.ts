import { Duration } from 'aws-cdk-lib';
import { MathExpression, Metric, type IMetric } from 'aws-cdk-lib/aws-cloudwatch';
import type { Series, Watched } from './series';

/** `namespace` is the workers'. */
export const metricOf = (series: Series, namespace: string, periodSeconds: number): Metric =>
  new Metric({
    namespace: series.namespace ?? namespace,
    metricName: series.name,
    dimensionsMap: { ...series.dimensions },
    statistic: series.statistic,
    period: Duration.seconds(periodSeconds),
  });

export const watchedMetric = ({ expression, over }: Watched, namespace: string, periodSeconds: number): IMetric => {
  const named = Object.entries(over).map(([name, series]) => [name, metricOf(series, namespace, periodSeconds)] as const);
  const only = expression === null ? named[0]?.[1] : undefined;
  if (only) return only;
  const usingMetrics = Object.fromEntries(named);
  return new MathExpression({
    expression: expression ?? '',
    usingMetrics,
    label: 'watched',
    period: Duration.seconds(periodSeconds),
  });
};
