import { awsMetrics } from '../../infra/alarms/aws-metrics';
import { anchorOf } from '../../infra/alarms/words';
import { dashboardRows } from '../../infra/dashboard/graphs';
import { alarmsOf, page, sectionsOf } from '../runbook/page';
import { defaultAlarms, defaultPlaces } from './default-alarms';
import { ingestOn } from './ingest/contexts';
import { resourcesOf, synthesize } from './synthesized';

interface Stat {
  readonly Metric: { readonly Namespace: string; readonly MetricName: string; readonly Dimensions?: readonly { Name: string }[] };
}
interface AlarmProperties {
  readonly AlarmName?: unknown;
  readonly AlarmDescription?: string;
  readonly AlarmActions?: readonly unknown[];
  readonly OKActions?: readonly unknown[];
  readonly TreatMissingData?: string;
  readonly Period?: number;
  readonly EvaluationPeriods: number;
  readonly Metrics?: readonly { readonly MetricStat?: Stat & { readonly Period: number }; readonly Expression?: string }[];
}

const runbookUrl = 'https://wiki.example.com/runbook.md';
const template = synthesize({
  runbookUrl,
  eventSource: 'aws.partner/genesys.com/cloud/0a1b2c3d-0000-4000-8000-000000000000/tidemark',
  warehouse: 'on',
  ...ingestOn,
});
const alarms = Object.entries(resourcesOf(template, 'AWS::CloudWatch::Alarm'))
  .filter(([path]) => path.startsWith('Monitoring/'))
  .map(([, { Properties }]) => Properties as unknown as AlarmProperties);

const sections = new Set(sectionsOf(page).map(({ title }) => anchorOf(title)));

describe('every alarm of the stack', () => {
  test('is one of those that the runbook lists', () => {
    expect(alarms.map(({ AlarmName }) => AlarmName).sort()).toEqual(defaultAlarms.map(({ id }) => `tidemark-${id}`).sort());
  });

  test('says what it means and links to a section of the runbook that is there', () => {
    const link = new RegExp(`^[A-Z].+[.] ${runbookUrl.replaceAll('.', '[.]')}#([\\w-]+)$`);
    const linked = alarms.map(({ AlarmDescription = '' }) => link.exec(AlarmDescription)?.[1] ?? AlarmDescription);
    expect(linked.filter((anchor) => !sections.has(anchor))).toEqual([]);
  });

  test('tells somebody, and says what silence means; whoever was woken is told when it is over', () => {
    expect(alarms.filter(({ AlarmActions = [] }) => AlarmActions.length !== 1)).toEqual([]);
    expect(
      alarms.filter(({ TreatMissingData }) => !['breaching', 'notBreaching', 'ignore'].includes(TreatMissingData ?? '')),
    ).toEqual([]);
    const wakes = defaultAlarms.filter(({ urgency }) => urgency === 'wake').length;
    expect(alarms.filter(({ OKActions = [] }) => OKActions.length === 1)).toHaveLength(wakes);
  });

  test('is within the limits of CloudWatch: ten metrics, a day of periods, a week of those of an hour or more', () => {
    for (const { Metrics = [], Period, EvaluationPeriods } of alarms) {
      const stats = Metrics.flatMap(({ MetricStat }) => MetricStat ?? []);
      expect(stats.length).toBeLessThanOrEqual(10);
      const period = Period ?? stats[0]?.Period ?? 0;
      expect(period * EvaluationPeriods).toBeLessThanOrEqual(period >= 3_600 ? 604_800 : 86_400);
    }
  });
});

test('a section of the runbook that is called an alarm is linked to by one', () => {
  const linked = new Set(alarmsOf(page).map(({ title }) => title));
  const alarmed = sectionsOf(page).filter(({ text }) => /^\*\*Means\.\*\*/m.test(text));
  expect(alarmed.map(({ title }) => title).filter((title) => !linked.has(title))).toEqual([]);
});

test('metrics of AWS are named as its documentation names them, with all of their dimensions', () => {
  const series = [
    ...defaultAlarms.flatMap(({ watched }) => Object.values(watched.over)),
    ...dashboardRows(defaultPlaces).flatMap(({ graphs }) =>
      graphs.flatMap(({ lines, right = {} }) => Object.values({ ...lines, ...right })),
    ),
  ];
  const known: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>> = awsMetrics;
  const ofAws = series.flatMap(({ namespace, name, dimensions }) =>
    namespace === null ? [] : [{ namespace, name, dimensions }],
  );
  expect(ofAws.length).toBeGreaterThan(20);
  for (const { namespace, name, dimensions } of ofAws)
    expect([name, Object.keys(dimensions).sort()]).toEqual([name, [...(known[namespace]?.[name] ?? [])].sort()]);
});

