import {
  CreateTableCommand,
  DeleteTableCommand,
  DescribeTimeToLiveCommand,
  ResourceInUseException,
  ResourceNotFoundException,
  UpdateContinuousBackupsCommand,
  UpdateTimeToLiveCommand,
  waitUntilTableExists,
  waitUntilTableNotExists,
  type CreateTableCommandInput,
  type DynamoDBClient,
} from '@aws-sdk/client-dynamodb';
import type { TableDefinition } from '../src/resources';

const waiting = { maxWaitTime: 60, minDelay: 0.05, maxDelay: 1 };

const description = ({ name, partitionKey, sortKey, dueIndex }: TableDefinition): CreateTableCommandInput => ({
  TableName: name,
  BillingMode: 'PAY_PER_REQUEST',
  AttributeDefinitions: [
    { AttributeName: partitionKey, AttributeType: 'S' },
    { AttributeName: sortKey, AttributeType: 'S' },
    { AttributeName: dueIndex.partitionKey, AttributeType: 'S' },
    { AttributeName: dueIndex.sortKey, AttributeType: 'N' },
  ],
  KeySchema: [
    { AttributeName: partitionKey, KeyType: 'HASH' },
    { AttributeName: sortKey, KeyType: 'RANGE' },
  ],
  GlobalSecondaryIndexes: [
    {
      IndexName: dueIndex.name,
      KeySchema: [
        { AttributeName: dueIndex.partitionKey, KeyType: 'HASH' },
        { AttributeName: dueIndex.sortKey, KeyType: 'RANGE' },
      ],
      Projection: { ProjectionType: 'KEYS_ONLY' },
    },
  ],
});

const enableTimeToLive = async (dynamodb: DynamoDBClient, { name, timeToLive }: TableDefinition): Promise<void> => {
  // Enabling it twice is an error.
  const { TimeToLiveDescription } = await dynamodb.send(new DescribeTimeToLiveCommand({ TableName: name }));
  if (TimeToLiveDescription?.TimeToLiveStatus === 'ENABLED') return;
  const TimeToLiveSpecification = { AttributeName: timeToLive, Enabled: true };
  await dynamodb.send(new UpdateTimeToLiveCommand({ TableName: name, TimeToLiveSpecification }));
};

const enablePointInTimeRecovery = async (dynamodb: DynamoDBClient, table: TableDefinition): Promise<void> => {
  const PointInTimeRecoverySpecification = { PointInTimeRecoveryEnabled: table.pointInTimeRecovery };
  await dynamodb.send(new UpdateContinuousBackupsCommand({ TableName: table.name, PointInTimeRecoverySpecification }));
};

/** Neither changes an answer, so an endpoint that has never heard of them will do. */
const settings = { timeToLive: enableTimeToLive, pointInTimeRecovery: enablePointInTimeRecovery };

const isUnknownOperation = (error: unknown): boolean => error instanceof Error && error.name === 'UnknownOperationException';

export const createTable = async (
  dynamodb: DynamoDBClient,
  table: TableDefinition,
): Promise<{ readonly skipped: readonly string[] }> => {
  await dynamodb.send(new CreateTableCommand(description(table))).catch((error: unknown) => {
    if (!(error instanceof ResourceInUseException)) throw error;
  });
  await waitUntilTableExists({ client: dynamodb, ...waiting }, { TableName: table.name });
  const skipped: string[] = [];
  for (const [name, enable] of Object.entries(settings)) {
    await enable(dynamodb, table).catch((error: unknown) => {
      if (!isUnknownOperation(error)) throw error;
      skipped.push(name);
    });
  }
  return { skipped };
};

export const deleteTable = async (dynamodb: DynamoDBClient, name: string): Promise<void> => {
  try {
    await dynamodb.send(new DeleteTableCommand({ TableName: name }));
    await waitUntilTableNotExists({ client: dynamodb, ...waiting }, { TableName: name });
  } catch (error) {
    if (!(error instanceof ResourceNotFoundException)) throw error;
  }
};
