import { brotliCompressSync, constants } from 'node:zlib';
import { ItemRefusedError } from '../core/errors';
import type { StoredEvent, StoredRecord } from '../core/items';
import { limits, utf8Bytes } from '../core/limits';

export interface Key {
  readonly pk: string;
  readonly sk: string;
}

/** What the table holds: text, so that nobody can change it from outside, and its size as the table counts it. */
export interface Item {
  readonly sk: string;
  readonly text: string;
  readonly bytes: number;
  readonly expiresAtMs: number;
}

/** Attribute names, layout, queue time and time to live, beside keys and content. */
const bookkeepingBytes = 100;

const compressedBytes = (text: string): number =>
  brotliCompressSync(text, { params: { [constants.BROTLI_PARAM_QUALITY]: 5, [constants.BROTLI_PARAM_LGWIN]: 24 } }).length;

export const assertKeyAllowed = ({ pk, sk }: Key): void => {
  if (utf8Bytes(pk) > limits.partitionKeyBytes)
    throw new ItemRefusedError(`Expected a partition key of at most ${limits.partitionKeyBytes} bytes, got ${utf8Bytes(pk)}.`);
  if (utf8Bytes(sk) > limits.sortKeyBytes)
    throw new ItemRefusedError(`Expected a sort key of at most ${limits.sortKeyBytes} bytes, got ${utf8Bytes(sk)}.`);
};

export const makeItem = (key: Key, content: StoredEvent | StoredRecord, expiresAtMs: number): Item => {
  assertKeyAllowed(key);
  const text = JSON.stringify(content);
  const besides = utf8Bytes(key.pk) + utf8Bytes(key.sk) + bookkeepingBytes;
  const plain = utf8Bytes(text);
  // DynamoDB's version compresses what is large. Here that is only measured, and only where it decides.
  const bytes = besides + (besides + plain <= limits.itemBytes ? plain : compressedBytes(text));
  if (bytes > limits.itemBytes)
    throw new ItemRefusedError(`Expected an item of at most ${limits.itemBytes} bytes, got ${bytes}.`);
  return { sk: key.sk, text, bytes, expiresAtMs };
};

export const isEvent = (item: Item): boolean => item.sk.startsWith('E#');
export const eventIn = (item: Item): StoredEvent => JSON.parse(item.text) as StoredEvent;
export const recordIn = (item: Item): StoredRecord => JSON.parse(item.text) as StoredRecord;
