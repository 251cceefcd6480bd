import { type FailureNote, type Head, keys, type StoredRecord } from '../core/items';
import { limits } from '../core/limits';
import type { WindowTable } from '../ports';
import { assertBatchAllowed, assertKeyAllowed } from '../table/item-limits';
import { answer } from './answer';
import { type Item, type Key, makeEvent, makeRecord, recordIn } from './item';
import { inKeyOrder, type Partition, readPages, updatedHead } from './partition';
import { type TableStore, tableStore } from './table-store';

/** The table, with what a test or `replay` may look at, and what AWS does to it in its own time. */
export interface MemoryWindowTable extends WindowTable {
  /** Lets a stale index catch up: all of it, or its oldest `changes`. */
  readonly settleIndex: (changes?: number) => void;
  /** Deletes what has expired, or what is chosen of it: TTL deletes late and in any order. */
  readonly expire: (upToMs: number, choose?: (key: Key) => boolean) => void;
  readonly heads: () => readonly Head[];
  /** Every revision of every life, by conversation, life, revision. */
  readonly records: () => readonly StoredRecord[];
  readonly failureNotes: () => readonly FailureNote[];
}

export interface MemoryWindowTableOptions {
  /** The index shows a change only after `settleIndex`. */
  readonly staleIndex?: boolean;
}

const byLifeAndRevision = ({ record: a }: StoredRecord, { record: b }: StoredRecord): number =>
  a.life === b.life ? a.revision - b.revision : a.life < b.life ? -1 : 1;

const isRecord = ({ sk }: Item): boolean => sk.startsWith('R#');

const recordsIn = (partition: Partition): readonly StoredRecord[] =>
  inKeyOrder(partition).filter(isRecord).map(recordIn).sort(byLifeAndRevision);

type Writes = Pick<WindowTable, 'writeEvents' | 'updateHead' | 'putRecord' | 'putFailureNote'>;

const writesTo = ({ of, putItem, putHead, notes }: TableStore): Writes => ({
  writeEvents: (batch, expiresAtMs) =>
    answer(() => {
      assertBatchAllowed('events', batch.length, limits.writeBatch);
      // All are made before any is stored: one refusal refuses the batch.
      const puts = batch.map((stored) => [keys.event(stored.event).pk, makeEvent(stored, expiresAtMs)] as const);
      for (const [pk, item] of puts) putItem(pk, item);
      return [];
    }),
  updateHead: (update) =>
    answer(() => {
      const { conversationId, expiresAtMs } = update;
      assertKeyAllowed(keys.head(conversationId));
      const head = updatedHead(of(conversationId).head?.value ?? null, update);
      if (head) putHead(conversationId, head, expiresAtMs);
      return head;
    }),
  putRecord: (stored, expiresAtMs) =>
    answer(() => {
      const { conversationId, life, revision } = stored.record;
      const key = keys.record(conversationId, life, revision);
      const item = makeRecord(stored, expiresAtMs);
      const there = of(conversationId).items.get(key.sk);
      if (there) return recordIn(there);
      putItem(key.pk, item);
      return 'put';
    }),
  putFailureNote: (note) => answer(() => void notes.set(JSON.stringify(keys.failureNote(note)), note)),
});

type Reads = Pick<WindowTable, 'readHeads' | 'findDue' | 'readWindow' | 'latestRecord'>;

const readsFrom = ({ of, index }: TableStore): Reads => ({
  readHeads: (conversationIds) =>
    answer(() => {
      const heads = new Map(conversationIds.map((id) => [id, of(id).head?.value ?? null]));
      assertBatchAllowed('conversations', heads.size, limits.readBatch);
      return { heads, unprocessed: [] };
    }),
  findDue: (dueOn, upToMs, limit) => answer(() => index.find(dueOn, upToMs, limit)),
  readWindow: (conversationId, life, finished) => readPages(() => of(conversationId), conversationId, life, finished),
  latestRecord: (conversationId) => answer(() => recordsIn(of(conversationId)).at(-1) ?? null),
});

export const memoryWindowTable = ({ staleIndex = false }: MemoryWindowTableOptions = {}): MemoryWindowTable => {
  const store = tableStore(staleIndex);
  return {
    ...writesTo(store),
    ...readsFrom(store),
    settleIndex: (changes = Infinity) => store.index.settle(changes),
    expire: (upToMs, choose = () => true) => store.expire(upToMs, choose),
    heads: () => store.all().flatMap(([, { head }]) => (head ? [head.value] : [])),
    records: () => store.all().flatMap(([, partition]) => recordsIn(partition)),
    failureNotes: () => [...store.notes.values()],
  };
};
