import type { HeadUpdate } from '../../src/core/items';
import { memoryWindowTable } from '../../src/memory/window-table';
import { aHead, aStoredRecord, someEvents } from '../contract/samples';
import { minute } from '../factories';

const create = (conversationId: string, expiresAtMs = minute(100)): HeadUpdate => ({
  conversationId,
  expect: 'missing',
  set: aHead(),
  expiresAtMs,
});

const dueIn = async (table: ReturnType<typeof memoryWindowTable>) =>
  (await table.findDue('Q#000', minute(9), 10)).map(({ conversationId }) => conversationId);

test('a stale index misses a window, and shows one that has moved on, until it is settled', async () => {
  const table = memoryWindowTable({ staleIndex: true });
  await table.updateHead(create('a'));
  expect(await dueIn(table)).toEqual([]);
  table.settleIndex();
  expect(await dueIn(table)).toEqual(['a']);
  const close: HeadUpdate = { ...create('a'), expect: { state: 'open' }, set: { state: 'closed' }, remove: ['dueAt', 'dueOn'] };
  await table.updateHead(close);
  expect(await dueIn(table)).toEqual(['a']);
  table.settleIndex();
  expect(await dueIn(table)).toEqual([]);
});

test('a stale index catches up change by change, oldest first', async () => {
  const table = memoryWindowTable({ staleIndex: true });
  await table.updateHead(create('a'));
  await table.updateHead(create('b'));
  table.settleIndex(1);
  expect(await dueIn(table)).toEqual(['a']);
});

test('an index that is not stale shows a window at once', async () => {
  const table = memoryWindowTable();
  await table.updateHead(create('a'));
  expect(await dueIn(table)).toEqual(['a']);
});

test('what has expired goes when it is told to, and only what was chosen', async () => {
  const table = memoryWindowTable();
  await table.updateHead(create('a', minute(1)));
  await table.writeEvents(someEvents('a', 2), minute(2));
  await table.putRecord(aStoredRecord({ conversationId: 'a' }), minute(3));
  const eventsOfA = async () => {
    for await (const { events } of table.readWindow('a', 'none', 0)) return events.length;
    return 0;
  };
  table.expire(minute(2), ({ sk }) => sk === 'W');
  expect([table.heads(), await eventsOfA(), table.records().length]).toEqual([[], 2, 1]);
  expect(await dueIn(table)).toEqual([]);
  table.expire(minute(2));
  expect([await eventsOfA(), table.records().length]).toEqual([0, 1]);
  table.expire(minute(3));
  expect(table.records()).toEqual([]);
});

test('records are listed by conversation, life and revision', async () => {
  const table = memoryWindowTable();
  const put = (conversationId: string, life: string, revision: number) =>
    table.putRecord(aStoredRecord({ conversationId, life, revision }), minute(9));
  await put('b', 'l1', 1);
  await put('a', 'l2', 1);
  await put('a', 'l1', 2);
  await put('a', 'l1', 1);
  expect(table.records().map(({ record }) => [record.conversationId, record.life, record.revision])).toEqual([
    ['a', 'l1', 1],
    ['a', 'l1', 2],
    ['a', 'l2', 1],
    ['b', 'l1', 1],
  ]);
});

test('what was given to the table cannot be changed from outside', async () => {
  const table = memoryWindowTable();
  const attributes = { colour: 'red' };
  await table.putRecord(aStoredRecord({ conversationId: 'a', attributes }), minute(9));
  attributes.colour = 'blue';
  expect((await table.latestRecord('a'))?.record.attributes).toEqual({ colour: 'red' });
});
