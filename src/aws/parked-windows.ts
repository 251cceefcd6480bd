import { paginateQuery } from '@aws-sdk/lib-dynamodb';
import { conversationOf, duePartition, keys, parkedOn, type Head } from '../core/items';
import { limits } from '../core/limits';
import type { ParkedWindows } from '../ports-on-call';
import { readHeadItem } from '../table/item-codec';
import { updateHead } from './head-update';
import { getItem, type Table } from './table';
import { dynamoWindowTable } from './window-table';

export interface ParkedWindowsOptions {
  readonly nowMs: () => number;
  /** How long a head is kept that is touched now. */
  readonly retentionMs: number;
}

const readRounds = 5;

/** The index knows keys only, and lags: what the table says is so. */
const readParked = async (table: Table, ids: readonly string[]): Promise<readonly Head[]> => {
  const { readHeads } = dynamoWindowTable(table);
  const heads = new Map<string, Head | null>();
  let left = ids;
  for (let round = 0; left.length > 0 && round < readRounds; round += 1) {
    const answer = await readHeads(left);
    for (const [id, head] of answer.heads) heads.set(id, head);
    left = answer.unprocessed;
  }
  if (left.length > 0)
    throw new Error(`Expected the table to answer for ${ids.length} windows, ${left.length} are left: it throttles.`);
  return ids.flatMap((id) => {
    const head = heads.get(id);
    return head?.state === 'parked' ? [head] : [];
  });
};

async function* list(table: Table): AsyncIterable<Head> {
  const pages = paginateQuery(
    { client: table.dynamo },
    {
      TableName: table.tableName,
      IndexName: 'due',
      KeyConditionExpression: '#dueOn = :parked',
      ExpressionAttributeNames: { '#dueOn': 'dueOn' },
      ExpressionAttributeValues: { ':parked': parkedOn },
      Limit: limits.readBatch,
    },
  );
  for await (const { Items: items = [] } of pages)
    yield* await readParked(
      table,
      items.map((item) => conversationOf(String(item['pk']))),
    );
}

/** Any shard will do: the next claim puts it into its own. */
const reopened = (conversationId: string, expiresAtMs: number) =>
  ({
    conversationId,
    expect: { state: 'parked' },
    set: { state: 'open', attempts: 0, waits: 0, dueAt: 0, dueOn: duePartition('queue', 0) },
    expiresAtMs,
  }) as const;

export const dynamoParkedWindows = (table: Table, { nowMs, retentionMs }: ParkedWindowsOptions): ParkedWindows => ({
  list: () => list(table),
  read: async (conversationId) => {
    const item = await getItem(table, keys.head(conversationId));
    return item && readHeadItem(item);
  },
  reopen: async (conversationId) =>
    (await updateHead(table, reopened(conversationId, nowMs() + retentionMs))) === null ? 'not-parked' : 'reopened',
});
