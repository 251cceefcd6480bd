import { type HeadUpdate, keys, type StoredEvent, type StoredRecord } from '../../../src/core/items';
import { eventIn, isEvent, type Item, makeEvent, makeRecord, recordIn } from '../../../src/memory/item';
import { inKeyOrder, type Partition, updatedHead } from '../../../src/memory/partition';
import type { DueWindow, HeadsAnswer } from '../../../src/ports';
import type { PageAnswer } from './calls';
import { conversationId } from './small-worlds';

/*
 * The table in memory, over a partition that is never changed, only followed by another: so the walk can go back to it. Items,
 * conditions and order are those of the table in memory itself.
 */

export type Table = Readonly<Partition>;

interface Done {
  readonly table: Table;
  readonly value: unknown;
}

export const eventsIn = (table: Table): readonly StoredEvent[] => inKeyOrder(table).filter(isEvent).map(eventIn);

/** From the first revision to the last, life by life. */
export const recordsIn = (table: Table): readonly StoredRecord[] =>
  inKeyOrder(table)
    .filter((item) => !isEvent(item))
    .map(recordIn)
    .sort(({ record: a }, { record: b }) => (a.life === b.life ? a.revision - b.revision : a.life < b.life ? -1 : 1));

export const dueIn = ({ head }: Table): DueWindow | null => {
  const { dueAt, dueOn } = head?.value ?? {};
  return dueAt === undefined || dueOn === undefined ? null : { conversationId, dueAt, dueOn };
};

const put = (table: Table, items: readonly Item[]): Table => ({
  ...table,
  items: new Map([...table.items, ...items.map((item) => [item.sk, item] as const)]),
});

const updateHead = (table: Table, update: HeadUpdate): Done => {
  const value = updatedHead(table.head?.value ?? null, update);
  return { table: value ? { ...table, head: { value, expiresAtMs: update.expiresAtMs } } : table, value };
};

/** How a record came to be decides nothing: two tables that differ in it are one. */
const withoutBookkeeping = ({ record, madeOf, gone, outbox }: StoredRecord): StoredRecord => ({
  record,
  madeOf,
  ...(gone ? { gone } : {}),
  outbox,
});

const putRecord = (table: Table, stored: StoredRecord, expiresAtMs: number): Done => {
  const item = makeRecord(withoutBookkeeping(stored), expiresAtMs);
  const there = table.items.get(item.sk);
  return there ? { table, value: recordIn(there) } : { table: put(table, [item]), value: 'put' };
};

/** At most so many items after a key: what is written meanwhile behind the reader is not seen, what is ahead is. */
const readPage = (table: Table, args: readonly unknown[], pageItems: number): PageAnswer => {
  const [id, life, finished, after] = args as [string, string, number, string];
  const last = keys.record(id, life, Math.max(finished, 1)).sk;
  const ahead = inKeyOrder(table).filter(({ sk }) => after < sk && sk <= last);
  const page = ahead.slice(0, pageItems);
  const records = page.filter(({ sk }) => sk.startsWith(`R#${life}#`)).map(recordIn);
  return {
    page: { events: page.filter(isEvent).map(eventIn), records },
    lastKey: page.length < ahead.length ? page.at(-1)!.sk : null,
  };
};

export const performOnTable = (table: Table, name: string, args: readonly unknown[], pageItems: number): Done => {
  switch (name) {
    case 'table.due':
      return { table, value: dueIn(table) };
    case 'table.writeEvents': {
      const [batch, expiresAtMs] = args as [readonly StoredEvent[], number];
      return { table: put(table, batch.map((stored) => makeEvent(stored, expiresAtMs))), value: [] }; // prettier-ignore
    }
    case 'table.readHeads': {
      const value: HeadsAnswer = { heads: new Map([[conversationId, table.head?.value ?? null]]), unprocessed: [] };
      return { table, value };
    }
    case 'table.updateHead':
      return updateHead(table, args[0] as HeadUpdate);
    case 'table.putRecord':
      return putRecord(table, args[0] as StoredRecord, args[1] as number);
    case 'table.readWindow':
      return { table, value: readPage(table, args, pageItems) };
    default:
      throw new Error(`Expected a call that the walked table knows, got ${name}.`);
  }
};
