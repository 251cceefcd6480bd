import { BatchGetItemCommand, BatchWriteItemCommand, ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { paginateQuery, PutCommand, QueryCommand } from '@aws-sdk/lib-dynamodb';
import {
  conversationOf,
  isEventKey,
  keys,
  tableLayout,
  type FailureNote,
  type Head,
  type StoredEvent,
  type StoredRecord,
} from '../core/items';
import { limits } from '../core/limits';
import type { HeadsAnswer, WindowPage, WindowTable } from '../ports';
import {
  eventItem,
  expirySeconds,
  readEventItem,
  readHeadItem,
  readRecordItem,
  recordItem,
  type Item,
} from '../table/item-codec';
import { assertBatchAllowed, assertItemAllowed } from '../table/item-limits';
import { fromAttributes, toAttributes } from './attribute-values';
import { findDue } from './due-windows';
import { updateHead } from './head-update';
import { asItemRefusal } from './item-refusal';
import { isShared, sharedHeadUpdates } from './shared-head-updates';
import { getItem, plainClient, type BusyTable, type Table } from './table';

/** The window table on DynamoDB: see core/items for the page of items and keys. */

const refused = (error: unknown): never => {
  throw asItemRefusal(error);
};

/** A key as one text. Sort keys hold no line end, so the last one parts it: two keys never make one text. */
const placeOf = (item: Item): string => `${String(item['pk'])}\n${String(item['sk'])}`;

const writeEvents = async (table: BusyTable, batch: readonly StoredEvent[], expiresAtMs: number) => {
  assertBatchAllowed('events', batch.length, limits.writeBatch);
  const items = await Promise.all(batch.map((stored) => eventItem(stored, expiresAtMs)));
  items.forEach(assertItemAllowed);
  // DynamoDB refuses a batch that names a key twice. Same key, same event: the last one stands.
  const puts = new Map(items.map((item) => [placeOf(item), { PutRequest: { Item: toAttributes(item) } }]));
  if (puts.size === 0) return [];
  const command = new BatchWriteItemCommand({ RequestItems: { [table.tableName]: [...puts.values()] } });
  const answer = await plainClient(table).send(command).catch(refused);
  const unprocessed = Object.values(answer.UnprocessedItems ?? {}).flat();
  if (unprocessed.length === 0) return [];
  const left = new Set(unprocessed.map(({ PutRequest }) => placeOf(fromAttributes(PutRequest?.Item ?? {}))));
  return batch.filter(({ event }) => left.has(placeOf(keys.event(event))));
};

/**
 * Consistent, because the event was written before: a head read from a replica that lags could hide a close that has already begun,
 * and the event would be in no record.
 */
const readHeads = async (table: BusyTable, conversationIds: readonly string[]): Promise<HeadsAnswer> => {
  const ids = [...new Set(conversationIds)];
  assertBatchAllowed('conversations', ids.length, limits.readBatch);
  if (ids.length === 0) return { heads: new Map(), unprocessed: [] };
  const answer = await plainClient(table).send(
    new BatchGetItemCommand({
      RequestItems: { [table.tableName]: { Keys: ids.map((id) => toAttributes(keys.head(id))), ConsistentRead: true } },
    }),
  );
  const unprocessed = Object.values(answer.UnprocessedKeys ?? {})
    .flatMap(({ Keys }) => Keys ?? [])
    .map((key) => conversationOf(String(key['pk']?.S)));
  const found = Object.values(answer.Responses ?? {})
    .flat()
    .map((item) => readHeadItem(fromAttributes(item)));
  const heads = new Map<string, Head | null>(ids.map((id) => [id, null]));
  for (const head of found) heads.set(head.conversationId, head);
  for (const id of unprocessed) heads.delete(id);
  return { heads, unprocessed };
};

/** One Query over the partition, from the first event to the last finished record; records of earlier lives lie in between. */
async function* readWindow(table: Table, conversationId: string, life: string, finished: number): AsyncIterable<WindowPage> {
  const from = keys.firstEvent(conversationId);
  const to = keys.record(conversationId, life, Math.max(finished, 1));
  const pages = paginateQuery(
    { client: table.dynamo },
    {
      TableName: table.tableName,
      ConsistentRead: true,
      KeyConditionExpression: '#pk = :pk AND #sk BETWEEN :from AND :to',
      ExpressionAttributeNames: { '#pk': 'pk', '#sk': 'sk' },
      ExpressionAttributeValues: { ':pk': from.pk, ':from': from.sk, ':to': to.sk },
    },
  );
  for await (const { Items: items = [] } of pages) {
    const isEvent = (item: Item): boolean => isEventKey(String(item['sk']));
    const ofThisLife = (item: Item): boolean => item['life'] === life;
    yield {
      events: await Promise.all(items.filter(isEvent).map(readEventItem)),
      records: await Promise.all(items.filter(ofThisLife).map(readRecordItem)),
    };
  }
}

/**
 * A put whose answer was lost, and that the SDK tried again, is refused and answers our own record. Nothing is lost by taking it
 * for somebody else's: the close sends its bytes, which are ours, and the next one compares.
 */
const putRecord = async (table: Table, stored: StoredRecord, expiresAtMs: number): Promise<'put' | StoredRecord> => {
  const item = await recordItem(stored, expiresAtMs);
  assertItemAllowed(item);
  try {
    await table.dynamo.send(
      new PutCommand({
        TableName: table.tableName,
        Item: item,
        ConditionExpression: 'attribute_not_exists(#pk)',
        ExpressionAttributeNames: { '#pk': 'pk' },
      }),
    );
    return 'put';
  } catch (error) {
    if (!(error instanceof ConditionalCheckFailedException)) return refused(error);
    const { conversationId, life, revision } = stored.record;
    const there = await getItem(table, keys.record(conversationId, life, revision));
    if (there === null)
      throw new Error(
        `Revision ${revision} was there when it was put and gone when it was read: it expired in between. Try again.`,
        {
          cause: error,
        },
      );
    return readRecordItem(there);
  }
};

/** Lives count up in the sort key, revisions count down: the last record there is of the newest life, the first of that life the newest. */
const latestRecord = async ({ dynamo, tableName }: Table, conversationId: string): Promise<StoredRecord | null> => {
  const query = async (prefix: string, forward: boolean): Promise<Item | undefined> => {
    const answer = await dynamo.send(
      new QueryCommand({
        TableName: tableName,
        ConsistentRead: true,
        KeyConditionExpression: '#pk = :pk AND begins_with(#sk, :prefix)',
        ExpressionAttributeNames: { '#pk': 'pk', '#sk': 'sk' },
        ExpressionAttributeValues: { ':pk': keys.head(conversationId).pk, ':prefix': prefix },
        ScanIndexForward: forward,
        Limit: 1,
      }),
    );
    return answer.Items?.[0];
  };
  const oldest = await query('R#', false);
  const newest = oldest && (await query(`R#${String(oldest['life'])}#`, true));
  return newest ? readRecordItem(newest) : null;
};

const putFailureNote = async ({ dynamo, tableName }: Table, note: FailureNote, expiresAtMs: number): Promise<void> => {
  const { bodySha256, atMs, attributes } = note;
  const fields = { layout: tableLayout, bodySha256, atMs, attributes, expiresAt: expirySeconds(expiresAtMs) };
  await dynamo.send(new PutCommand({ TableName: tableName, Item: { ...keys.failureNote(note), ...fields } }));
};

export const dynamoWindowTable = (table: BusyTable): WindowTable => {
  // A person's command makes one update at a time, and needs no right to more.
  const updateWithOthers = table.preparedDynamo === undefined ? null : sharedHeadUpdates(table);
  return {
    writeEvents: (batch, expiresAtMs) => writeEvents(table, batch, expiresAtMs),
    readHeads: (conversationIds) => readHeads(table, conversationIds),
    updateHead: (update) => (updateWithOthers && isShared(update) ? updateWithOthers(update) : updateHead(table, update)),
    findDue: (dueOn, upToMs, limit) => findDue(table, dueOn, upToMs, limit),
    readWindow: (conversationId, life, finished) => readWindow(table, conversationId, life, finished),
    putRecord: (record, expiresAtMs) => putRecord(table, record, expiresAtMs),
    latestRecord: (conversationId) => latestRecord(table, conversationId),
    putFailureNote: (note, expiresAtMs) => putFailureNote(table, note, expiresAtMs),
  };
};
