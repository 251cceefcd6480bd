/*
 * Queues, table, topic and state machine as plain data, each setting with its reason. The embedded stand-ins, LocalStack and CDK
 * create what is written here and nothing else, so that a laptop and production differ in size, not in kind.
 */

export const defaultPrefix = 'tidemark';

export interface QueueDefinition {
  readonly name: string;
  readonly visibilitySeconds: number;
  readonly retentionSeconds: number;
  readonly receiveWaitSeconds: number;
  readonly maximumMessageBytes: number;
}

export interface IntakeQueueDefinition extends QueueDefinition {
  /** Receives after which SQS itself moves a message to the dead-letter queue. */
  readonly maxReceiveCount: number;
}

export interface TableDefinition {
  readonly name: string;
  readonly billing: 'on-demand';
  readonly partitionKey: 'pk';
  readonly sortKey: 'sk';
  /** Epoch seconds, as DynamoDB wants it; all other times in the table are epoch ms. */
  readonly timeToLive: 'expiresAt';
  readonly dueIndex: {
    readonly name: 'due';
    readonly partitionKey: 'dueOn';
    readonly sortKey: 'dueAt';
    readonly projection: 'keys-only';
  };
  readonly pointInTimeRecovery: boolean;
}

export interface StateMachineDefinition {
  readonly name: string;
  readonly type: 'STANDARD';
  /** Amazon States Language, relative to the root of the project. */
  readonly definitionFile: string;
  /** Names that stand in the definition as `${Name}` until it is deployed. */
  readonly substitutions: readonly DefinitionSubstitution[];
  readonly logging: { readonly level: 'ERROR'; readonly includeExecutionData: false };
}

/** The table that holds the guards; where CRM and tickets are, and the EventBridge connections that hold the credentials for them. */
export type DefinitionSubstitution =
  'TableName' | 'CrmApiEndpoint' | 'CrmConnectionArn' | 'TicketApiEndpoint' | 'TicketConnectionArn';

export interface Resources {
  readonly intakeQueue: IntakeQueueDefinition;
  readonly deadLetterQueue: QueueDefinition;
  /** EventBridge's, of the target that fills the intake queue. */
  readonly eventDeadLetterQueue: QueueDefinition;
  readonly table: TableDefinition;
  readonly topic: { readonly name: string };
  readonly stateMachine: StateMachineDefinition;
}

const daySeconds = 86_400;
const fourteenDays = 14 * daySeconds;
const mebibyte = 1_048_576;

const intakeQueue = (prefix: string): IntakeQueueDefinition => ({
  name: `${prefix}-intake`,
  // Admitting a batch takes well under a second. A dead worker's messages hide, and hold the watermark back, for this long: so short,
  // but long enough for a batch that waits out a throttled table.
  visibilitySeconds: 60,
  // SQS's maximum: a backlog must survive the longest outage that anybody sleeps through.
  retentionSeconds: fourteenDays,
  // SQS's maximum. Only a long poll asks every server of the queue, so only an empty long poll may move the watermark.
  receiveWaitSeconds: 20,
  // SQS's maximum, and EventBridge's: nothing that can be sent is refused before we have seen it.
  maximumMessageBytes: mebibyte,
  // SQS's maximum. A message that can never succeed is set aside by the worker on first receipt, with its reason; what comes again
  // and again does so because something else is broken, and an outage must dead-letter nothing. This count is only the last net,
  // for a message that kills its worker before it can say why.
  maxReceiveCount: 1_000,
});

const deadLetterQueue = (prefix: string): QueueDefinition => ({
  name: `${prefix}-dead-letters`,
  // Time for a person to read a batch before it shows up again.
  visibilitySeconds: 60,
  // SQS's maximum. What SQS moves here by itself keeps its age, so alarm on the first message, not on an old one.
  retentionSeconds: fourteenDays,
  receiveWaitSeconds: 20,
  // Dead letters are byte for byte what came.
  maximumMessageBytes: mebibyte,
});

const eventDeadLetterQueue = (prefix: string): QueueDefinition => ({
  // One of its own: what EventBridge could not deliver never was in our hands, and says so in attributes of its own. Among our dead
  // letters it would be one without a story.
  name: `${prefix}-event-dead-letters`,
  // As for dead letters: a person reads.
  visibilitySeconds: 60,
  // SQS's maximum. EventBridge itself tries for a day at most, by default, before it sends an event here.
  retentionSeconds: fourteenDays,
  receiveWaitSeconds: 20,
  // An event that only just fits the intake queue fits here, too.
  maximumMessageBytes: mebibyte,
});

