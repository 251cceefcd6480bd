import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { SFNClient } from '@aws-sdk/client-sfn';
import { SNSClient } from '@aws-sdk/client-sns';
import { SQSClient } from '@aws-sdk/client-sqs';

export interface AwsClients {
  readonly sqs: SQSClient;
  readonly sns: SNSClient;
  readonly dynamodb: DynamoDBClient;
  readonly sfn: SFNClient;
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
  };
  return { ...clients, close: () => Object.values(clients).forEach((client) => client.destroy()) };
};