test('a topic of our own lets the alarms of this account in, and nobody without TLS; one that is given is left alone', () => {
  const policies = Object.entries(resourcesOf(template, 'AWS::SNS::TopicPolicy')).filter(([path]) =>
    path.startsWith('Monitoring/'),
  );
  expect(policies).toHaveLength(2);
  for (const [, { Properties }] of policies) {
    expect(JSON.stringify(Properties)).toContain('"Principal":{"Service":"cloudwatch.amazonaws.com"}');
    expect(JSON.stringify(Properties)).toContain('"aws:SourceAccount":{"Ref":"AWS::AccountId"}');
    expect(JSON.stringify(Properties)).toContain('"aws:SecureTransport":"false"');
  }
  const arn = (name: string): string => `arn:aws:sns:us-east-1:123456789012:${name}`;
  const given = synthesize({ wakeTopicArn: arn('wake'), dayTopicArn: arn('day') });
  const topics = Object.keys(resourcesOf(given, 'AWS::SNS::Topic')).filter((path) => path.startsWith('Monitoring/'));
  expect(topics).toEqual([]);
});

test('the dashboard links to sections of the runbook that are there, and shows every alarm', () => {
  const [dashboard] = Object.values(resourcesOf(template, 'AWS::CloudWatch::Dashboard'));
  const body = JSON.stringify(dashboard?.Properties);
  const linked = [...body.matchAll(/runbook[.]md#([\w-]+)/g)].map(([, anchor = '']) => anchor);
  expect(linked.length).toBeGreaterThan(10);
  expect(linked.filter((anchor) => !sections.has(anchor))).toEqual([]);
  expect(body.match(/"Fn::GetAtt":\["MonitoringAlarms\w+","Arn"\]/g)).toHaveLength(defaultAlarms.length);
});

describe('what expressions make of numbers', () => {
  /* CloudWatch's metric math is near enough to JavaScript for the little that is used of it. */
  const valueOf = (id: string, given: Readonly<Record<string, number>>): number => {
    const { watched } = defaultAlarms.find((alarm) => alarm.id === id) ?? {};
    const names = Object.keys(watched?.over ?? {});
    const functions = {
      FILL: (value: number | undefined, otherwise: number) => value ?? otherwise,
      IF: (condition: unknown, yes: number, no: number) => (condition ? yes : no),
    };
    // eslint-disable-next-line @typescript-eslint/no-implied-eval
    const evaluate = new Function(...Object.keys(functions), ...names, `return ${watched?.expression ?? ''};`) as (
      ...all: unknown[]
    ) => number;
    return evaluate(...Object.values(functions), ...names.map((name) => given[name]));
  };

  test.each([
    { id: 'error-rate', given: { received: 10_000, rejected: 10 }, value: 0.1 },
    { id: 'error-rate', given: { received: 10_000, rejected: 6, givenUp: 3, parked: 2 }, value: 0.11 },
    { id: 'error-rate', given: { received: 0 }, value: 0 },
    { id: 'error-rate', given: { received: 0, parked: 1 }, value: 100 },
    { id: 'error-rate-high', given: { received: 100, rejected: 9 }, value: 0 },
    { id: 'error-rate-high', given: { received: 100, rejected: 9, givenUp: 1 }, value: 10 },
    { id: 'late-revisions', given: { all: 10, late: 9 }, value: 0 },
    { id: 'late-revisions', given: { all: 100, late: 10 }, value: 10 },
    { id: 'genesys-refuses', given: { asked: 200, refused: 4 }, value: 2 },
    { id: 'genesys-refuses', given: { asked: 200 }, value: 0 },
    { id: 'analytics-differ', given: { compared: 0, differed: 0, unknown: 0 }, value: 0 },
    { id: 'silence', given: { watched: 0, paused: 0 }, value: 0 },
    { id: 'silence', given: { watched: 0, paused: 1 }, value: 1 },
    { id: 'watermark-lag', given: { watched: 900_000, paused: 1 }, value: 0 },
    { id: 'intake-stuck', given: { received: 5, deleted: 0 }, value: 0 },
    { id: 'intake-stuck', given: { received: 0, deleted: 0 }, value: 1 },
    { id: 'executions-failed', given: { failed: 1, aborted: 2 }, value: 3 },
    { id: 'posts-fail', given: { ours: 5, itsOwn: 4, all: 5 }, value: 0 },
    { id: 'posts-fail', given: { ours: 10, all: 200 }, value: 5 },
    { id: 'posts-fail', given: { itsOwn: 10 }, value: 100 },
    { id: 'posts-fail', given: {}, value: 0 },
    { id: 'posts-unfit', given: { status422: 1, status400: 2 }, value: 3 },
  ])('$id of $given is $value', ({ id, given, value }) => {
    expect(valueOf(id, given)).toBeCloseTo(value);
  });
});
