import { isEventKey, type StoredEvent, type StoredRecord } from '../core/items';
import { unpackedEvent, unpackedRecord } from '../table/item-codec';
import { assertItemAllowed, fitsItem, itemBytes } from '../table/item-limits';
import { packToMeasure, type Unpacked } from '../table/packed-text';

export interface Key {
  readonly pk: string;
  readonly sk: string;
}

/** What the table holds: text, so that nobody can change it from outside, and its size as DynamoDB's table counts it. */
export interface Item {
  readonly sk: string;
  readonly text: string;
  readonly bytes: number;
  readonly expiresAtMs: number;
}

const makeItem = (unpacked: Unpacked, content: StoredEvent | StoredRecord, expiresAtMs: number): Item => {
  const item = packToMeasure(unpacked, fitsItem);
  assertItemAllowed(item);
  return { sk: String(item['sk']), text: JSON.stringify(content), bytes: itemBytes(item), expiresAtMs };
};

export const makeEvent = (stored: StoredEvent, expiresAtMs: number): Item =>
  makeItem(unpackedEvent(stored, expiresAtMs), stored, expiresAtMs);

export const makeRecord = (stored: StoredRecord, expiresAtMs: number): Item =>
  makeItem(unpackedRecord(stored, expiresAtMs), stored, expiresAtMs);

export const isEvent = (item: Item): boolean => isEventKey(item.sk);
export const eventIn = (item: Item): StoredEvent => JSON.parse(item.text) as StoredEvent;
export const recordIn = (item: Item): StoredRecord => JSON.parse(item.text) as StoredRecord;
