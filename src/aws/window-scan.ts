import { ScanCommand } from '@aws-sdk/lib-dynamodb';
import { keys } from '../core/items';
import type { WindowScan } from '../ports-on-call';
import { expirySeconds, readHeadItem, type Item } from '../table/item-codec';
import type { Table } from './table';

/** A key as one text that survives a shell. */
const asCursor = (key: Item): string => Buffer.from(JSON.stringify([key['pk'], key['sk']])).toString('base64url');

const keyOf = (cursor: string): Item => {
  const [pk, sk] = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8')) as readonly unknown[];
  return { pk, sk };
};

/**
 * Every write of a head puts off its expiry to a retention later: so the expiry says when it was last written, to the second, for whoever
 * knows the retention that the workers run with.
 */
export const dynamoWindowScan = ({ dynamo, tableName }: Table, retentionMs: number): WindowScan => ({
  page: async (writtenSinceMs, from) => {
    const answer = await dynamo.send(
      new ScanCommand({
        TableName: tableName,
        FilterExpression: '#sk = :head AND #finished > :none AND #expiresAt >= :since',
        ExpressionAttributeNames: { '#sk': 'sk', '#finished': 'finished', '#expiresAt': 'expiresAt' },
        ExpressionAttributeValues: {
          ':head': keys.head('').sk,
          ':none': 0,
          ':since': expirySeconds(writtenSinceMs + retentionMs),
        },
        ReturnConsumedCapacity: 'TOTAL',
        ...(from === null ? {} : { ExclusiveStartKey: keyOf(from) }),
      }),
    );
    return {
      heads: (answer.Items ?? []).map(readHeadItem),
      next: answer.LastEvaluatedKey ? asCursor(answer.LastEvaluatedKey) : null,
      items: answer.ScannedCount ?? 0,
      readUnits: answer.ConsumedCapacity?.CapacityUnits ?? 0,
    };
  },
});
