import { ItemRefusedError } from '../core/errors';
import { limits, utf8Bytes } from '../core/limits';
import type { Item } from './item-codec';

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

/** Refuses what DynamoDB would, with a reason that holds sizes only. */
export const assertItemAllowed = (item: Item): void => {
  const sizes = [
    ['a partition key', utf8Bytes(String(item['pk'])), limits.partitionKeyBytes],
    ['a sort key', utf8Bytes(String(item['sk'])), limits.sortKeyBytes],
    ['an item', itemBytes(item), limits.itemBytes],
  ] as const;
  for (const [what, bytes, limit] of sizes)
    if (bytes > limit) throw new ItemRefusedError(`Expected ${what} of at most ${limit} bytes, got ${bytes}.`);
};

/**
 * DynamoDB's own refusal of a size, where its count is stricter than ours. No other ValidationException: a table with other
 * keys refuses every item, and all of them would end as dead letters.
 */
export const asItemRefusal = (error: unknown): unknown =>
  error instanceof Error && error.name === 'ValidationException' && /size.*exceeded|exceeded.*size/i.test(error.message)
    ? new ItemRefusedError(`DynamoDB refused an item for its size: ${error.message}`, { cause: error })
    : error;
