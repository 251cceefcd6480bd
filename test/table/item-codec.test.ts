import { createHash } from 'node:crypto';
import { eventItem, readEventItem, readHeadItem, readRecordItem, recordItem } from '../../src/table/item-codec';
import { itemBytes } from '../../src/table/item-limits';
import { unpack } from '../../src/table/packed-text';
import { madeOfDigest, type StoredRecord } from '../../src/core/items';
import { limits } from '../../src/core/limits';
import { anEvent, noon } from '../factories';
import { aStoredRecord, noise, stored } from '../contract/samples';

const expiresAtMs = noon + 1;

test('the layout of an event item is what it was', async () => {
  const event = anEvent();
  expect(await eventItem(stored(event, noon + 5), expiresAtMs)).toEqual({
    pk: 'C#conversation-1',
    sk: `E#0.0001767614400000.0000000000000001.participant-1.session-1#${event.fingerprint}`,
    layout: 1,
    sentAt: noon + 5,
    expiresAt: Math.ceil(expiresAtMs / 1000),
    json: JSON.stringify(event),
  });
});

test('the layout of a record item is what it was', async () => {
  const { record, madeOf, outbox } = aStoredRecord();
  const item = await recordItem({ record, madeOf: [], outbox }, expiresAtMs);
  expect(item).toEqual({
    pk: 'C#conversation-1',
    sk: 'R#0mjuohs000000001#09999999',
    layout: 1,
    life: '0mjuohs000000001',
    revision: 1,
    expiresAt: Math.ceil(expiresAtMs / 1000),
    blob: expect.any(Uint8Array) as Uint8Array,
  });
  const [preface, ...texts] = (await unpack(item)).split('\n');
  expect(JSON.parse(preface!)).toEqual({
    madeOf: [],
    recordLength: JSON.stringify(record).length,
    messageLength: outbox.notification.message.length,
    attributes: { status: 'final', pane: 'on_time' },
    executionName: 'conversation-1-0mjuohs000000001-1',
  });
  expect(texts).toEqual([`${JSON.stringify(record)}${outbox.notification.message}${outbox.execution!.input}`]);
  expect(madeOf).toHaveLength(2);
});

test('a large event is compressed, a small one can be read by a person', async () => {
  const large = stored(anEvent({ body: { text: 'again and '.repeat(2000) } }));
  const item = await eventItem(large, expiresAtMs);
  expect(item).not.toHaveProperty('json');
  expect(itemBytes(item)).toBeLessThan(1_000);
  expect(await readEventItem(item)).toEqual(large);
  expect(await eventItem(stored(anEvent()), expiresAtMs)).not.toHaveProperty('blob');
});

test('what is gone is remembered', async () => {
  const stored: StoredRecord = { ...aStoredRecord(), gone: ['00112233445566aa'] };
  expect(await readRecordItem(await recordItem(stored, expiresAtMs))).toEqual(stored);
});

test('how a record came to be is kept beside it, and one that does not say it is read as before', async () => {
  const { record, madeOf, outbox } = aStoredRecord();
  const closed = { atMs: noon, watermarkMs: noon - 60_000, waits: 2, attempts: 1 };
  const item = await recordItem({ record, madeOf, closed, outbox }, expiresAtMs);
  expect(JSON.parse((await unpack(item)).split('\n')[0]!)).toMatchObject({ closed });
  expect(await readRecordItem(item)).toEqual({ record, madeOf, closed, outbox });
  expect(await readRecordItem(await recordItem({ record, madeOf, outbox }, expiresAtMs))).not.toHaveProperty('closed');
});

test('texts that hold line ends or nothing at all come back to the byte', async () => {
  const { record, madeOf } = aStoredRecord();
  for (const [message, input] of [
    ['\n', '\n\n{"a":\n1}'],
    ['', ''],
    ['é🙂\u2028', '{}'],
  ] as const) {
    const odd: StoredRecord = {
      record,
      madeOf,
      outbox: { execution: { name: 'n', input }, notification: { message, attributes: {} } },
    };
    expect(await readRecordItem(await recordItem(odd, expiresAtMs))).toEqual(odd);
  }
});

test('a record made of 10,000 events fits an item, with the bytes that it sends', async () => {
  const lifecycle = Array.from({ length: 10_000 }, (_, n) => ({
    sequence: n + 1,
    timestamp: new Date(noon + n * 977).toISOString(),
    action: ['user.start', 'user.end', 'acd.start', 'contact'][n % 4]!,
  }));
  const digests = lifecycle.map(({ timestamp }) => madeOfDigest(createHash('sha256').update(timestamp).digest('hex')));
  const { record, outbox } = aStoredRecord({ lifecycle });
  const bytes = itemBytes(await recordItem({ record, madeOf: digests, outbox }, expiresAtMs));
  expect(bytes).toBeLessThan(limits.itemBytes / 2);
});

test('what an execution and a notification repeat of their record costs next to nothing', async () => {
  const { record, madeOf, outbox } = aStoredRecord({ attributes: { text: noise(100_000) } });
  const nothing = { execution: null, notification: { message: '', attributes: {} } };
  const alone = itemBytes(await recordItem({ record, madeOf, outbox: nothing }, expiresAtMs));
  expect(itemBytes(await recordItem({ record, madeOf, outbox }, expiresAtMs)) - alone).toBeLessThan(2_000);
});

test('an item of a layout that this program does not know is not guessed at', async () => {
  const item = { ...(await eventItem(stored(anEvent()), expiresAtMs)), layout: 2 };
  await expect(readEventItem(item)).rejects.toThrow('Expected an item of layout 1, got 2');
  expect(() => readHeadItem({ pk: 'C#a', sk: 'W', layout: 2 })).toThrow('Expected an item of layout 1, got 2');
});

test('attributes that are no part of a head are not shown in it', () => {
  const item = { pk: 'C#a', sk: 'W', layout: 1, state: 'open', expiresAt: 1, added: 'later', constructor: 'x' };
  expect(readHeadItem(item)).toEqual({ layout: 1, conversationId: 'a', state: 'open' });
});
