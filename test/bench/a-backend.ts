import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { SFNClient } from '@aws-sdk/client-sfn';
import { SNSClient } from '@aws-sdk/client-sns';
import { SQSClient } from '@aws-sdk/client-sqs';
import { serveBackend } from '../../localstack/bench/backend/server';
import { testCredentials, testRegion } from '../../localstack/clients';

export const fair = { rttMs: 0, failing: 0 };

/** A backend and the SDK's own clients of it; `close` ends both. */
export const openBackend = async () => {
  const { url, close } = await serveBackend(fair);
  const settings = { endpoint: url, region: testRegion, credentials: testCredentials, maxAttempts: 1 };
  const sqs = new SQSClient(settings);
  const dynamo = new DynamoDBClient(settings);
  const sfn = new SFNClient(settings);
  const sns = new SNSClient(settings);
  return {
    ...{ url, sqs, dynamo, sfn, sns },
    queueUrl: `${url}/000000000000/bench`,
    close: async () => {
      for (const client of [sqs, dynamo, sfn, sns]) client.destroy();
      await close();
    },
  };
};
