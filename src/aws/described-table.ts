import {
  type AttributeDefinition,
  DescribeContinuousBackupsCommand,
  DescribeTableCommand,
  DescribeTimeToLiveCommand,
  type DynamoDBClient,
  type GlobalSecondaryIndexDescription,
  type KeySchemaElement,
} from '@aws-sdk/client-dynamodb';
import type { DescribedIndex, DescribedTable, KeyAttribute, TimeToLive } from '../ports-doctor';

type Definitions = readonly AttributeDefinition[] | undefined;

const keysOf = (schema: readonly KeySchemaElement[] | undefined, definitions: Definitions): readonly KeyAttribute[] =>
  [...(schema ?? [])]
    .sort((a, b) => String(a.KeyType).localeCompare(String(b.KeyType)))
    .map(({ AttributeName: name = '' }) => ({
      name,
      type: definitions?.find((one) => one.AttributeName === name)?.AttributeType ?? '?',
    }));

const indexOf = (index: GlobalSecondaryIndexDescription, definitions: Definitions): DescribedIndex => ({
  name: index.IndexName ?? '',
  status: index.IndexStatus ?? 'unknown',
  projection: index.Projection?.ProjectionType ?? 'unknown',
  keys: keysOf(index.KeySchema, definitions),
});

/** What is read of one table: each takes a right of its own, called like the command. */
export const tableDescriber = (dynamo: Pick<DynamoDBClient, 'send'>, tableName: string) => ({
  describe: async (abortSignal: AbortSignal): Promise<DescribedTable> => {
    const { Table: table } = await dynamo.send(new DescribeTableCommand({ TableName: tableName }), { abortSignal });
    const definitions = table?.AttributeDefinitions;
    return {
      arn: table?.TableArn ?? '',
      status: table?.TableStatus ?? 'unknown',
      // A provisioned table may say nothing.
      billing: table?.BillingModeSummary?.BillingMode ?? 'PROVISIONED',
      isProtected: table?.DeletionProtectionEnabled === true,
      keys: keysOf(table?.KeySchema, definitions),
      indexes: (table?.GlobalSecondaryIndexes ?? []).map((index) => indexOf(index, definitions)),
    };
  },
  timeToLive: async (abortSignal: AbortSignal): Promise<TimeToLive> => {
    const asked = new DescribeTimeToLiveCommand({ TableName: tableName });
    const { TimeToLiveDescription: told } = await dynamo.send(asked, { abortSignal });
    return { status: told?.TimeToLiveStatus ?? 'DISABLED', attribute: told?.AttributeName ?? null };
  },
  backups: async (abortSignal: AbortSignal): Promise<string> => {
    const asked = new DescribeContinuousBackupsCommand({ TableName: tableName });
    const { ContinuousBackupsDescription: told } = await dynamo.send(asked, { abortSignal });
    return told?.PointInTimeRecoveryDescription?.PointInTimeRecoveryStatus ?? 'DISABLED';
  },
});
