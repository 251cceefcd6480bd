import { DynamoDBClient } from '@aws-sdk/client-dynamodb';

/** A stand-in's own way to the table; made on the first call, when whoever serves the table knows where it listens. */
export const ownDynamo = (endpointUrl: () => string) => {
  let client: DynamoDBClient | undefined;
  const credentials = { accessKeyId: 'test', secretAccessKey: 'test' };
  return {
    // Retries are the caller's.
    get: (): DynamoDBClient =>
      (client ??= new DynamoDBClient({ endpoint: endpointUrl(), region: 'us-east-1', credentials, maxAttempts: 1 })),
    close: (): void => client?.destroy(),
  };
};
