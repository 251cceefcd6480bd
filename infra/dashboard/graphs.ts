import type { WorkerDependency } from '../../src/core/metric-names';
import { levers } from '../../src/core/on-call/levers';
import { rejectionReasons } from '../../src/core/rejection';
import type { AlarmPlaces } from '../alarms/definition';
import { ingestRow } from './ingest-row';
import { linesBy, type Row } from './row';
import { ofAws, ours, type Series } from '../alarms/series';

const visible = (QueueName: string): Series => ofAws('AWS/SQS', 'ApproximateNumberOfMessagesVisible', 'Maximum', { QueueName });

const comes = ({ partnerSource, bus, rules }: AlarmPlaces): Readonly<Record<string, Series>> =>
  partnerSource === null
    ? linesBy(rules, (RuleName) => ofAws('AWS/Events', 'MatchedEvents', 'Sum', { EventBusName: bus, RuleName }))
    : { 'from Genesys': ofAws('AWS/Events', 'Events', 'Sum', { EventSourceName: partnerSource }) };

const execution = (
  { stateMachineArn: StateMachineArn }: AlarmPlaces,
  name: 'ExecutionsStarted' | 'ExecutionsSucceeded' | 'ExecutionsFailed' | 'ExecutionsTimedOut' | 'ExecutionsAborted',
): Series => ofAws('AWS/States', name, 'Sum', { StateMachineArn });

const answer = (places: AlarmPlaces): Row => ({
  title: 'Is anything wrong?',
  sections: ['Silence', 'The watermark lags', 'Dead letters', 'Failed executions'],
  graphs: [
    { title: 'Do events come?', lines: { ...comes(places), received: ours('MessagesReceived', 'Sum') } },
    { title: 'How fresh are records? (watermark lag)', lines: { lag: ours('WatermarkLag', 'Maximum') } },
    {
      title: 'What lies in dead-letter queues?',
      lines: {
        worker: visible(places.deadLetterQueue),
        EventBridge: visible(places.eventDeadLetterQueue),
        ...Object.fromEntries(places.subscribers.map(({ name, queue }) => [name, visible(queue)])),
      },
    },
    {
      title: 'Do executions fail?',
      lines: {
        failed: execution(places, 'ExecutionsFailed'),
        'timed out': execution(places, 'ExecutionsTimedOut'),
        aborted: execution(places, 'ExecutionsAborted'),
      },
    },
  ],
});

const intake = ({ intakeQueue: QueueName }: AlarmPlaces): Row => ({
  title: 'Intake',
  sections: ['The queue grows', 'Messages are admitted late', 'Many errors', 'Nobody receives'],
  graphs: [
    {
      title: 'Rate',
      lines: {
        sent: ofAws('AWS/SQS', 'NumberOfMessagesSent', 'Sum', { QueueName }),
        received: ours('MessagesReceived', 'Sum'),
        deleted: ours('MessagesDeleted', 'Sum'),
        kept: ours('MessagesKept', 'Sum'),
        'events admitted': ours('EventsAdmitted', 'Sum'),
      },
      right: { polls: ours('PollsSucceeded', 'Sum') },
    },
    { title: 'Latency', lines: { p50: ours('IngestionDelay', 'p50'), p99: ours('IngestionDelay', 'p99') } },
    {
      title: 'Queue',
      lines: {
        waiting: visible(QueueName),
        'in flight': ofAws('AWS/SQS', 'ApproximateNumberOfMessagesNotVisible', 'Maximum', { QueueName }),
      },
      right: { 'age of the oldest': ofAws('AWS/SQS', 'ApproximateAgeOfOldestMessage', 'Maximum', { QueueName }) },
    },
    {
      title: 'Refused, by reason',
      stacked: true,
      lines: {
        ...linesBy(rejectionReasons, (reason) => ours('MessagesRejected', 'Sum', { reason })),
        'gave up': ours('MessagesGivenUp', 'Sum'),
      },
    },
  ],
});

