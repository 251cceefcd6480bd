import type { MetricName } from '../../src/core/metric-names';

type Fields = Readonly<Record<string, unknown>>;

/** Counts that the workers wrote to their logs in CloudWatch's embedded format, summed over all of them. */
export interface WorkerMetrics {
  readonly total: (name: MetricName) => number;
  /** Split by one of its dimensions. */
  readonly by: (name: MetricName, dimension: string) => ReadonlyMap<string, number>;
}

const documentsIn = (log: string): readonly Fields[] =>
  log
    .split('\n')
    .filter((line) => line.startsWith('{"_aws"'))
    .map((line) => JSON.parse(line) as Fields);

const sum = (value: unknown): number => [value].flat().reduce<number>((total, part) => total + Number(part ?? 0), 0);

export const readMetrics = (logs: readonly string[]): WorkerMetrics => {
  const documents = logs.flatMap(documentsIn);
  return {
    total: (name) => documents.reduce((total, document) => total + sum(document[name]), 0),
    by: (name, dimension) => {
      const totals = new Map<string, number>();
      for (const document of documents.filter((fields) => name in fields)) {
        const value = String(document[dimension]);
        totals.set(value, (totals.get(value) ?? 0) + sum(document[name]));
      }
      return totals;
    },
  };
};
