import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { PutCommand } from '@aws-sdk/lib-dynamodb';
import { keys, tableLayout } from '../core/items';
import type { KeptKeys } from '../ports-ingest';
import { expirySeconds, type Item } from '../table/item-codec';
import { getItem, type Table } from './table';

/** In whole seconds, like the expiry: what is kept until half past a second is kept until its end. */
const nowSeconds = (nowMs: number): number => Math.floor(nowMs / 1000);

/** DynamoDB deletes what has expired when it comes to it, days later: until then it counts as absent. */
const hasExpired = (item: Item, nowMs: number): boolean => Number(item['expiresAt']) <= nowSeconds(nowMs);

/** Null, too, of an item of another layout: a newer version's. A key is a courtesy, and without it the post is a new message. */
const messageIdOf = (item: Item | null, nowMs: number): string | null => {
  if (item === null || item['layout'] !== tableLayout || hasExpired(item, nowMs)) return null;
  return typeof item['messageId'] === 'string' ? item['messageId'] : null;
};

/** False: one is there that has not expired. */
const putUnlessKept = async ({ dynamo, tableName }: Table, item: Item, nowMs: number): Promise<boolean> => {
  try {
    await dynamo.send(
      new PutCommand({
        TableName: tableName,
        Item: item,
        ConditionExpression: 'attribute_not_exists(#pk) OR #expiresAt <= :now',
        ExpressionAttributeNames: { '#pk': 'pk', '#expiresAt': 'expiresAt' },
        ExpressionAttributeValues: { ':now': nowSeconds(nowMs) },
      }),
    );
    return true;
  } catch (error) {
    if (error instanceof ConditionalCheckFailedException) return false;
    throw error;
  }
};

export const dynamoKeptKeys = (table: Table): KeptKeys => {
  const find = async (digest: string, nowMs: number): Promise<string | null> =>
    messageIdOf(await getItem(table, keys.post(digest)), nowMs);
  return {
    find,
    keep: async (digest, { messageId, expiresAtMs }, nowMs) => {
      const item = { ...keys.post(digest), layout: tableLayout, messageId, expiresAt: expirySeconds(expiresAtMs) };
      if (await putUnlessKept(table, item, nowMs)) return messageId;
      // Gone or unreadable in between: then ours is as good as any.
      return (await find(digest, nowMs)) ?? messageId;
    },
  };
};
