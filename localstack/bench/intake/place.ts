import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { SFNClient } from '@aws-sdk/client-sfn';
import { SQSClient, type SQSClientConfig } from '@aws-sdk/client-sqs';
import type { Polling } from '../../../src/aws/polling';

/** What every contestant works with: the SDK as it comes, and where things are. */
export interface Place {
  readonly sqs: SQSClient;
  /** Only for polls; the same client, unless somebody has one of its own for them. */
  readonly polling: Polling;
  /** For who makes a client of its own. */
  readonly settings: Pick<SQSClientConfig, 'endpoint' | 'requestHandler'>;
  readonly dynamo: DynamoDBClient;
  readonly sfn: SFNClient;
  readonly queueUrl: string;
  readonly tableName: string;
  readonly stateMachineArn: string;
  readonly genesys: { readonly url: string; readonly clientId: string; readonly clientSecret: string };
}

type Environment = Readonly<Record<string, string | undefined>>;

/** As Tidemark has it: the SDK's own 50 connections would be the bottleneck of whoever polls much. */
const agent = { maxSockets: 200 };

/** Endpoint, region and credentials are the SDK's own business, as in production. */
export const placeOf = (environment: Environment): Place => {
  const given = (name: string): string => {
    const value = environment[name];
    if (value === undefined) throw new Error(`Expected ${name} in the environment, got none.`);
    return value;
  };
  const settings = { endpoint: given('AWS_ENDPOINT_URL'), requestHandler: { httpAgent: agent, httpsAgent: agent } };
  const sqs = new SQSClient(settings);
  return {
    settings,
    sqs,
    polling: sqs,
    dynamo: new DynamoDBClient(settings),
    sfn: new SFNClient(settings),
    queueUrl: given('QUEUE_URL'),
    tableName: given('TABLE_NAME'),
    stateMachineArn: given('STATE_MACHINE_ARN'),
    genesys: {
      url: given('GENESYS_API_URL'),
      clientId: given('GENESYS_CLIENT_ID'),
      clientSecret: given('GENESYS_CLIENT_SECRET'),
    },
  };
};

/** Whoever works on the queue, until it is told to stop. */
export type Contender = (place: Place, pollers: number) => () => void;
