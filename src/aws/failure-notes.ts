import { keys, type FailureNote } from '../core/items';
import type { FailureNotes } from '../ports-on-call';
import type { Item } from '../table/item-codec';
import { readPartition, type Table } from './table';

const readNote = (item: Item): FailureNote => ({
  bodySha256: String(item['bodySha256']),
  atMs: Number(item['atMs']),
  // Only we write this partition.
  attributes: item['attributes'] as FailureNote['attributes'],
});

/** Consistent: a message that was moved a moment ago has its note. */
export const dynamoFailureNotes = (table: Table): FailureNotes => ({
  of: async (bodySha256) => (await readPartition(table, keys.failureNote({ bodySha256, atMs: 0 }).pk)).toReversed().map(readNote),
});
