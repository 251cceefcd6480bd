import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { GetCommand, paginateQuery, type DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import type { Item } from '../table/item-codec';

export interface Table {
  readonly dynamo: DynamoDBDocumentClient;
  readonly tableName: string;
}

/** `preparedDynamo` where many calls are made: see clients. The document client does the same, and takes longer. */
export interface BusyTable extends Table {
  readonly preparedDynamo?: Pick<DynamoDBClient, 'send'>;
}

/** For commands that bring their attributes along. */
export const plainClient = ({ dynamo, preparedDynamo }: BusyTable): Pick<DynamoDBClient, 'send'> => preparedDynamo ?? dynamo;

export const getItem = async ({ dynamo, tableName }: Table, key: { pk: string; sk: string }): Promise<Item | null> => {
  const answer = await dynamo.send(new GetCommand({ TableName: tableName, Key: key, ConsistentRead: true }));
  return answer.Item ?? null;
};

/** Every item of a partition, consistently, by sort key. */
export const readPartition = async ({ dynamo, tableName }: Table, partitionKey: string): Promise<readonly Item[]> => {
  const found: Item[] = [];
  const pages = paginateQuery(
    { client: dynamo },
    {
      TableName: tableName,
      ConsistentRead: true,
      KeyConditionExpression: '#pk = :pk',
      ExpressionAttributeNames: { '#pk': 'pk' },
      ExpressionAttributeValues: { ':pk': partitionKey },
    },
  );
  for await (const { Items: items = [] } of pages) found.push(...items);
  return found;
};
