import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { SFNClient } from '@aws-sdk/client-sfn';
import { SNSClient } from '@aws-sdk/client-sns';
import { SQSClient } from '@aws-sdk/client-sqs';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import type { Metrics } from '../ports';
import { checksumsOf, md5Checksums } from './checksums';
import type { AwsClock } from './clock';
import { observedClients } from './observed-clients';
import { pollsOf, type Polling } from './polling';
import { requestHandler } from './request-handler';

export interface ClientOptions {
  readonly region?: string;
  /** Another endpoint for every service: LocalStack, the embedded stand-ins. */
  readonly endpointUrl?: string;
  /** How long one poll of the queue may wait for messages. */
  readonly pollWaitSeconds: number;
  readonly clock: AwsClock;
  readonly metrics: Metrics;
}

export interface AwsClients {
  /**
   * Only for polls. It never tries again by itself: the lost answer of a first attempt may have carried messages, and the
   * watermark must hear of it. Its connections are its own, so long polls keep nobody waiting. For one queue, as `preparedSqs`.
   */
  readonly polling: Polling;
  readonly sqs: SQSClient;
  /** For one queue, whose address is in what its calls share: what was received is deleted and handed back by it. See `preparedDynamo`. */
  readonly preparedSqs: SQSClient;
  readonly sns: SNSClient;
  readonly sfn: SFNClient;
  /** For a secret, whose ARN names its region: it need not be the queue's. */
  readonly secretsIn: (region: string) => SecretsManagerClient;
  readonly dynamo: DynamoDBDocumentClient;
  /** For the calls of which a worker makes most: what the SDK does around a call is put together once for each operation, not for each call. */
  readonly preparedDynamo: DynamoDBClient;
  readonly destroy: () => void;
}

/** A call that took this long is lost; the SDK tries it again. Our largest, 16 MB of events, takes about a second. */
const requestTimeoutMs = 8_000;
/** Over the wait of a poll: what its answer may take on top. */
const pollGraceMs = 10_000;
const maxAttempts = 4;
const handlerFor = (timeoutMs: number) => requestHandler({ connectionTimeoutMs: 2_000, requestTimeoutMs: timeoutMs });

/**
 * The SDK says nothing here, and above all prepares nothing to say: for a logger with `info` it copies the whole input and output of
 * each call, be it that nobody reads them. That is a tenth of a call's CPU and more.
 */
const silent = (): void => undefined;
// Its type demands `info`; its code asks for it.
const sdkLogger = { debug: silent, warn: silent, error: silent } as unknown as Console;

/** Credentials come from the SDK's own chain: the task's role, else the environment. */
export const makeClients = (options: ClientOptions): AwsClients => {
  const common = {
    ...(options.region === undefined ? {} : { region: options.region }),
    ...(options.endpointUrl === undefined ? {} : { endpoint: options.endpointUrl }),
    retryMode: 'standard',
    maxAttempts,
    requestHandler: handlerFor(requestTimeoutMs),
    logger: sdkLogger,
    sha256: checksumsOf('sha256'),
  };
  const pollTimeoutMs = options.pollWaitSeconds * 1000 + pollGraceMs;
  const forQueue = { ...common, ...md5Checksums() };
  const clients = {
    sqs: new SQSClient(forQueue),
    preparedSqs: new SQSClient({ ...forQueue, cacheMiddleware: true }),
    sns: new SNSClient(common),
    sfn: new SFNClient(common),
  };
  const poller = new SQSClient({ ...forQueue, cacheMiddleware: true, maxAttempts: 1, requestHandler: handlerFor(pollTimeoutMs) });
  const database = new DynamoDBClient(common);
  // Its calls share one context for each operation. Of one call alone it holds only the first command, at which no middleware of
  // DynamoDB looks, and for SQS the address of the queue.
  const preparedDynamo = new DynamoDBClient({ ...common, cacheMiddleware: true });
  const { observed, destroy } = observedClients(options);
  for (const client of [...Object.values(clients), poller, database, preparedDynamo]) observed(client);
  return {
    ...clients,
    polling: pollsOf(poller),
    secretsIn: (region) => observed(new SecretsManagerClient({ ...common, region })),
    dynamo: DynamoDBDocumentClient.from(database, { marshallOptions: { removeUndefinedValues: true } }),
    preparedDynamo,
    destroy,
  };
};
