import { dynamoAuditTrail } from '../aws/audit-trail';
import { callerOf } from '../aws/caller';
import type { AwsClients } from '../aws/clients';
import type { AwsClock } from '../aws/clock';
import { dynamoConversationEraser } from '../aws/conversation-eraser';
import { sfnExecutions } from '../aws/executions';
import { dynamoConversationReader } from '../aws/conversation-reader';
import { dynamoFailureNotes } from '../aws/failure-notes';
import { dynamoHeartbeats } from '../aws/fleet';
import { sqsLetterDestination } from '../aws/letter-destination';
import { dynamoLeverBoard } from '../aws/lever-board';
import { dynamoParkedWindows } from '../aws/parked-windows';
import { dynamoRedriveJobs } from '../aws/redrive-jobs';
import { dynamoStoredEvents } from '../aws/stored-events';
import { dynamoWindowScan } from '../aws/window-scan';
import { dynamoWindowTable } from '../aws/window-table';
import { loadOnCallConfig, type OnCallConfig } from '../config';
import { createLog } from '../log';
import type { NotLookedAt, OnCallOutside } from '../on-call/outside';
import { systemRandom } from '../random';
import { openSchemaRegistry } from '../schema-files';
import { environmentOf } from './environment';
import { findLetterWays, type LetterWays } from './letter-ways';
import { asMissing } from './missing-places';
import { withAws } from './with-aws';

export interface OnCallOptions {
  /** Whose outputs say where everything is; otherwise the environment does. */
  readonly stack?: string | undefined;
  /** False for what touches no letter: then no queue is looked for, and SNS is not asked. */
  readonly needsLetters?: boolean;
}

interface Edges {
  readonly config: OnCallConfig;
  readonly clients: AwsClients;
  readonly clock: AwsClock;
}

const tablePorts = ({ config, clients, clock }: Edges) => {
  const table = { dynamo: clients.dynamo, tableName: config.tableName };
  return {
    table: dynamoWindowTable(table),
    windows: dynamoParkedWindows(table, { nowMs: clock.nowMs, retentionMs: config.retentionMs }),
    conversations: dynamoConversationReader(table),
    notes: dynamoFailureNotes(table),
    storedEvents: dynamoStoredEvents(table),
    jobs: dynamoRedriveJobs(table, { clock, random: systemRandom }),
    audit: dynamoAuditTrail(table),
    levers: dynamoLeverBoard(table),
    fleet: dynamoHeartbeats(table),
    scan: dynamoWindowScan(table, config.retentionMs),
    eraser: dynamoConversationEraser(table, { clock, random: systemRandom }),
  };
};

const noWays: LetterWays = { letterQueues: [], destinationOf: () => null, notLookedAt: [] };

const notNamed = (config: OnCallConfig): readonly NotLookedAt[] => {
  const notGiven = (variable: string): string => `${variable} is not given.`;
  return [
    ...(config.eventDeadLetterQueueUrl === null
      ? [{ place: 'eventbridge', why: notGiven('EVENT_DEAD_LETTER_QUEUE_URL') } as const]
      : []),
    ...(config.recordTopicArn === null ? [{ place: 'subscription', why: notGiven('RECORD_TOPIC_ARN') } as const] : []),
    ...(config.stateMachineArn === null ? [{ place: 'execution', why: notGiven('STATE_MACHINE_ARN') } as const] : []),
  ];
};

/** Asked once, whatever is done by whom it is. */
const askOnce = (ask: () => Promise<string>): (() => Promise<string>) => {
  let answer: Promise<string> | undefined;
  return () => (answer ??= ask());
};

const outsideOf = (edges: Edges, ways: LetterWays, program: string, region: string): OnCallOutside => {
  const { config, clients, clock } = edges;
  const { endpointUrl } = config.aws;
  return {
    program,
    clock,
    random: systemRandom,
    // What a command prints can go elsewhere.
    log: createLog({ level: 'warn', stream: process.stderr }),
    registry: openSchemaRegistry(),
    ...tablePorts(edges),
    ...ways,
    backInto: ({ url }) => sqsLetterDestination(clients.sqs, url),
    executions: config.stateMachineArn === null ? null : sfnExecutions(clients.sfn, config.stateMachineArn),
    allowedSources: config.allowedSources,
    notLookedAt: [...notNamed(config), ...ways.notLookedAt],
    who: askOnce(() => callerOf({ region, ...(endpointUrl === undefined ? {} : { endpointUrl }) })),
    retentionMs: config.retentionMs,
  };
};

/** For a command of the engineer on call: all that it works with, found by the stack's outputs or the environment. */
export const withOnCall = async <T>(
  { stack, needsLetters = true }: OnCallOptions,
  program: string,
  use: (outside: OnCallOutside) => Promise<T>,
): Promise<T> => {
  const config = loadOnCallConfig(await environmentOf(stack));
  return withAws(config.aws, async (clients, region, clock) => {
    try {
      const ways = needsLetters ? await findLetterWays(clients, config) : noWays;
      return await use(outsideOf({ config, clients, clock }, ways, program, region));
    } catch (cause) {
      throw await asMissing(cause, clients, config, region);
    }
  });
};
