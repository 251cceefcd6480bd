import { QueryCommand } from '@aws-sdk/client-dynamodb';
import { conversationOf } from '../core/items';
import type { DueWindow } from '../ports';
import { fromAttributes, toAttributes } from './attribute-values';
import { plainClient, type BusyTable } from './table';

const dueIndex = 'due';

/** One page and no cursor: what is found is claimed and leaves the page, so the next look finds what follows. */
export const findDue = async (table: BusyTable, dueOn: string, upToMs: number, limit: number): Promise<readonly DueWindow[]> => {
  const answer = await plainClient(table).send(
    new QueryCommand({
      TableName: table.tableName,
      IndexName: dueIndex,
      KeyConditionExpression: '#dueOn = :dueOn AND #dueAt <= :upTo',
      ExpressionAttributeNames: { '#dueOn': 'dueOn', '#dueAt': 'dueAt' },
      ExpressionAttributeValues: toAttributes({ ':dueOn': dueOn, ':upTo': upToMs }),
      Limit: limit,
    }),
  );
  return (answer.Items ?? []).map(fromAttributes).map((item) => ({
    conversationId: conversationOf(String(item['pk'])),
    dueAt: Number(item['dueAt']),
    dueOn: String(item['dueOn']),
  }));
};
