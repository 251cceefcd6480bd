import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { BatchWriteCommand, DeleteCommand, paginateQuery } from '@aws-sdk/lib-dynamodb';
import { backoffMs } from '../core/backoff';
import { isEventKey, keys } from '../core/items';
import { limits } from '../core/limits';
import type { Clock, Random } from '../ports';
import type { ConversationEraser, StoredCounts } from '../ports-on-call';
import { getItem, type Table } from './table';

export interface EraserEdges {
  readonly clock: Pick<Clock, 'sleep'>;
  readonly random: Pick<Random, 'fraction'>;
}

interface Key {
  readonly pk: string;
  readonly sk: string;
}

/** Consistent; keys alone, so that no body is brought here to be thrown away. */
const keysIn = async ({ dynamo, tableName }: Table, pk: string): Promise<readonly Key[]> => {
  const found: Key[] = [];
  const pages = paginateQuery(
    { client: dynamo },
    {
      TableName: tableName,
      ConsistentRead: true,
      KeyConditionExpression: '#pk = :pk',
      ProjectionExpression: '#pk, #sk',
      ExpressionAttributeNames: { '#pk': 'pk', '#sk': 'sk' },
      ExpressionAttributeValues: { ':pk': pk },
    },
  );
  for await (const { Items: items = [] } of pages)
    found.push(...items.map((item) => ({ pk: String(item['pk']), sk: String(item['sk']) })));
  return found;
};

const attachedStart = 'EA#';
const countsOf = (found: readonly Key[]): StoredCounts => {
  const events = found.filter(({ sk }) => isEventKey(sk)).length;
  const attached = found.filter(({ sk }) => sk.startsWith(attachedStart)).length;
  return { events: events - attached, attached, records: found.length - events };
};

const mostRounds = 12;

/** One batch after the other, in order; what is not taken is tried again. */
const eraseAll = async (table: Table, { clock, random }: EraserEdges, found: readonly Key[]): Promise<void> => {
  const { dynamo, tableName } = table;
  let left = found;
  for (let round = 0; left.length > 0;) {
    const requests = left.slice(0, limits.writeBatch).map((key) => ({ DeleteRequest: { Key: key } }));
    const answer = await dynamo.send(new BatchWriteCommand({ RequestItems: { [tableName]: requests } }));
    const refused = (answer.UnprocessedItems?.[tableName] ?? []).map(({ DeleteRequest }) => DeleteRequest?.Key as Key);
    left = [...refused, ...left.slice(limits.writeBatch)];
    round = refused.length === 0 ? 0 : round + 1;
    if (round > mostRounds)
      throw new Error(`DynamoDB has not erased ${left.length} items, however often it was asked. Run it again later.`);
    if (round > 0) await clock.sleep(backoffMs(round, 50, 5_000, random.fraction()));
  }
};

const isGone = async ({ dynamo, tableName }: Table, conversationId: string, life: string): Promise<boolean> => {
  try {
    await dynamo.send(
      new DeleteCommand({
        TableName: tableName,
        Key: keys.head(conversationId),
        ConditionExpression: 'attribute_not_exists(#pk) OR (#state = :parked AND #life = :life)',
        ExpressionAttributeNames: { '#pk': 'pk', '#state': 'state', '#life': 'life' },
        ExpressionAttributeValues: { ':parked': 'parked', ':life': life },
      }),
    );
    return true;
  } catch (error) {
    if (error instanceof ConditionalCheckFailedException) return false;
    throw error;
  }
};

export const dynamoConversationEraser = (table: Table, edges: EraserEdges): ConversationEraser => {
  const contentsOf = async (conversationId: string): Promise<readonly Key[]> => {
    const head = keys.head(conversationId);
    return (await keysIn(table, head.pk)).filter(({ sk }) => sk !== head.sk);
  };
  return {
    count: async (conversationId) => ({
      ...countsOf(await contentsOf(conversationId)),
      guard: (await getItem(table, keys.guard(conversationId))) !== null,
    }),
    eraseContents: async (conversationId) => {
      const found = await contentsOf(conversationId);
      await eraseAll(table, edges, found);
      return countsOf(found);
    },
    eraseHead: (conversationId, life) => isGone(table, conversationId, life),
    eraseGuard: async (conversationId) => {
      const answer = await table.dynamo.send(
        new DeleteCommand({ TableName: table.tableName, Key: keys.guard(conversationId), ReturnValues: 'ALL_OLD' }),
      );
      return answer.Attributes !== undefined;
    },
    eraseNotes: async (bodySha256) => {
      const found = await keysIn(table, keys.failureNote({ bodySha256, atMs: 0 }).pk);
      await eraseAll(table, edges, found);
      return found.length;
    },
  };
};
