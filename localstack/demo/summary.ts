import Table from 'cli-table3';
import type { StoredRecord } from '../../src/core/items';
import { deadLetterAttributes } from '../../src/core/rejection';
import { executionRatio } from './judge/records';
import type { Observed } from './observe';
import { conversationsPerRequest, partOf } from './asked';
import { doorRows, type DoorResult } from './door/summary';
import type { Plan } from './plan';
import type { WorkerMetrics } from './worker-metrics';

export interface Result {
  readonly plan: Plan;
  readonly observed: Observed;
  /** Of Genesys. */
  readonly asked: readonly string[];
  readonly metrics: WorkerMetrics;
  /** Null: nothing came over HTTP. */
  readonly door: DoorResult | null;
  readonly tookMs: number;
}

const number = (value: number): string => Math.round(value).toLocaleString('en-US');

/** `3 late, 12 on_time`, the most frequent first. */
const tally = (counts: ReadonlyMap<string, number>): string =>
  [...counts]
    .sort(([, a], [, b]) => b - a)
    .map(([name, count]) => `${number(count)} ${name}`)
    .join(', ');

const countBy = <T>(items: readonly T[], nameOf: (item: T) => string): ReadonlyMap<string, number> => {
  const counts = new Map<string, number>();
  for (const item of items) counts.set(nameOf(item), (counts.get(nameOf(item)) ?? 0) + 1);
  return counts;
};

const messageRows = ({ plan, observed, metrics }: Result): readonly (readonly string[])[] => {
  const messages = plan.waves.flat();
  const kinds = countBy(messages, ({ kind }) => kind);
  const admitted = metrics.total('EventsAdmitted');
  const distinct = [...observed.records.values()].reduce(
    (total, revisions) => total + (revisions.at(-1)?.record.eventCount ?? 0),
    0,
  );
  const reasons = countBy(observed.deadLetters, ({ attributes }) => attributes[deadLetterAttributes.reason] ?? 'see note');
  return [
    ['messages sent', number(messages.length), tally(kinds)],
    ['events in', number(admitted), `${number(distinct)} distinct, ${number(admitted - distinct)} duplicates or attached`],
    ['dead letters', number(observed.deadLetters.length), tally(reasons)],
  ];
};

const recordRows = ({ plan, observed }: Result): readonly (readonly string[])[] => {
  const revisions: readonly StoredRecord[] = [...observed.records.values()].flat();
  const stories = new Set(plan.conversations.map(({ story }) => story)).size;
  const panes = countBy(revisions, ({ record }) => record.pane);
  const statuses = countBy(revisions, ({ record }) => record.status);
  const succeeded = observed.executions.filter(({ status }) => status === 'SUCCEEDED').length;
  return [
    ['conversations', number(observed.records.size), `${stories} kinds of them`],
    ['revisions', number(revisions.length), `${tally(panes)}; ${tally(statuses)}`],
    ['executions started', number(observed.executions.length), `${number(succeeded)} succeeded`],
    ['… per conversation', executionRatio(plan.conversations, observed).toFixed(3), 'reopenings and late events aside'],
    ['notifications', number(observed.published.length), 'records, and events that are passed on'],
  ];
};

const extras = ['participantAttributes', 'transcript', 'sentiment'] as const;

/** Names of what a workflow was given beside the details. */
const givenTo = ({ input }: Observed['executions'][number]): readonly string[] => {
  const given = JSON.parse(input) as Partial<Record<(typeof extras)[number], { readonly status: string }>>;
  return extras.filter((name) => given[name]?.status === 'complete');
};

const genesysRows = ({ asked, metrics, observed }: Result): readonly (readonly string[])[] => {
  const answers = new Map([...metrics.by('GenesysRequests', 'status')].map(([status, count]) => [`answered ${status}`, count]));
  return [
    ['requests to Genesys', number(asked.length), tally(countBy(asked, partOf))],
    ['… as workers count them', number(metrics.total('GenesysRequests')), tally(answers)],
    ['… conversations per details', conversationsPerRequest(asked).toFixed(1), 'windows that close together ask together'],
    ['executions given more', '', tally(countBy(observed.executions.flatMap(givenTo), (name) => name))],
  ];
};

const costRows = ({ metrics, tookMs }: Result): readonly (readonly string[])[] => {
  const per1000 = 1000 / Math.max(1, metrics.total('EventsAdmitted'));
  const byService = [...metrics.by('AwsRequests', 'service')].map(([service, count]) => [service, count * per1000] as const);
  const queries = metrics.by('AwsRequests', 'operation').get('Query') ?? 0;
  return [
    ['AWS requests per 1,000 events', number(metrics.total('AwsRequests') * per1000), tally(new Map(byService))],
    ['… of which Query', number(queries * per1000), 'timers look for due windows 5 times a second here, busy or not'],
    ['time taken', `${(tookMs / 1000).toFixed(1)} s`, ''],
  ];
};

/** What a newcomer wants to see. */
export const summaryTable = (result: Result): string => {
  const table = new Table({
    colAligns: ['left', 'right', 'left'],
    style: { head: [], border: [] },
    wordWrap: true,
    colWidths: [32, 10, 62],
  });
  table.push(
    ...[
      ...messageRows(result),
      ...(result.door ? doorRows(result.door) : []),
      ...recordRows(result),
      ...genesysRows(result),
      ...costRows(result),
    ].map((row) => [...row]),
  );
  return table.toString();
};
