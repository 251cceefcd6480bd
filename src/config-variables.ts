import {
  address,
  durationOrOff,
  list,
  matching,
  oneOf,
  optional,
  required,
  secret,
  wholeNumber,
  withDefault,
  type Condition,
} from './config-kinds';
import { ingestVariables } from './config-ingest-variables';
import { genesysRegions } from './genesys/regions';

const second = 1_000;
const hour = 3_600 * second;
const day = 24 * hour;

const onOff = (description: string) => withDefault(oneOf(['on', 'off']), 'off', description);
const milliseconds = (least: number, most: number) => wholeNumber('milliseconds', least, most);

const withGenesys: Condition = { text: 'if CALL_DETAILS=genesys', holds: (values) => values['CALL_DETAILS'] === 'genesys' };
const withGenesysByName: Condition = {
  text: `${withGenesys.text}, unless GENESYS_SECRET_ARN is given`,
  holds: (values) => withGenesys.holds(values) && values['GENESYS_SECRET_ARN'] === undefined,
};
const withGenesysByRegion: Condition = {
  text: `${withGenesys.text}, unless both URLs are given`,
  holds: (values) =>
    withGenesys.holds(values) && (values['GENESYS_API_URL'] === undefined || values['GENESYS_LOGIN_URL'] === undefined),
};

const places = {
  QUEUE_URL: required(address, 'The intake queue.'),
  DEAD_LETTER_QUEUE_URL: required(address, 'Where messages that can never succeed are set aside.'),
  TABLE_NAME: required(matching('a DynamoDB table name', /^[\w.-]{3,255}$/), 'The table that holds windows and records.'),
  STATE_MACHINE_ARN: required(
    matching('the ARN of a Step Functions state machine', /^arn:[\w-]+:states:[\w-]+:\d{12}:stateMachine:\S{1,160}$/),
    'The workflow started for each revision that is handed off.',
  ),
  RECORD_TOPIC_ARN: required(
    matching('the ARN of a standard SNS topic', /^arn:[\w-]+:sns:[\w-]+:\d{12}:[\w-]{1,256}$/),
    'Where each record is published.',
  ),
  EVENT_DEAD_LETTER_QUEUE_URL: optional(
    address,
    "EventBridge's own dead-letter queue, of the rule's target. The worker does not use it; `tidemark dead-letters` looks there.",
  ),
  AWS_REGION: optional(
    matching('an AWS region', /^[a-z]+(-[a-z]+)+-\d+$/),
    "Region of all of these. Unset: the AWS SDK's own rules.",
  ),
  AWS_ENDPOINT_URL: optional(address, 'Another endpoint for every AWS service, such as LocalStack.'),
};

const genesys = {
  CALL_DETAILS: withDefault(oneOf(['genesys', 'off']), 'genesys', "Where a record's call details come from; `off` asks nobody."),
  GENESYS_REGION: optional(
    oneOf(genesysRegions),
    'Region of the Genesys organisation, by its AWS name; it need not be where the queue is.',
    withGenesysByRegion,
  ),
  GENESYS_API_URL: optional(address, "Instead of the region's API host."),
  GENESYS_LOGIN_URL: optional(address, "Instead of the region's login host."),
  GENESYS_CLIENT_ID: optional(
    matching('an OAuth client id', /^[\w.-]{1,200}$/),
    'A client-credentials OAuth client.',
    withGenesysByName,
  ),
  GENESYS_CLIENT_SECRET: optional(secret, "The client's secret. Never logged.", withGenesysByName),
  GENESYS_SECRET_ARN: optional(
    matching('the ARN of a Secrets Manager secret', /^arn:[\w-]+:secretsmanager:[\w-]+:\d{12}:secret:\S{1,520}$/),
    'Instead of both: a secret that holds `{"clientId": …, "clientSecret": …}`. It may be rotated without a restart.',
  ),
  GENESYS_BATCH_SIZE: withDefault(wholeNumber('conversations', 1, 100), 50, 'Most conversations in one request to Genesys.'),
  GENESYS_GATHER_MS: withDefault(
    milliseconds(0, 5 * second),
    second,
    'How long a request for details waits for other windows that close meanwhile, to ask for them together.',
  ),
  GENESYS_REQUESTS_PER_MINUTE: withDefault(
    wholeNumber('requests', 10, 100_000),
    300,
    'What Genesys grants the OAuth client; the whole fleet stays below it. A lower limit that Genesys names is obeyed.',
  ),
  PARTICIPANT_ATTRIBUTES: onOff("Fetches the participants' attributes for the execution: one more request for each handoff."),
  TRANSCRIPT: onOff('Fetches the transcript for the execution: two more requests or more for each handoff.'),
  SENTIMENT: onOff("Fetches Genesys's own sentiment for the execution: one more request for each handoff."),
  RESOLVE_NAMES: onOff('Adds the names of users, queues and wrap-up codes to the execution, as far as they are known by then.'),
  RECONCILE_AFTER_HOURS: withDefault(
    wholeNumber('hours', 0, 168),
    0,
    "So long after its end, Genesys's analytics of each conversation are compared with its record. 0: never.",
  ),
};

