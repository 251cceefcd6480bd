import { GetCommand, type DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import type { Item } from '../table/item-codec';

export interface Table {
  readonly dynamo: DynamoDBDocumentClient;
  readonly tableName: string;
}

export const getItem = async ({ dynamo, tableName }: Table, key: { pk: string; sk: string }): Promise<Item | null> => {
  const answer = await dynamo.send(new GetCommand({ TableName: tableName, Key: key, ConsistentRead: true }));
  return answer.Item ?? null;
};
