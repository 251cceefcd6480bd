import { GetCommand } from '@aws-sdk/lib-dynamodb';
import { dynamoParkedWindows } from '../../src/aws/parked-windows';
import { dynamoWindowTable } from '../../src/aws/window-table';
import { keys } from '../../src/core/items';
import { noon } from '../factories';
import { emptiedTable } from './emptied-table';
import { parkedWindowsContract } from './parked-windows.contract';

const emptied = emptiedTable();
const retentionMs = 86_400_000;

parkedWindowsContract('DynamoDB', async () => {
  const table = await emptied();
  const windows = dynamoParkedWindows(table, { nowMs: () => noon, retentionMs });
  return { table: dynamoWindowTable(table), windows, settleIndex: () => Promise.resolve() };
});

test('A window that is opened again is kept as long as one that is touched now', async () => {
  const table = await emptied();
  const conversationId = 'about-to-expire';
  const set = { state: 'parked', life: 'life', finished: 0, attempts: 1, waits: 0 } as const;
  await dynamoWindowTable(table).updateHead({ conversationId, expect: 'missing', set, expiresAtMs: noon });
  await dynamoParkedWindows(table, { nowMs: () => noon, retentionMs }).reopen(conversationId);
  const { Item } = await table.dynamo.send(new GetCommand({ TableName: table.tableName, Key: keys.head(conversationId) }));
  expect(Item?.['expiresAt']).toBe((noon + retentionMs) / 1_000);
});
