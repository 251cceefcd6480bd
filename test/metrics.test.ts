import { Ajv2020 } from 'ajv/dist/2020';
import { createMetrics } from '../src/metrics';

/** After the specification "Embedded metric format" of the CloudWatch user guide, with its limits. */
const specification = {
  type: 'object',
  required: ['_aws'],
  properties: {
    _aws: {
      type: 'object',
      required: ['Timestamp', 'CloudWatchMetrics'],
      additionalProperties: false,
      properties: {
        Timestamp: { type: 'integer', minimum: 0 },
        CloudWatchMetrics: {
          type: 'array',
          minItems: 1,
          items: {
            type: 'object',
            required: ['Namespace', 'Dimensions', 'Metrics'],
            additionalProperties: false,
            properties: {
              Namespace: { type: 'string', minLength: 1, maxLength: 255 },
              Dimensions: {
                type: 'array',
                minItems: 1,
                items: { type: 'array', maxItems: 30, items: { type: 'string', minLength: 1, maxLength: 250 } },
              },
              Metrics: {
                type: 'array',
                minItems: 1,
                maxItems: 100,
                items: {
                  type: 'object',
                  required: ['Name', 'Unit'],
                  additionalProperties: false,
                  properties: { Name: { type: 'string', maxLength: 1024 }, Unit: { enum: ['Count', 'Milliseconds', 'None'] } },
                },
              },
            },
          },
        },
      },
    },
  },
  // Every other member is the value of a dimension or of a metric.
  additionalProperties: {
    anyOf: [
      { type: 'string', minLength: 1, maxLength: 1024 },
      { type: 'number' },
      { type: 'array', maxItems: 100, items: { type: 'number' } },
    ],
  },
};

interface Document {
  readonly _aws: {
    readonly Timestamp: number;
    readonly CloudWatchMetrics: readonly { readonly Dimensions: string[][]; readonly Metrics: { Name: string }[] }[];
  };
  readonly [member: string]: unknown;
}

const capture = () => {
  const lines: string[] = [];
  const metrics = createMetrics({
    namespace: 'Test',
    clock: { nowMs: () => 1_700_000_000_000 },
    write: (line) => lines.push(line),
  });
  return { metrics, lines, documents: () => lines.map((line) => JSON.parse(line) as Document) };
};

const conforms = new Ajv2020({ strict: true, allowUnionTypes: true }).compile(specification);

/** What the schema cannot say: every name that the directive mentions has a member. */
const isComplete = (document: Document): boolean =>
  document._aws.CloudWatchMetrics.every(
    ({ Dimensions, Metrics }) =>
      Dimensions.flat().every((name) => typeof document[name] === 'string') &&
      Metrics.every(({ Name }) => typeof document[Name] === 'number' || Array.isArray(document[Name])),
  );

test('counts are summed and durations kept, in one document until they are flushed', () => {
  const { metrics, lines, documents } = capture();
  metrics.add('MessagesReceived', 10);
  metrics.add('MessagesReceived', 3);
  metrics.add('CloseDelay', 40);
  metrics.add('CloseDelay', 7);
  expect(lines).toEqual([]);
  metrics.flush();
  expect(documents()).toEqual([
    {
      _aws: {
        Timestamp: 1_700_000_000_000,
        CloudWatchMetrics: [
          {
            Namespace: 'Test',
            Dimensions: [[]],
            Metrics: [
              { Name: 'MessagesReceived', Unit: 'Count' },
              { Name: 'CloseDelay', Unit: 'Milliseconds' },
            ],
          },
        ],
      },
      MessagesReceived: 13,
      CloseDelay: [40, 7],
    },
  ]);
});

test('each set of dimensions is a document of its own', () => {
  const { metrics, documents } = capture();
  metrics.add('AwsRequests', 2, { service: 'sqs', operation: 'ReceiveMessage' });
  metrics.add('AwsRequests', 5, { operation: 'BatchWriteItem', service: 'dynamodb' });
  metrics.add('AwsRequests', 1, { operation: 'ReceiveMessage', service: 'sqs' });
  metrics.flush();
  expect(documents().map(({ _aws, ...members }) => [_aws.CloudWatchMetrics[0]?.Dimensions, members])).toEqual([
    [[['service', 'operation'], ['service']], { service: 'sqs', operation: 'ReceiveMessage', AwsRequests: 3 }],
    [[['service', 'operation'], ['service']], { service: 'dynamodb', operation: 'BatchWriteItem', AwsRequests: 5 }],
  ]);
});

test('what CloudWatch keeps by fewer dimensions, too, is written once, with all of its sets', () => {
  const { metrics, documents } = capture();
  metrics.add('RecordsPut', 2, { pane: 'late' });
  metrics.add('GenesysHeldBack', 1, { resource: 'details', purpose: 'live' });
  metrics.flush();
  expect(documents().map(({ _aws, ...members }) => [_aws.CloudWatchMetrics[0]?.Dimensions, members])).toEqual([
    [[['pane'], []], { pane: 'late', RecordsPut: 2 }],
    [[['resource', 'purpose'], ['purpose']], { resource: 'details', purpose: 'live', GenesysHeldBack: 1 }],
  ]);
});

test('every document follows the specification, also with hundreds of values', () => {
  const { metrics, documents } = capture();
  for (let value = 0; value < 250; value += 1) {
    metrics.add('Disorder', value);
    metrics.add('MessagesReceived', 1);
    metrics.add('RecordsPut', 1, { pane: 'on_time' });
  }
  metrics.flush();
  for (const document of documents()) {
    expect(conforms(document) || conforms.errors).toBe(true);
    expect(isComplete(document)).toBe(true);
  }
  const values = documents().flatMap((document) => document['Disorder'] ?? []);
  expect(values).toEqual(Array.from({ length: 250 }, (_, value) => value));
  expect(documents().filter((document) => 'MessagesReceived' in document)).toHaveLength(1);
});

test('nothing added, nothing written; what was flushed is not written again', () => {
  const { metrics, lines } = capture();
  metrics.flush();
  expect(lines).toEqual([]);
  metrics.add('EventsAdmitted', 1);
  metrics.flush();
  metrics.flush();
  expect(lines).toHaveLength(1);
});

test('a list that has just left because it was full leaves no empty document behind', () => {
  const { metrics, lines } = capture();
  for (let value = 0; value < 100; value += 1) metrics.add('Disorder', value);
  metrics.flush();
  expect(lines).toHaveLength(1);
});

test('a value that is no number costs its neighbours nothing', () => {
  const { metrics, documents } = capture();
  metrics.add('EventsAdmitted', 2);
  metrics.add('EventsAdmitted', NaN);
  metrics.add('CloseDelay', Infinity);
  metrics.flush();
  expect(documents()).toMatchObject([{ EventsAdmitted: 2 }]);
  expect(documents()[0]).not.toHaveProperty('CloseDelay');
});
