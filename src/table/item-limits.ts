import { ItemRefusedError } from '../core/errors';
import { limits, utf8Bytes } from '../core/limits';
import type { Item } from './item';

/** DynamoDB packs two digits of a number into a byte; this is never less than what it counts. */
const numberBytes = (value: number): number => Math.ceil(String(value).length / 2) + 2;

const valueBytes = (value: unknown): number => {
  if (typeof value === 'string') return utf8Bytes(value);
  if (typeof value === 'number') return numberBytes(value);
  if (value instanceof Uint8Array) return value.byteLength;
  return utf8Bytes(JSON.stringify(value));
};

/** What DynamoDB counts for an item: attribute names and values. Our items are flat. */
export const itemBytes = (item: Item): number =>
  Object.entries(item).reduce((sum, [name, value]) => sum + utf8Bytes(name) + valueBytes(value), 0);

const assertAtMost = (what: string, bytes: number, limit: number): void => {
  if (bytes > limit) throw new ItemRefusedError(`Expected ${what} of at most ${limit} bytes, got ${bytes}.`);
};

export const assertKeyAllowed = ({ pk, sk }: { readonly pk: string; readonly sk: string }): void => {
  assertAtMost('a partition key', utf8Bytes(pk), limits.partitionKeyBytes);
  assertAtMost('a sort key', utf8Bytes(sk), limits.sortKeyBytes);
};

export const fitsItem = (item: Item): boolean => itemBytes(item) <= limits.itemBytes;

/** Refuses what DynamoDB would, with a reason that holds sizes only. */
export const assertItemAllowed = (item: Item): void => {
  assertKeyAllowed({ pk: String(item['pk']), sk: String(item['sk']) });
  assertAtMost('an item', itemBytes(item), limits.itemBytes);
};

/** A batch that is too large is a bug of whoever calls: no item is to blame, and none is set aside for it. */
export const assertBatchAllowed = (what: string, size: number, limit: number): void => {
  if (size > limit)
    throw new RangeError(`Expected at most ${limit} ${what} in a batch, got ${size}. Send them in smaller batches.`);
};
