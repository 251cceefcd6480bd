/* What CloudWatch makes of the lines that a process writes: a metric by its name and dimensions. */

export const keyOf = (name: string, dimensions: Readonly<Record<string, unknown>>): string =>
  [name, ...Object.entries(dimensions).sort()].join(' ');

interface Document {
  readonly _aws: { readonly CloudWatchMetrics: readonly Directive[] };
  readonly [member: string]: unknown;
}
interface Directive {
  readonly Namespace: string;
  readonly Dimensions: readonly (readonly string[])[];
  readonly Metrics: readonly { readonly Name: string }[];
}

export const keysIn = (line: string): readonly string[] => {
  const document = JSON.parse(line) as Document;
  return document._aws.CloudWatchMetrics.flatMap(({ Dimensions, Metrics }) =>
    Metrics.flatMap(({ Name }) =>
      Dimensions.map((set) => keyOf(Name, Object.fromEntries(set.map((name) => [name, document[name]])))),
    ),
  );
};
