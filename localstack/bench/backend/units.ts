import type { Units } from '../reading';
import { itemBytes, type Item } from './attribute';

/*
 * Capacity as DynamoDB's developer guide counts it ("DynamoDB read and write operations", "Global secondary indexes in DynamoDB"): a
 * write is the larger of the item before and after, by the started KB, and at least one; a refused one costs the item that is there.
 * A read is by the started 4 KB: a Query all that it looked at together, a batch each item for itself; half, where it need not be
 * consistent. The index, which projects keys only: a write for an entry that comes, goes or changes, two where its key changes.
 */

export type Tally = { -readonly [Kind in keyof Units]: Units[Kind] };

export const newTally = (): Tally => ({ write: 0, indexWrite: 0, read: 0 });

const sizeOf = (item: Item | undefined): number => (item === undefined ? 0 : itemBytes(item));

export const writeUnits = (before: Item | undefined, after: Item | undefined): number =>
  Math.max(1, Math.ceil(Math.max(sizeOf(before), sizeOf(after)) / 1024));

export const readUnits = (bytes: number, isConsistent: boolean): number =>
  Math.max(1, Math.ceil(bytes / 4096)) * (isConsistent ? 1 : 0.5);