const windows: Row = {
  title: 'Windows',
  sections: ['Windows close late', 'Closes fail', 'Parked windows', 'Many late revisions'],
  graphs: [
    {
      title: 'Delay',
      lines: {
        'claimed late, p50': ours('CloseDelay', 'p50'),
        'claimed late, p99': ours('CloseDelay', 'p99'),
        'oldest overdue': ours('OldestOverdue', 'Maximum'),
      },
    },
    {
      title: 'Revisions, by pane',
      stacked: true,
      lines: linesBy(['early', 'on_time', 'late'], (pane) => ours('RecordsPut', 'Sum', { pane })),
    },
    {
      title: 'Failures',
      lines: { 'closes failed': ours('ClosesFailed', 'Sum'), parked: ours('WindowsParked', 'Sum') },
    },
    {
      title: 'Lateness and drift',
      lines: { reopened: ours('WindowsReopened', 'Sum'), drift: ours('SchemaDrift', 'Sum') },
    },
  ],
};

const dependencies: readonly WorkerDependency[] = ['table', 'genesys', 'step-functions', 'sns'];

const downstream = (places: AlarmPlaces): Row => ({
  title: 'Downstream',
  sections: ['A breaker is open', 'A lever is pulled', 'Genesys holds us back', 'A subscriber did not take records'],
  graphs: [
    {
      title: 'Held back, paused',
      lines: {
        ...linesBy(dependencies, (dependency) => ours('BreakerOpen', 'Maximum', { dependency })),
        ...linesBy(levers, (lever) => ours('LeverPaused', 'Maximum', { lever })),
      },
    },
    {
      title: 'Genesys',
      lines: {
        requests: ours('GenesysRequests', 'Sum'),
        'answered 429': ours('GenesysRequests', 'Sum', { status: '429' }),
        'held back': ours('GenesysHeldBack', 'Sum', { purpose: 'live' }),
      },
    },
    {
      title: 'Enrichment',
      lines: {
        started: execution(places, 'ExecutionsStarted'),
        succeeded: execution(places, 'ExecutionsSucceeded'),
        'started by us': ours('ExecutionsStarted', 'Sum'),
      },
    },
    { title: 'Published', lines: { records: ours('RecordsPublished', 'Sum') } },
  ],
});

const cost = ({ cluster: ClusterName, service: ServiceName, table: TableName }: AlarmPlaces): Row => ({
  title: 'Fleet, and what costs',
  sections: ['Nobody receives', 'The queue grows'],
  graphs: [
    {
      title: 'Tasks',
      lines: { running: ofAws('ECS/ContainerInsights', 'RunningTaskCount', 'Average', { ClusterName, ServiceName }) },
      right: {
        'CPU %': ofAws('AWS/ECS', 'CPUUtilization', 'Average', { ClusterName, ServiceName }),
        'memory %': ofAws('AWS/ECS', 'MemoryUtilization', 'Average', { ClusterName, ServiceName }),
      },
    },
    {
      title: 'Requests to AWS, by service',
      stacked: true,
      lines: linesBy(['SQS', 'DynamoDB', 'SFN', 'SNS'], (service) => ours('AwsRequests', 'Sum', { service })),
    },
    {
      title: 'Capacity that the table used',
      lines: {
        read: ofAws('AWS/DynamoDB', 'ConsumedReadCapacityUnits', 'Sum', { TableName }),
        written: ofAws('AWS/DynamoDB', 'ConsumedWriteCapacityUnits', 'Sum', { TableName }),
      },
    },
    { title: 'Conversations asked of Genesys in one request', lines: { asked: ours('GenesysBatch', 'Sum') } },
  ],
});

/** From what matters at night to what matters on the bill. */
export const dashboardRows = (places: AlarmPlaces): readonly Row[] => [
  answer(places),
  intake(places),
  windows,
  downstream(places),
  ...(places.ingest === null ? [] : [ingestRow(places.ingest)]),
  cost(places),
];
