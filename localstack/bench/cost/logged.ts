import { readFileSync, statSync } from 'node:fs';
import { isObject, objectsIn, type JsonObject } from '../../../src/core/json';

/** What a worker has said since it began: CloudWatch bills each byte of it, and each metric that it names. */
export interface Logged {
  readonly bytes: number;
  readonly metrics: number;
}

const texts = (value: unknown): readonly string[] => (Array.isArray(value) ? value.map(String) : []);

/** Names of one line in CloudWatch's embedded format, each with the values of its dimensions: that is one metric to the bill. */
const metricsOf = (line: JsonObject): readonly string[] => {
  const about = isObject(line['_aws']) ? line['_aws'] : {};
  return objectsIn(about['CloudWatchMetrics']).flatMap(({ Namespace, Dimensions, Metrics }) =>
    (Array.isArray(Dimensions) ? Dimensions : []).flatMap((dimensions) => {
      const values = texts(dimensions).map((name) => [name, line[name]]);
      return objectsIn(Metrics).map(({ Name }) => JSON.stringify([Namespace, Name, values]));
    }),
  );
};

export const loggedIn = (file: string): Logged => {
  const lines = readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => line.startsWith('{"_aws"'));
  const metrics = new Set(lines.flatMap((line) => metricsOf(JSON.parse(line) as JsonObject)));
  return { bytes: statSync(file).size, metrics: metrics.size };
};
