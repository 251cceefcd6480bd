import type { GenesysResource, Purpose } from './genesys-answers';
import type { Lever } from './on-call/levers';
import type { RejectionReason } from './rejection';
import type { Pane } from './record';

/**
 * Every metric: its unit and the names of its dimensions. Dashboards and alarms are built from this table; a renamed metric
 * fails the type check there, not production.
 */
export const metricDefinitions = {
  /** Deliveries received, duplicates included. */
  MessagesReceived: { unit: 'Count', dimensions: [] },
  /** Canonical events written to the table, duplicates included. */
  EventsAdmitted: { unit: 'Count', dimensions: [] },
  /** Deliveries deleted after their events were stored or they were set aside. */
  MessagesDeleted: { unit: 'Count', dimensions: [] },
  /** Messages set aside in the dead-letter queue. */
  MessagesRejected: { unit: 'Count', dimensions: ['reason'] },
  /** Messages handed back because a step failed; they come again. */
  MessagesKept: { unit: 'Count', dimensions: [] },
  /** Deliveries of messages that have been received ten times or more: something is wrong with them, or with us. */
  MessagesFailing: { unit: 'Count', dimensions: [] },
  /** Messages of a subject that is declared to be ignored. */
  EventsIgnored: { unit: 'Count', dimensions: ['subject'] },
  /** Events of a subject that is declared to be passed through, published as they are. */
  EventsPassed: { unit: 'Count', dimensions: ['subject'] },
  /** Departures from the newest schema that do not stop us: unknown fields and values, changed types. */
  SchemaDrift: { unit: 'Count', dimensions: ['subject'] },
  /** Events that arrived after their window had closed and opened it again. */
  WindowsReopened: { unit: 'Count', dimensions: [] },
  /** Revisions put. */
  RecordsPut: { unit: 'Count', dimensions: ['pane'] },
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
  AwsRequests: { unit: 'Count', dimensions: ['service', 'operation'] },
  GenesysRequests: { unit: 'Count', dimensions: ['status'] },
  /** Conversations asked for in one request: the more, the further the quota goes. */
  GenesysBatch: { unit: 'Count', dimensions: [] },
  /** Requests to Genesys that the fleet's budget did not allow yet. */
  GenesysHeldBack: { unit: 'Count', dimensions: ['resource', 'purpose'] },
  /** Conversations that a reconciliation pass compared; of these, those that differed; and those that we had no record of. */
  ReconciliationCompared: { unit: 'Count', dimensions: [] },
  ReconciliationDiffered: { unit: 'Count', dimensions: [] },
  ReconciliationUnknown: { unit: 'Count', dimensions: [] },
} as const satisfies Record<string, { unit: 'Count' | 'Milliseconds' | 'None'; dimensions: readonly string[] }>;

export type MetricName = keyof typeof metricDefinitions;

/** What the worker cannot do without; each has a breaker. */
export type Dependency = 'table' | 'genesys' | 'step-functions' | 'sns';

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

export type MetricDimensions<N extends MetricName> = {
  readonly [D in (typeof metricDefinitions)[N]['dimensions'][number]]: DimensionValues[D];
};
