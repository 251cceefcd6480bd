import { describeCaller } from '../../aws/caller';
import type { AwsClients } from '../../aws/clients';
import type { AwsClock } from '../../aws/clock';
import { describeQueue } from '../../aws/described-queue';
import { describeStateMachine } from '../../aws/described-state-machine';
import { tableDescriber } from '../../aws/described-table';
import { describeSubscriptions, describeTopic } from '../../aws/described-topic';
import { dynamoHeartbeats } from '../../aws/fleet';
import { dynamoLeverBoard } from '../../aws/lever-board';
import type { FleetNews } from '../../doctor/fleet-check';
import type { Seen } from '../../doctor/seen';
import type { OnCallConfig } from '../../config';
import { seeFleet } from '../../on-call/workers';
import type { Caller } from '../../ports-doctor';
import { hostTime } from '../host-time';
import { look, notAskable } from './look';

export interface Edges {
  readonly config: OnCallConfig;
  readonly clients: AwsClients;
  readonly clock: AwsClock;
  readonly region: string;
}

const notGiven = (variable: string): Seen<never> =>
  notAskable(`${variable} is not given`, `Set ${variable}, or name the stack with --stack.`);

export const placeOf = ({ config, region }: Edges) => ({ region, endpointUrl: config.aws.endpointUrl });

/** Who calls, and how far AWS's clock is ahead. */
const lookAtCaller = async (edges: Edges): Promise<{ readonly caller: Seen<Caller>; readonly aheadMs: number | null }> => {
  let aheadMs: number | null = null;
  const learn: AwsClock['learn'] = ({ sentMs, receivedMs, date }) => {
    // A header is cut to the second: half of one is the best guess.
    const ahead = Date.parse(date) + 500 - (sentMs + receivedMs) / 2;
    if (Number.isFinite(ahead)) aheadMs = ahead;
  };
  const observer = { clock: { host: hostTime, learn }, metrics: { add: () => undefined } };
  const caller = await look('sts:GetCallerIdentity, which nobody is refused', (signal) =>
    describeCaller(placeOf(edges), observer, signal),
  );
  return { caller, aheadMs };
};

const lookAtQueue = ({ clients }: Edges, url: string) =>
  look('sqs:GetQueueAttributes', (signal) => describeQueue(clients.sqs, url, signal));

const lookAtTable = async ({ clients, config }: Edges) => {
  const describer = tableDescriber(clients.dynamo, config.tableName);
  const [table, timeToLive, backups] = await Promise.all([
    look('dynamodb:DescribeTable', describer.describe),
    look('dynamodb:DescribeTimeToLive', describer.timeToLive),
    look('dynamodb:DescribeContinuousBackups', describer.backups),
  ]);
  return { table, timeToLive, backups };
};

const lookAtTopic = async ({ clients, config: { recordTopicArn: arn } }: Edges) => {
  if (arn === null) return { topic: notGiven('RECORD_TOPIC_ARN'), subscriptions: notGiven('RECORD_TOPIC_ARN') };
  const [topic, subscriptions] = await Promise.all([
    look('sns:GetTopicAttributes', (signal) => describeTopic(clients.sns, arn, signal)),
    look('sns:ListSubscriptionsByTopic and sns:GetSubscriptionAttributes', (signal) =>
      describeSubscriptions(clients.sns, arn, signal),
    ),
  ]);
  return { topic, subscriptions };
};

const lookAtMachine = async ({ clients, config: { stateMachineArn: arn } }: Edges) =>
  arn === null
    ? notGiven('STATE_MACHINE_ARN')
    : look('states:DescribeStateMachine', (signal) => describeStateMachine(clients.sfn, arn, signal));

const lookAtFleet = ({ clients, config, clock }: Edges): Promise<Seen<FleetNews>> => {
  const table = { dynamo: clients.dynamo, tableName: config.tableName };
  return look('dynamodb:Query on the table', async () => {
    const [heartbeats, paused] = await Promise.all([dynamoHeartbeats(table).list(), dynamoLeverBoard(table).read()]);
    const { workers, watermarkMs } = seeFleet(heartbeats, clock.nowMs());
    const count = (state: string): number => workers.filter((worker) => worker.state === state).length;
    const lagMs = watermarkMs === null ? null : Math.max(0, clock.nowMs() - watermarkMs);
    return { alive: count('alive'), silent: count('silent'), lagMs, paused };
  });
};

const eventDeadLetters = async (edges: Edges) => {
  const { eventDeadLetterQueueUrl: url } = edges.config;
  return url === null ? notGiven('EVENT_DEAD_LETTER_QUEUE_URL') : lookAtQueue(edges, url);
};

/** All that can be asked for by the names alone, at the same time. Never rejects. */
export const lookAtAws = async (edges: Edges) => {
  const { config } = edges;
  const [caller, intake, deadLetters, events, table, topic, stateMachine, fleet] = await Promise.all([
    lookAtCaller(edges),
    lookAtQueue(edges, config.queueUrl),
    lookAtQueue(edges, config.deadLetterQueueUrl),
    eventDeadLetters(edges),
    lookAtTable(edges),
    lookAtTopic(edges),
    lookAtMachine(edges),
    lookAtFleet(edges),
  ]);
  return { ...caller, intake, deadLetters, eventDeadLetters: events, table, ...topic, stateMachine, fleet };
};

export type SeenAws = Awaited<ReturnType<typeof lookAtAws>>;
