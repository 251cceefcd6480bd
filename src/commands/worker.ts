import { sqsDeadLetterQueue } from '../aws/dead-letter-queue';
import { type AwsClients, makeClients } from '../aws/clients';
import { awsClock } from '../aws/clock';
import { dynamoFleet } from '../aws/fleet';
import { dynamoDriftStore } from '../aws/drift-store';
import { sqsIntakeQueue } from '../aws/intake-queue';
import { snsRecordTopic } from '../aws/record-topic';
import { sfnStateMachine } from '../aws/state-machine';
import { dynamoLatenessStore } from '../aws/lateness-store';
import { dynamoLeverBoard } from '../aws/lever-board';
import { dynamoRedriveLedger } from '../aws/redrive-ledger';
import { dynamoWindowTable } from '../aws/window-table';
import type { Config } from '../config';
import type { DriftWatch } from '../core/drift';
import { createSchemaRegistry } from '../core/schema-registry';
import { createLog } from '../log';
import { createMetrics, type FlushableMetrics } from '../metrics';
import { createPipeline } from '../pipeline';
import type { Clock, IntakeQueue, Log, StopSignals } from '../ports';
import { systemRandom } from '../random';
import { readSchemaFiles } from '../schema-files';
import type { Outside } from '../steps/outside';
import { runWorker } from '../worker';
import { createPulse, type Pulse } from '../worker/pulse';
import { keepDrift } from '../worker/drift-keeper';
import { createDownstreamHealth } from '../worker/downstream-health';
import { createLeverWatch, type LeverWatch } from '../worker/lever-watch';
import { createTableHealth } from '../worker/table-health';
import { heedLevers } from '../worker/heed-levers';
import { keepLateness } from '../worker/lateness-keeper';
import { hostTime } from './host-time';
import { regionOf } from './region';
import { openHealth } from './worker-health';
import { genesysPorts, type GenesysPorts } from './worker-genesys';
import { reconcile } from './worker-reconciler';

/** Metrics leave the process this often. */
const flushMs = 10_000;

/** Of each poller, at most: where a call takes one round trip, a poll takes one, and what it brought some four, to write, read, update and delete. */
const batchesAhead = 3;

interface Edges {
  readonly config: Config;
  readonly clients: AwsClients;
  readonly clock: Clock;
  readonly log: Log;
  readonly metrics: FlushableMetrics;
}

type WorkerOutside = Outside & Pick<GenesysPorts, 'ended' | 'names'> & { readonly levers: LeverWatch };

const outsideOf = (edges: Edges, program: string, drift: DriftWatch): WorkerOutside => {
  const { config, clients, clock, log, metrics } = edges;
  const table = { dynamo: clients.dynamo, tableName: config.tableName };
  return {
    program,
    clock,
    random: systemRandom,
    log,
    metrics,
    registry: createSchemaRegistry(readSchemaFiles()),
    table: dynamoWindowTable({ ...table, preparedDynamo: clients.preparedDynamo }),
    deadLetters: sqsDeadLetterQueue(clients.sqs, config.deadLetterQueueUrl, program),
    ...genesysPorts(edges),
    stateMachine: sfnStateMachine(clients.sfn, config.stateMachineArn),
    topic: snsRecordTopic(clients.sns, config.recordTopicArn),
    drift,
    levers: createLeverWatch({ ...edges, board: dynamoLeverBoard(table) }, config),
    redrives: dynamoRedriveLedger(table),
  };
};

const intakeQueue = ({ config, clients, clock, log }: Edges): IntakeQueue =>
  sqsIntakeQueue({
    sqs: clients.preparedSqs,
    queueUrl: config.queueUrl,
    clock,
    random: systemRandom,
    log,
    polling: clients.polling,
    consumers: config.consumers,
    batches: config.consumers * batchesAhead,
    waitSeconds: config.waitTimeMs / 1000,
    visibilitySeconds: config.visibilityMs / 1000,
  });

const flushMetrics = async ({ clock, metrics }: Edges, over: AbortSignal): Promise<void> => {
  while (!over.aborted) {
    await clock.sleep(flushMs, over);
    metrics.flush();
  }
};

/** What the worker works with: who reads an error below sees which name is wrong. */
const sayStart = async ({ config, clients, log }: Edges, program: string): Promise<void> => {
  const { queueUrl, deadLetterQueueUrl, tableName, stateMachineArn, recordTopicArn, callDetails } = config;
  const region = await regionOf(clients);
  const details = callDetails.kind === 'off' ? 'off' : callDetails.apiUrl;
  const places = { queueUrl, deadLetterQueueUrl, tableName, stateMachineArn, recordTopicArn };
  log.info('The worker starts.', { program, region, endpointUrl: config.aws.endpointUrl, ...places, callDetails: details });
};

/** Builds a worker from its configuration and runs it until it is told to stop. */
export const work = async (config: Config, program: string, stop: StopSignals): Promise<void> => {
  const pulse = createPulse(hostTime);
  const closeHealth = await openHealth(config, pulse, stop);
  try {
    await buildAndRun(config, program, stop, pulse);
  } finally {
    await closeHealth();
  }
};

const buildAndRun = async (config: Config, program: string, stop: StopSignals, pulse: Pulse): Promise<void> => {
  const clock = awsClock(hostTime);
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
  const table = { dynamo: clients.dynamo, tableName: config.tableName };
  const lateness = keepLateness({ ...edges, store: dynamoLatenessStore(table) }, config.retentionMs);
  const drift = keepDrift({ ...edges, store: dynamoDriftStore(table) }, config.retentionMs);
  const calls = { ...outsideOf(edges, program, drift), metrics: lateness.metrics };
  const { levers } = calls;
  const health = heedLevers(createTableHealth({ ...calls, fleet: dynamoFleet(table) }), levers);
  const downstream = createDownstreamHealth(calls);
  const { details, stateMachine, topic } = downstream;
  const outside = { ...calls, table: health.table, details, stateMachine, topic };
  const queue = intakeQueue(edges);
  const over = new AbortController();
  const flushing = flushMetrics(edges, over.signal);
  const keepers = [lateness, drift, levers, ...(calls.names ? [calls.names] : [])];
  const keeping = keepers.map(({ run }) => run(over.signal));
  const settings = { ...config, longPollMs: config.waitTimeMs };
  const pipeline = createPipeline(outside, settings);
  const reconciling = reconcile(config, outside, table, AbortSignal.any([stop.soft, over.signal]));
  try {
    await sayStart(edges, program);
    await levers.learn(AbortSignal.any([stop.soft, stop.hard]));
    await runWorker({ ...outside, health, downstream, queue, pipeline }, settings, stop, pulse);
  } finally {
    over.abort();
    // Statistics are not worth a wait in a hurry, or for a table that is away.
    await Promise.all(stop.hard.aborted || health.isAway() ? [flushing] : [flushing, reconciling, ...keeping]);
    clients.destroy();
  }
};
