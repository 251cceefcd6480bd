import type { GenesysResource, Purpose } from './genesys-answers';
import type { Lever } from './on-call/levers';
import type { RejectionReason } from './rejection';
import type { Pane } from './record';

interface MetricDefinition {
  readonly unit: 'Count' | 'Milliseconds' | 'None';
  readonly dimensions: readonly string[];
  /** Sets of fewer dimensions by which CloudWatch keeps it, too: an alarm must name all that a metric has, and can add up but ten. */
  readonly alsoBy?: readonly (readonly string[])[];
}

/**
 * Every metric: its unit and the names of its dimensions. Dashboards and alarms are built from this table; a renamed metric
 * fails the type check there, not production.
 */
export const metricDefinitions = {
  /** Receives of the queue that were answered, empty ones included: 0 is a worker that cannot receive, silence is no worker. */
  PollsSucceeded: { unit: 'Count', dimensions: [] },
  /** Deliveries received, duplicates included. */
  MessagesReceived: { unit: 'Count', dimensions: [] },
  /** Canonical events written to the table, duplicates included. */
  EventsAdmitted: { unit: 'Count', dimensions: [] },
  /** Deliveries deleted after their events were stored or they were set aside. */
  MessagesDeleted: { unit: 'Count', dimensions: [] },
  /** From SQS's acceptance of a message to when it was stored, passed on or set aside. */
  IngestionDelay: { unit: 'Milliseconds', dimensions: [] },
  /** Messages set aside in the dead-letter queue. */
  MessagesRejected: { unit: 'Count', dimensions: ['reason'], alsoBy: [[]] },
  /** Messages handed back because a step failed; they come again. */
  MessagesKept: { unit: 'Count', dimensions: [] },
  /** Deliveries of messages that have been received ten times or more: something is wrong with them, or with us. */
  MessagesFailing: { unit: 'Count', dimensions: [] },
  /** Messages handed back for the last time: SQS now moves them to the dead-letter queue by itself. */
  MessagesGivenUp: { unit: 'Count', dimensions: [] },
  /** Messages of a subject that is declared to be ignored. */
  EventsIgnored: { unit: 'Count', dimensions: ['subject'] },
  /** Events of a subject that is declared to be passed through, published as they are. */
  EventsPassed: { unit: 'Count', dimensions: ['subject'] },
  /** Departures from the newest schema that do not stop us: unknown fields and values, changed types. */
  SchemaDrift: { unit: 'Count', dimensions: ['subject'], alsoBy: [[]] },
  /** Events that arrived after their window had closed and opened it again. */
  WindowsReopened: { unit: 'Count', dimensions: [] },
  /** Revisions put. */
  RecordsPut: { unit: 'Count', dimensions: ['pane'], alsoBy: [[]] },
  ExecutionsStarted: { unit: 'Count', dimensions: [] },
  /** Starts that found their execution already there: the price of a crash, paid by a name. */
  ExecutionsAlready: { unit: 'Count', dimensions: [] },
  RecordsPublished: { unit: 'Count', dimensions: [] },
  /** Closes that failed and will be tried again. */
  ClosesFailed: { unit: 'Count', dimensions: [] },
  /** Windows that failed too often and wait for a person. Alarm on any. */
  WindowsParked: { unit: 'Count', dimensions: [] },
  /** Now minus the fleet's watermark. */
  WatermarkLag: { unit: 'Milliseconds', dimensions: [] },
  /** How long after its due time a window was claimed. */
  CloseDelay: { unit: 'Milliseconds', dimensions: [] },
  /** For how long the oldest window that was found has been due; 0 where none is. Also of those that nobody claims. */
  OldestOverdue: { unit: 'Milliseconds', dimensions: [] },
  /** How far behind the newest queue time seen a message arrived, at its first receipt: what OUT_OF_ORDERNESS_MS is to cover. */
  Disorder: { unit: 'Milliseconds', dimensions: ['subject'] },
  /** How long after its conversation already looked complete an event came, in queue time: what HOLD_MS is to cover. */
  HoldGap: { unit: 'Milliseconds', dimensions: ['subject'] },
  /** The same where after-call work was still awaited: what ACW_HOLD_MS is to cover. */
  AcwHoldGap: { unit: 'Milliseconds', dimensions: ['subject'] },
  /** 1 while calls of it are held back because it does not answer, else 0. */
  BreakerOpen: { unit: 'None', dimensions: ['dependency'] },
  /** 1 while a person has paused it for the whole fleet, else 0. Alarm on any: nothing but a person ends it. */
  LeverPaused: { unit: 'None', dimensions: ['lever'] },
  /** Requests to AWS, retries included. */
  AwsRequests: { unit: 'Count', dimensions: ['service', 'operation'], alsoBy: [['service']] },
  GenesysRequests: { unit: 'Count', dimensions: ['status'], alsoBy: [[]] },
  /** Conversations asked for in one request: the more, the further the quota goes. */
  GenesysBatch: { unit: 'Count', dimensions: [] },
  /** Requests to Genesys that the fleet's budget did not allow yet. */
  GenesysHeldBack: { unit: 'Count', dimensions: ['resource', 'purpose'], alsoBy: [['purpose']] },
  /** Conversations that a reconciliation pass compared; of these, those that differed; and those that we had no record of. */
  ReconciliationCompared: { unit: 'Count', dimensions: [] },
  ReconciliationDiffered: { unit: 'Count', dimensions: [] },
  ReconciliationUnknown: { unit: 'Count', dimensions: [] },
  /** Answers to posts of events over HTTP, by their status. */
  PostsAnswered: { unit: 'Count', dimensions: ['status'], alsoBy: [[]] },
  /** From the head of a post to its answer, where that was 200. */
  PostDelay: { unit: 'Milliseconds', dimensions: [] },
  /** Posts in one write to the queue: the more, the fewer requests. */
  PostsGathered: { unit: 'Count', dimensions: [] },
  /** Posts that were answered out of what is kept of their idempotency key: a sender tries again. */
  PostsRepeated: { unit: 'Count', dimensions: [] },
  /** Posts that were accepted although what is kept of their key could not be read or written: tried again, they are sent twice. */
  PostKeysMissed: { unit: 'Count', dimensions: [] },
} as const satisfies Record<string, MetricDefinition>;

