import { once } from 'node:events';
import { awsClock } from '../aws/clock';
import { type IngestClients, makeIngestClients } from '../aws/ingest-clients';
import { sqsIntakeWriter } from '../aws/intake-writer';
import { dynamoKeptKeys } from '../aws/kept-keys';
import type { IngestConfig } from '../config';
import { createIngest, type Ingest } from '../ingest';
import { type IngestServer, serveIngest } from '../ingest/http/server';
import { createLog } from '../log';
import { createMetrics, type FlushableMetrics } from '../metrics';
import type { Clock, Log, StopSignals } from '../ports';
import { systemRandom } from '../random';
import { whyNotOpen } from './free-port';
import { hostTime } from './host-time';
import { firstSecrets, secretSource } from './ingest-secrets';
import { openHealthAt } from './open-health';
import { regionOf } from './region';

/** Metrics leave the process this often. */
const flushMs = 10_000;

interface Edges {
  readonly config: IngestConfig;
  readonly clients: IngestClients;
  readonly clock: Clock;
  readonly log: Log;
  readonly metrics: FlushableMetrics;
}

type Secrets = ReturnType<typeof firstSecrets>;

const edgesOf = (config: IngestConfig): Edges => {
  const clock = awsClock(hostTime);
  const log = createLog({ level: config.logLevel });
  const metrics = createMetrics({ namespace: config.metricsNamespace, clock });
  const { region, endpointUrl } = config.aws;
  const clients = makeIngestClients({
    ...(region === undefined ? {} : { region }),
    ...(endpointUrl === undefined ? {} : { endpointUrl }),
    clock,
    metrics,
  });
  return { config, clients, clock, log, metrics };
};

const doorOf = (edges: Edges): Ingest => {
  const { config, clients } = edges;
  const table = { dynamo: clients.dynamo, tableName: config.tableName };
  const keys = config.idempotencyMs === 0 ? null : dynamoKeptKeys(table);
  return createIngest({ ...edges, writer: sqsIntakeWriter(clients.sqs, config.queueUrl), keys, random: systemRandom }, config);
};

interface Served {
  readonly door: Ingest;
  readonly secrets: Secrets;
  readonly isReady: () => boolean;
  readonly program: string;
}

const open = async (edges: Edges, { door, secrets, isReady, program }: Served): Promise<IngestServer> => {
  const { host, port } = edges.config;
  const version = program.replace(/^.*\//, '');
  try {
    return await serveIngest({ ...edges, ingest: door, secrets: secrets.source, isReady, version }, edges.config);
  } catch (cause) {
    throw whyNotOpen({ name: 'INGEST_PORT', host, port }, cause);
  }
};

/** What it works with: who reads an error below sees which name is wrong. Which kinds of secrets there are, no secret. */
const sayOpen = async ({ config, clients, log }: Edges, program: string, port: number): Promise<void> => {
  const { host, queueUrl, tableName, secrets, aws } = config;
  const kinds =
    secrets.kind === 'secret'
      ? { secretArn: secrets.arn }
      : { bearerSecrets: secrets.bearer.length, signingSecrets: secrets.signing.length };
  const places = { host, port, region: await regionOf(clients), endpointUrl: aws.endpointUrl, queueUrl, tableName };
  log.info('The door over HTTP is open.', { program, ...places, ...kinds });
};

const flushMetrics = async ({ clock, metrics }: Edges, door: Ingest, over: AbortSignal): Promise<void> => {
  while (!over.aborted) {
    await clock.sleep(flushMs, over);
    door.report();
    metrics.flush();
  }
};

const aborted = async (signal: AbortSignal): Promise<void> => {
  if (!signal.aborted) await once(signal, 'abort');
};

/** What is under way is answered, then what its senders no longer wait for is written, too. */
const closeInOrder = async ({ log }: Edges, server: IngestServer, door: Ingest, { hard }: StopSignals): Promise<void> => {
  log.info('The door over HTTP is told to stop.');
  await Promise.race([server.close(), aborted(hard)]);
  await door.drain(hard);
  if (hard.aborted) log.warn('The grace is over: what is still under way is not answered, and its senders try again.');
  else log.info('The door over HTTP is closed.');
};

const serve = async (edges: Edges, served: Served, stop: StopSignals): Promise<void> => {
  const { door, secrets, program } = served;
  const server = await open(edges, served);
  const over = new AbortController();
  const flushing = flushMetrics(edges, door, over.signal);
  try {
    await sayOpen(edges, program, server.port);
    // A stop does not wait for it.
    void secrets.run(over.signal);
    await Promise.race([aborted(stop.soft), aborted(stop.hard)]);
    await closeInOrder(edges, server, door, stop);
  } finally {
    over.abort();
    await flushing;
  }
};

/** Builds the door from its configuration and keeps it open until it is told to stop. */
export const ingest = async (config: IngestConfig, program: string, stop: StopSignals): Promise<void> => {
  const edges = edgesOf(config);
  const secrets = firstSecrets(secretSource(config.secrets, edges), edges.clock);
  // Nobody asks for secrets before the door listens: whoever had them is open.
  const isReady = (): boolean => secrets.had() && !stop.soft.aborted && !stop.hard.aborted;
  const closeHealth = await openHealthAt(config.healthPort, { loops: () => [], isReady });
  try {
    // Before anybody can post.
    await regionOf(edges.clients);
    await serve(edges, { door: doorOf(edges), secrets, isReady, program }, stop);
  } finally {
    await closeHealth();
    edges.clients.destroy();
  }
};