/** What decides when a window closes, and what is kept and taken: `replay` reads these and no others. */
export const windowVariables = {
  HOLD_MS: withDefault(
    milliseconds(0, day),
    45 * second,
    'How long a window stays open after the last event of a conversation that looks complete.',
  ),
  ACW_HOLD_MS: withDefault(
    milliseconds(0, day),
    300 * second,
    'The hold while an agent who was connected still owes after-call work. 0: the same hold for all.',
  ),
  HOLD_CAP_MS: withDefault(
    milliseconds(0, 7 * day),
    1_800 * second,
    'How long after the first ending event further events may extend the hold.',
  ),
  IDLE_MS: withDefault(
    milliseconds(0, 30 * day),
    day,
    'How long an incomplete window waits for its next event before it closes with a partial record.',
  ),
  OUT_OF_ORDERNESS_MS: withDefault(
    milliseconds(0, hour),
    5 * second,
    'How far behind the newest queue time SQS may deliver a message before it counts as late.',
  ),
  NOT_READY_GAP_MS: withDefault(
    milliseconds(1, hour),
    15 * second,
    'First wait for what Genesys does not have of a conversation yet; each further one is twice as long, an hour at most.',
  ),
  NOT_READY_MAX: withDefault(wholeNumber('waits', 0, 12), 6, 'Waits for Genesys before what exists is handed off.'),
  MAX_CLOSE_ATTEMPTS: withDefault(
    wholeNumber('attempts', 1, 1_000),
    8,
    'Claims of one close, crashes included, before the window is parked for a person.',
  ),
  RETENTION_DAYS: withDefault(
    wholeNumber('days', 1, 3_650),
    100,
    'How long heads and records are kept; a conversation that reopens later starts a new life.',
  ),
  EVENT_RETENTION_DAYS: optional(wholeNumber('days', 1, 3_650), 'How long events are kept. Unset: RETENTION_DAYS.'),
  HANDOFF_POLICY: withDefault(
    oneOf(['final', 'every', 'first']),
    'final',
    'Which revisions start an execution: every final one (and the partial one with which a window gives up waiting); every revision, early ones too; or only the first that `final` would start.',
  ),
  EMIT_PARTIAL_EVERY: withDefault(
    durationOrOff(10 * second, day),
    0,
    'How long news of an open conversation may wait before an early, partial record says it. A whole number with its unit.',
  ),
  PUBLISH_EVENTS: withDefault(
    oneOf(['on', 'off']),
    'off',
    'Publishes each ordered event as well, once, with the revision that first contains it.',
  ),
  ALLOWED_SOURCES: withDefault(
    list('prefixes of EventBridge sources', /^[\w./-]+$/),
    [],
    'Events from any other source are set aside. Unset: any source.',
  ),
  ENRICHMENT_STEPS: withDefault(
    list('step names', /^[\w-]{1,80}$/),
    ['fetch_crm_contact', 'analyze_sentiment', 'update_ticket_system'],
    "Passed to the workflow in each execution's input.",
  ),
};

const worker = {
  CONSUMERS: withDefault(
    wholeNumber('pollers', 1, 100),
    24,
    'Receives in flight at once, each of at most 10 messages. They go on while messages are admitted, until 30 are in hand for each.',
  ),
  WAIT_TIME_SECONDS: withDefault(wholeNumber('seconds', 1, 20), 20, 'Long poll. Only an empty long one moves the watermark.'),
  VISIBILITY_SECONDS: withDefault(
    wholeNumber('seconds', 1, 43_200),
    60,
    'How long a message in hand is hidden from other workers; longer than any batch takes to admit.',
  ),
  CLOSE_CONCURRENCY: withDefault(wholeNumber('windows', 1, 1_000), 64, 'Windows that one worker closes at once.'),
  LEASE_MS: withDefault(
    milliseconds(1, hour),
    60 * second,
    'How long a claimed window is left alone by other workers; renewed before each call.',
  ),
  TICK_MS: withDefault(milliseconds(1, 60 * second), second, 'How often due windows are looked for.'),
  HEARTBEAT_MS: withDefault(milliseconds(1, 60 * second), 5 * second, 'How often a worker publishes its watermark.'),
  SHARDS: withDefault(
    wholeNumber('shards', 1, 999),
    16,
    'Partitions of the index of due windows. The same for all workers; it may grow, and must never shrink.',
  ),
  SHUTDOWN_GRACE_SECONDS: withDefault(
    wholeNumber('seconds', 1, 3_600),
    100,
    'From SIGTERM to the hard stop; below the stop timeout of the container, which Fargate limits to 120.',
  ),
  HEALTH_PORT: withDefault(
    wholeNumber('', 0, 65_535),
    8_080,
    'Port on loopback where the container asks how the worker is: `/healthz`, `/readyz`. 0: nowhere.',
  ),
  LOG_LEVEL: withDefault(oneOf(['error', 'warn', 'info', 'debug']), 'info', 'Least severity that is logged.'),
  METRICS_NAMESPACE: withDefault(
    matching('a CloudWatch namespace', /^(?!AWS\/)[\w./#:-]{1,255}$/),
    'Tidemark',
    'Where the metrics appear in CloudWatch.',
  ),
};

/** Every variable, in the order of the documentation. An empty value counts as unset. Numbers carry their unit in the name. */
export const variables = { ...places, ...genesys, ...windowVariables, ...worker, ...ingestVariables };
