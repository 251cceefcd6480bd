import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { SQSClient } from '@aws-sdk/client-sqs';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { checksumsOf, md5Checksums } from './checksums';
import { type Observer, observedClients } from './observed-clients';
import { requestHandler } from './request-handler';

export interface IngestClientOptions extends Observer {
  readonly region?: string;
  /** Another endpoint for every service: LocalStack, the embedded stand-ins. */
  readonly endpointUrl?: string;
}

export interface IngestClients {
  readonly sqs: SQSClient;
  /** Only for keys, without which a post is accepted all the same. */
  readonly dynamo: DynamoDBDocumentClient;
  /** For the secret, whose ARN names its region: it need not be the queue's. */
  readonly secretsIn: (region: string) => SecretsManagerClient;
  readonly destroy: () => void;
}

/*
 * A sender waits, 10 s unless it is told otherwise (INGEST_TIMEOUT_MS). Within that the queue is tried twice; a key is worth one
 * short try; and whoever posts while the secrets are read waits for that as well.
 */
const connectionTimeoutMs = 1_000;
const queue = { maxAttempts: 2, requestHandler: requestHandler({ connectionTimeoutMs, requestTimeoutMs: 3_000 }) };
const keys = { maxAttempts: 1, requestHandler: requestHandler({ connectionTimeoutMs, requestTimeoutMs: 1_000 }) };
const secrets = { maxAttempts: 2, requestHandler: requestHandler({ connectionTimeoutMs, requestTimeoutMs: 2_000 }) };

/** Credentials come from the SDK's own chain: the task's role, else the environment. */
export const makeIngestClients = (options: IngestClientOptions): IngestClients => {
  const { observed, destroy } = observedClients(options);
  const common = {
    ...(options.region === undefined ? {} : { region: options.region }),
    ...(options.endpointUrl === undefined ? {} : { endpoint: options.endpointUrl }),
    retryMode: 'standard',
    sha256: checksumsOf('sha256'),
  };
  const database = observed(new DynamoDBClient({ ...common, ...keys }));
  return {
    sqs: observed(new SQSClient({ ...common, ...queue, ...md5Checksums() })),
    dynamo: DynamoDBDocumentClient.from(database, { marshallOptions: { removeUndefinedValues: true } }),
    secretsIn: (region) => observed(new SecretsManagerClient({ ...common, ...secrets, region })),
    destroy,
  };
};
