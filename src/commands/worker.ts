import { sqsDeadLetterQueue } from '../aws/dead-letter-queue';
import { type AwsClients, makeClients } from '../aws/clients';
import { awsClock, type HostTime } from '../aws/clock';
import { dynamoFleet } from '../aws/fleet';
import { sqsIntakeQueue } from '../aws/intake-queue';
import { snsRecordTopic } from '../aws/record-topic';
import { sfnStateMachine } from '../aws/state-machine';
import { dynamoWindowTable } from '../aws/window-table';
import { type Config, ConfigError } from '../config';
import { createSchemaRegistry } from '../core/schema-registry';
import { genesysConversations } from '../genesys/conversations';
import { createLog } from '../log';
import { createMetrics, type FlushableMetrics } from '../metrics';
import { createPipeline } from '../pipeline';
import type { Clock, ConversationDetails, Log, StopSignals } from '../ports';
import { systemRandom } from '../random';
import { readSchemaFiles } from '../schema-files';
import type { Outside } from '../steps/outside';
import { runWorker } from '../worker';

/** Metrics leave the process this often. */
const flushMs = 10_000;

interface Edges {
  readonly config: Config;
  readonly clients: AwsClients;
  readonly clock: Clock;
  readonly log: Log;
  readonly metrics: FlushableMetrics;
}

const conversationDetails = ({ config, clock, log, metrics }: Edges): ConversationDetails | null => {
  const { callDetails } = config;
  return callDetails.kind === 'off' ? null : genesysConversations(callDetails, { clock, random: systemRandom, log, metrics });
};

const outsideOf = (edges: Edges, program: string): Outside => {
  const { config, clients, clock, log, metrics } = edges;
  return {
    program,
    clock,
    random: systemRandom,
    log,
    metrics,
    registry: createSchemaRegistry(readSchemaFiles()),
    table: dynamoWindowTable({ dynamo: clients.dynamo, tableName: config.tableName }),
    deadLetters: sqsDeadLetterQueue(clients.sqs, config.deadLetterQueueUrl, program),
    details: conversationDetails(edges),
    stateMachine: sfnStateMachine(clients.sfn, config.stateMachineArn),
    topic: snsRecordTopic(clients.sns, config.recordTopicArn),
  };
};

const flushMetrics = async ({ clock, metrics }: Edges, over: AbortSignal): Promise<void> => {
  while (!over.aborted) {
    await clock.sleep(flushMs, over);
    metrics.flush();
  }
};

/** The SDK looks in places of its own, and would say so only at each call, in words that the log keeps to itself. */
const regionOf = ({ clients }: Edges): Promise<string> =>
  clients.dynamo.config.region().catch((cause: unknown) => {
    throw new ConfigError(['AWS_REGION: expected it, or a region in the AWS SDK’s own settings, found neither.'], { cause });
  });

/** What the worker works with: who reads an error below sees which name is wrong. */
const sayStart = async (edges: Edges, program: string): Promise<void> => {
  const { config, log } = edges;
  const { queueUrl, deadLetterQueueUrl, tableName, stateMachineArn, recordTopicArn, callDetails } = config;
  const region = await regionOf(edges);
  const details = callDetails.kind === 'off' ? 'off' : callDetails.apiUrl;
  const places = { queueUrl, deadLetterQueueUrl, tableName, stateMachineArn, recordTopicArn };
  log.info('The worker starts.', { program, region, endpointUrl: config.aws.endpointUrl, ...places, callDetails: details });
};

/** Builds a worker from its configuration and runs it until it is told to stop. */
export const work = async (config: Config, program: string, stop: StopSignals): Promise<void> => {
  const host: HostTime = { nowMs: hostNow, monotonicMs: () => performance.now() };
  const clock = awsClock(host);
  const log = createLog({ level: config.logLevel });
  const metrics = createMetrics({ namespace: config.metricsNamespace, clock });
  const { region, endpointUrl } = config.aws;
  const clients = makeClients({
    ...(region === undefined ? {} : { region }),
    ...(endpointUrl === undefined ? {} : { endpointUrl }),
    pollWaitSeconds: config.waitTimeMs / 1000,
    clock,
    metrics,
  });
  const edges: Edges = { config, clients, clock, log, metrics };
  const outside = outsideOf(edges, program);
  const deliveries = { sqs: clients.sqs, queueUrl: config.queueUrl, clock, random: systemRandom, log };
  const queue = sqsIntakeQueue({
    ...deliveries,
    polling: clients.polling,
    consumers: config.consumers,
    waitSeconds: config.waitTimeMs / 1000,
    visibilitySeconds: config.visibilityMs / 1000,
  });
  const over = new AbortController();
  const flushing = flushMetrics(edges, over.signal);
  const settings = { ...config, longPollMs: config.waitTimeMs };
  const fleet = dynamoFleet({ dynamo: clients.dynamo, tableName: config.tableName });
  const pipeline = createPipeline(outside, settings);
  try {
    await sayStart(edges, program);
    await runWorker({ ...outside, fleet, queue, pipeline }, settings, stop);
  } finally {
    over.abort();
    await flushing;
    clients.destroy();
  }
};

/**
 * The one place where the host's clock enters the program: read at the start, then counted on. A step of the host's clock would
 * send an empty poll's start, and the watermark with it, hours ahead until the next answer from AWS.
 */
const hostNow = (): number => performance.timeOrigin + performance.now();
