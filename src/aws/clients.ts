import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { SFNClient } from '@aws-sdk/client-sfn';
import { SNSClient } from '@aws-sdk/client-sns';
import { SQSClient } from '@aws-sdk/client-sqs';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import type { Metrics } from '../ports';
import type { AwsClock } from './clock';

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
   * watermark must hear of it. Its connections are its own, so long polls keep nobody waiting.
   */
  readonly polling: SQSClient;
  readonly sqs: SQSClient;
  readonly sns: SNSClient;
  readonly sfn: SFNClient;
  /** For a secret, whose ARN names its region: it need not be the queue's. */
  readonly secretsIn: (region: string) => SecretsManagerClient;
  readonly dynamo: DynamoDBDocumentClient;
  readonly destroy: () => void;
}

const connectionTimeoutMs = 2_000;
/** A call that took this long is lost; the SDK tries it again. Our largest, 16 MB of events, takes about a second. */
const requestTimeoutMs = 8_000;
/** Over the wait of a poll: what its answer may take on top. */
const pollGraceMs = 10_000;
const maxAttempts = 4;

/** The SDK's 50 are fewer than the pollers that may be configured, and a call's timeout runs while it waits for a connection. */
const agent = { maxSockets: 200 };

/** The SDK keeps connections alive by default; its request timeout only warns unless told to throw. */
const requestHandler = (requestTimeout: number) => ({
  httpAgent: agent,
  httpsAgent: agent,
  connectionTimeout: connectionTimeoutMs,
  requestTimeout,
  throwOnRequestTimeout: true,
});

type Stack = SQSClient['middlewareStack'];
interface Observed {
  readonly middlewareStack: unknown;
}
export interface Observer {
  readonly clock: Pick<AwsClock, 'host' | 'learn'>;
  readonly metrics: Metrics;
}

const dateOf = (response: unknown): string | undefined =>
  (response as { headers?: Record<string, string | undefined> } | undefined)?.headers?.['date'];

/**
 * Counts each attempt and learns AWS's time from each answer, errors included: innermost in the stack, inside the SDK's
 * retries and before the answer is read. The stacks of all clients are one type but for their commands.
 */
export const observe = ({ middlewareStack }: Observed, { clock, metrics }: Observer): void => {
  (middlewareStack as Stack).add(
    (next, context) => async (args) => {
      const service = String(context['clientName']).replace(/Client$/, '');
      const operation = String(context['commandName']).replace(/Command$/, '');
      metrics.add('AwsRequests', 1, { service, operation });
      const sentMs = clock.host.nowMs();
      const answer = await next(args);
      const date = dateOf(answer.response);
      if (date !== undefined) clock.learn({ sentMs, receivedMs: clock.host.nowMs(), date });
      return answer;
    },
    { name: 'observeAttempts', step: 'deserialize', priority: 'low' },
  );
};

/** Credentials come from the SDK's own chain: the task's role, else the environment. */
export const makeClients = (options: ClientOptions): AwsClients => {
  const common = {
    ...(options.region === undefined ? {} : { region: options.region }),
    ...(options.endpointUrl === undefined ? {} : { endpoint: options.endpointUrl }),
    retryMode: 'standard',
    maxAttempts,
    requestHandler: requestHandler(requestTimeoutMs),
  };
  const pollTimeoutMs = options.pollWaitSeconds * 1000 + pollGraceMs;
  const clients = {
    polling: new SQSClient({ ...common, maxAttempts: 1, requestHandler: requestHandler(pollTimeoutMs) }),
    sqs: new SQSClient(common),
    sns: new SNSClient(common),
    sfn: new SFNClient(common),
  };
  const database = new DynamoDBClient(common);
  const all: { readonly middlewareStack: unknown; readonly destroy: () => void }[] = [];
  const observed = <C extends (typeof all)[number]>(client: C): C => {
    observe(client, options);
    all.push(client);
    return client;
  };
  for (const client of [...Object.values(clients), database]) observed(client);
  return {
    ...clients,
    secretsIn: (region) => observed(new SecretsManagerClient({ ...common, region })),
    dynamo: DynamoDBDocumentClient.from(database, { marshallOptions: { removeUndefinedValues: true } }),
    destroy: () => {
      for (const client of all) client.destroy();
    },
  };
};