/** What one subscriber of the record topic could not be delivered. Each has its own: a letter does not say whom it was for. */
export const subscriptionDeadLetterQueue = (prefix: string, subscriber: string): QueueDefinition => ({
  ...deadLetterQueue(prefix),
  name: `${prefix}-${subscriber}-dead-letters`,
});

const table = (prefix: string): TableDefinition => ({
  name: `${prefix}-windows`,
  // Contact centres breathe: ten times the night's traffic at nine in the morning. Provisioned capacity would throttle just then.
  billing: 'on-demand',
  partitionKey: 'pk',
  sortKey: 'sk',
  timeToLive: 'expiresAt',
  // Sparse: only heads that wait have `dueOn`. Keys only: a due head is claimed, conditionally, on the table, so nothing else is needed.
  dueIndex: { name: 'due', partitionKey: 'dueOn', sortKey: 'dueAt', projection: 'keys-only' },
  // Revisions and the bytes that were sent exist nowhere else.
  pointInTimeRecovery: true,
});

const stateMachine = (prefix: string): StateMachineDefinition => ({
  name: `${prefix}-enrichment`,
  // STANDARD: only there does a name protect from a second execution, for 90 days. EXPRESS runs whatever it is sent.
  type: 'STANDARD',
  definitionFile: 'infra/enrichment.asl.json',
  substitutions: ['TableName', 'CrmApiEndpoint', 'CrmConnectionArn', 'TicketApiEndpoint', 'TicketConnectionArn'],
  // Inputs, answers and causes hold numbers, names and transcripts. What became of each step is in the execution itself.
  logging: { level: 'ERROR', includeExecutionData: false },
});

/** Everything Tidemark owns in AWS. The prefix keeps several installations apart in one account. */
export const resources = (prefix: string = defaultPrefix): Resources => ({
  intakeQueue: intakeQueue(prefix),
  deadLetterQueue: deadLetterQueue(prefix),
  eventDeadLetterQueue: eventDeadLetterQueue(prefix),
  table: table(prefix),
  // A standard topic: unordered and at least once, which subscribers must survive anyway; a FIFO topic would cap the rate.
  topic: { name: `${prefix}-records` },
  stateMachine: stateMachine(prefix),
});

/** What a stack tells those who work by hand: variables of the environment, and the output that holds each. */
export const stackOutputs = {
  QUEUE_URL: 'QueueUrl',
  DEAD_LETTER_QUEUE_URL: 'DeadLetterQueueUrl',
  EVENT_DEAD_LETTER_QUEUE_URL: 'EventDeadLetterQueueUrl',
  TABLE_NAME: 'TableName',
  STATE_MACHINE_ARN: 'StateMachineArn',
  RECORD_TOPIC_ARN: 'RecordTopicArn',
  /** The workers', so that what is written by hand is kept as long as what they write. */
  RETENTION_DAYS: 'RetentionDays',
} as const;

/** What else a stack tells: `doctor` looks at these. A stack without a worker's service lacks those of the service. */
export const moreOutputs = {
  eventBusName: 'EventBusName',
  ruleName: 'RuleName',
  genesysSecretArn: 'GenesysSecretArn',
  workerRoleArn: 'WorkerRoleArn',
  clusterName: 'ClusterName',
  serviceName: 'ServiceName',
  logGroupName: 'LogGroupName',
  genesysSettings: 'GenesysSettings',
} as const;

/** What a stack with ingest over HTTP tells besides. Others lack it, and nothing is wrong with them. */
export const ingestOutputs = {
  /** Where the name that senders call is to point. */
  dnsName: 'IngestDnsName',
  secretArn: 'IngestSecretArn',
  serviceName: 'IngestServiceName',
  logGroupName: 'IngestLogGroupName',
} as const;

/** Variables of the workers that `GenesysSettings` tells, as JSON: where they ask Genesys, and what for. None is a secret. */
export const toldGenesysVariables = [
  'CALL_DETAILS',
  'GENESYS_REGION',
  'GENESYS_API_URL',
  'GENESYS_LOGIN_URL',
  'GENESYS_REQUESTS_PER_MINUTE',
  'PARTICIPANT_ATTRIBUTES',
  'TRANSCRIPT',
  'SENTIMENT',
  'RESOLVE_NAMES',
  'RECONCILE_AFTER_HOURS',
] as const;
