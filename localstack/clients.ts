import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { SFNClient } from '@aws-sdk/client-sfn';
import { SNSClient } from '@aws-sdk/client-sns';
import { SQSClient } from '@aws-sdk/client-sqs';

export interface AwsClients {
  readonly sqs: SQSClient;
  readonly sns: SNSClient;
  readonly dynamodb: DynamoDBClient;
  readonly sfn: SFNClient;
  readonly events: EventBridgeClient;
  readonly close: () => void;
}

/** What stand-ins and LocalStack accept; no secret. */
export const testCredentials = { accessKeyId: 'test', secretAccessKey: 'test' } as const;
export const testRegion = 'us-east-1';

/** Clients of one endpoint that answers for all of AWS: the embedded stand-ins or LocalStack, never AWS itself. */
export const awsClients = (endpointUrl: string): AwsClients => {
  const settings = { endpoint: endpointUrl, region: testRegion, credentials: testCredentials };
  const clients = {
    sqs: new SQSClient(settings),
    sns: new SNSClient(settings),
    dynamodb: new DynamoDBClient(settings),
    sfn: new SFNClient(settings),
    events: new EventBridgeClient(settings),
  };
  return { ...clients, close: () => Object.values(clients).forEach((client) => client.destroy()) };
};

export const withClients = async <T>(endpointUrl: string, use: (clients: AwsClients) => Promise<T>): Promise<T> => {
  const clients = awsClients(endpointUrl);
  try {
    return await use(clients);
  } finally {
    clients.close();
  }
};
