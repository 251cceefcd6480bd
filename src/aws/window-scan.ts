import { ScanCommand } from '@aws-sdk/lib-dynamodb';
import { keys } from '../core/items';
import type { WindowScan } from '../ports-on-call';
import { expirySeconds, readHeadItem, type Item } from '../table/item-codec';
import type { Table } from './table';

/** A key as one text that survives a shell. */
const asCursor = (key: Item): string => Buffer.from(JSON.stringify([key['pk'], key['sk']])).toString('base64url');

/** Somebody typed it. */
export class CursorError extends Error {
  override readonly name = 'CursorError';
}

const keyOf = (cursor: string): Item => {
  let parts: unknown;
  try {
    parts = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'));
  } catch (cause) {
    throw new CursorError(cursorWanted, { cause });
  }
  if (!Array.isArray(parts) || parts.length !== 2 || parts.some((part) => typeof part !== 'string'))
    throw new CursorError(cursorWanted);
  const [pk, sk] = parts as readonly unknown[];
  return { pk, sk };
};

const cursorWanted = 'Expected the text that an interrupted run printed, got another. Copy all of it, or begin anew without it.';

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
