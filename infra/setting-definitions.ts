import type { CleanedEnv } from 'envalid';
import { address, list, matching, oneOf, optional, wholeNumber, withDefault, type Kind } from '../src/config-kinds';
import { keyArn, secretArn } from './arn-kinds';
import { ingestSettings } from './ingest/setting-definitions';
import { subscriberArn } from './subscriber';

/* What whoever deploys may choose, by the name that it has in CDK's context: `-c name=value`. */

const onOff = oneOf(['on', 'off']);
const topic = matching('the ARN of a standard SNS topic', /^arn:[\w-]+:sns:[\w-]+:\d{12}:[\w-]{1,256}$/);

/** Step Functions calls no other. */
const httpsAddress: Kind<string> = {
  type: 'an https address without credentials, query or fragment',
  parse: (text) => address.parse(text.startsWith('https://') ? text : ''),
};
const header = matching('the name of an HTTP header', /^[A-Za-z0-9-]{1,64}$/);
const secretVersion = matching('the id of a version of a Secrets Manager secret', /^[\w-]{32,64}$/);

export const settingDefinitions = {
  stackName: withDefault(
    matching('letters, digits and hyphens, at most 40, a letter first', /^[A-Za-z][A-Za-z0-9-]{0,39}$/),
    'tidemark',
    'Name of the stack, and what the names of everything in it begin with.',
  ),
  eventSource: optional(
    matching('the name of a partner event source of Genesys', /^aws\.partner\/genesys\.com[\w.-]*\/cloud\/[\w-]+\/[\w.-]{1,64}$/),
    'The partner event source that Genesys made in this account and region. A bus of this name is made for it.',
  ),
  eventBus: optional(
    matching('the name of an event bus', /^[\w./-]{1,256}$/),
    'Instead: a bus that is there already. Neither: a bus of its own, on which nobody but you puts events.',
  ),
  sourcePrefixes: withDefault(
    list('beginnings of EventBridge sources', /^[\w./-]{1,256}$/),
    ['aws.partner/genesys.com'],
    'Whose events the rule takes and the archive keeps: sources that begin so. Add what sends `conversation.end`, if anybody does.',
  ),
  ruleMode: withDefault(
    oneOf(['all', 'registered']),
    'all',
    'Which types of the Genesys source the rule takes: all, so that unknown ones are set aside and seen; or those that the registry has.',
  ),
  archiveDays: withDefault(
    wholeNumber('days', 0, 3_650),
    30,
    'How long EventBridge keeps the events, for a replay. 0: no archive.',
  ),
  tableName: optional(
    matching('a DynamoDB table name', /^[\w.-]{3,255}$/),
    'A table that is there, such as one restored from a backup. Unset: a table is made. Expiry, recovery and protection are what it has.',
  ),
  onDelete: withDefault(
    oneOf(['keep', 'remove']),
    'keep',
    'What becomes of table, queues and archive when the stack is deleted. `remove` is for trials.',
  ),
  image: optional(
    matching('the address of a container image', /^\S+[:@]\S+$/),
    'An image that is there. Unset: built from this checkout, with Docker.',
  ),
  natGateways: withDefault(
    wholeNumber('gateways', 1, 2),
    1,
    'Of the network that is made: the way out to Genesys. One for each zone costs more and outlives the loss of one.',
  ),
  endpoints: withDefault(
    onOff,
    'on',
    'Of the network that is made: seven interface endpoints in two zones, so that losing the way out stops no intake. About 100 USD a month; off: that traffic goes through the NAT gateways.',
  ),
  vpcId: optional(
    matching('the id of a VPC', /^vpc-[0-9a-f]{8,17}$/),
    'A network that is there, with a way out to Genesys; with `availabilityZones` and `subnetIds`.',
  ),
  availabilityZones: optional(list('availability zones', /^[a-z0-9-]+$/), 'Of `subnetIds`, in their order.'),
  subnetIds: optional(list('ids of private subnets', /^subnet-[0-9a-f]{8,17}$/), 'Where the tasks run.'),
  spot: withDefault(onOff, 'off', 'Runs all tasks but the least number on Fargate Spot.'),
  leastTasks: withDefault(wholeNumber('tasks', 1, 100), 2, 'Tasks that always run.'),
  mostTasks: withDefault(wholeNumber('tasks', 1, 100), 10, 'Tasks at most, however long the queue.'),
  architecture: withDefault(
    oneOf(['x86_64', 'arm64']),
    'x86_64',
    'What the image is built for. arm64 costs a fifth less; building it on another processor takes emulation.',
  ),
  cpu: withDefault(oneOf(['256', '512', '1024', '2048', '4096']), '512', "A task's CPU units; 1,024 are one core."),
  memoryMib: withDefault(wholeNumber('MiB', 512, 30_720), 1_024, "A task's memory, as Fargate allows it beside `cpu`."),
  backlogPerTask: withDefault(
    wholeNumber('messages', 10, 1_000_000),
    10_000,
    'Messages in the queue for each task, above which tasks are added: what one admits in the time that you would wait; a core admits some 1,000 a second.',
  ),
  logDays: withDefault(
    oneOf(['7', '14', '30', '60', '90', '180', '365', '731']),
    '90',
    "How many days the workers' log lines are kept.",
  ),
  genesysSecretArn: optional(
    secretArn,
    'A secret with `{"clientId": …, "clientSecret": …}`. Unset: an empty one is made, for you to fill.',
  ),
  genesysSecretKeyArn: optional(keyArn, 'Of the key of `genesysSecretArn`, where it is not the one of Secrets Manager.'),
  crmUrl: optional(httpsAddress, 'Of the CRM. Unset: the step `fetch_crm_contact` is left out.'),
  crmKeyHeader: withDefault(header, 'x-api-key', "Name of the header that carries the CRM's key."),
  crmKeyVersion: optional(
    secretVersion,
    "Version of the secret with the CRM's key that the workflow sends. A new one is how a key is changed.",
  ),
  ticketUrl: optional(httpsAddress, 'Of the ticket system. Unset: the step `update_ticket_system` is left out.'),
  ticketKeyHeader: withDefault(header, 'x-api-key', "Name of the header that carries the ticket system's key."),
  ticketKeyVersion: optional(secretVersion, "The same for the ticket system's key."),
  subscribers: withDefault(
    list('ARNs of standard SQS queues or of Lambda functions', subscriberArn),
    [],
    'Whom each record is delivered to: a CRM, a data platform. Each gets a dead-letter queue of its own; a queue must let the topic send.',
  ),
  warehouse: withDefault(
    onOff,
    'off',
    'Delivers each record to S3 through Firehose, with a table and a view of the latest revisions for Athena.',
  ),
  warehouseDays: withDefault(wholeNumber('days', 0, 36_500), 0, 'How long S3 keeps the records of `warehouse`. 0: for ever.'),
  ...ingestSettings,
  wakeTopicArn: optional(topic, 'Where alarms go that wake a person. Unset: a topic is made.'),
  dayTopicArn: optional(topic, 'Where alarms go that can wait until the morning. Unset: a topic is made.'),
  silenceMinutes: withDefault(
    wholeNumber('minutes', 5, 1_440),
    15,
    'Minutes without any event that are an alarm. As long as your quietest night.',
  ),
  runbookUrl: withDefault(
    address,
    'https://example.com/tidemark/docs/runbook.md',
    'Where docs/runbook.md is read; every alarm links to a section of it.',
  ),
} as const;

export type SettingName = keyof typeof settingDefinitions;
export type SettingValues = CleanedEnv<typeof settingDefinitions>;