export type MetricName = keyof typeof metricDefinitions;

export const definitionOf = (name: MetricName): MetricDefinition => metricDefinitions[name];

/** What the worker cannot do without; each has a breaker. */
export type WorkerDependency = 'table' | 'genesys' | 'step-functions' | 'sns';

/** The door over HTTP needs the queue and nothing else. */
export type Dependency = WorkerDependency | 'sqs';

interface DimensionValues {
  readonly reason: RejectionReason;
  readonly pane: Pane;
  readonly subject: string;
  readonly service: string;
  readonly operation: string;
  readonly dependency: Dependency;
  readonly lever: Lever;
  readonly status: string;
  readonly resource: GenesysResource;
  readonly purpose: Purpose;
}

type Definition<N extends MetricName> = (typeof metricDefinitions)[N];

export type MetricDimensions<N extends MetricName> = {
  readonly [D in Definition<N>['dimensions'][number]]: DimensionValues[D];
};

/** Nothing besides, where there are none. */
type Named<D extends keyof DimensionValues> = [D] extends [never]
  ? Readonly<Record<string, never>>
  : { readonly [K in D]: DimensionValues[K] };

type NamedBy<S> = S extends readonly (keyof DimensionValues)[] ? Named<S[number]> : never;

/** What CloudWatch knows a metric by: all of its dimensions, or one of the smaller sets. */
export type SeriesDimensions<N extends MetricName> =
  | Named<Definition<N>['dimensions'][number]>
  | (Definition<N> extends { readonly alsoBy: readonly (infer S)[] } ? NamedBy<S> : never);
