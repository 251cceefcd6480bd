import { PutCommand } from '@aws-sdk/lib-dynamodb';
import { getItem } from '../../src/aws/table';
import { dynamoKeptKeys } from '../../src/aws/kept-keys';
import { keyDigest } from '../../src/core/ingest/post';
import { keys, tableLayout } from '../../src/core/items';
import { resources } from '../../src/resources';
import { noon } from '../factories';
import { emptiedTable } from './emptied-table';
import { keptKeysContract } from './kept-keys.contract';

const emptied = emptiedTable();

keptKeysContract('DynamoDB', async () => dynamoKeptKeys(await emptied()));

const digest = keyDigest('conversation-5521', '{"conversationId":"conversation-5521"}');
const expiresAtMs = noon + 86_400_000;

test('what is kept of a post expires by itself, and names no conversation', async () => {
  const table = await emptied();
  await dynamoKeptKeys(table).keep(digest, { messageId: 'message-1', expiresAtMs }, noon);
  const item = await getItem(table, keys.post(digest));
  expect(item).toEqual({
    ...keys.post(digest),
    layout: tableLayout,
    messageId: 'message-1',
    [resources().table.timeToLive]: expiresAtMs / 1000,
  });
  expect(JSON.stringify(item)).not.toContain('5521');
});

test('what a newer version has kept is left alone, and the post counts as new', async () => {
  const table = await emptied();
  const newer = { ...keys.post(digest), layout: tableLayout + 1, messageId: { v2: 'message-1' }, expiresAt: expiresAtMs / 1000 };
  await table.dynamo.send(new PutCommand({ TableName: table.tableName, Item: newer }));
  const store = dynamoKeptKeys(table);
  expect(await store.find(digest, noon)).toBeNull();
  expect(await store.keep(digest, { messageId: 'message-2', expiresAtMs }, noon)).toBe('message-2');
  expect(await getItem(table, keys.post(digest))).toEqual(newer);
});

test('a table that is away is an error, not an absent key', async () => {
  const { dynamo } = await emptied();
  const store = dynamoKeptKeys({ dynamo, tableName: 'no-such-table' });
  await expect(store.find(digest, noon)).rejects.toThrow();
  await expect(store.keep(digest, { messageId: 'message-1', expiresAtMs }, noon)).rejects.toThrow();
});
