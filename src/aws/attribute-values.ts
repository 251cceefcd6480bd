import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import type { Item } from '../table/item';

/*
 * Items between what the table knows and what DynamoDB sends, for the calls of which a worker makes most: items are flat, and the
 * document client, which takes any object, takes a fifth more of a call's CPU for it.
 */

export type Attributes = Record<string, AttributeValue>;

const toAttribute = (name: string, value: unknown): AttributeValue => {
  if (typeof value === 'string') return { S: value };
  if (typeof value === 'number' && Number.isFinite(value)) return { N: String(value) };
  if (typeof value === 'boolean') return { BOOL: value };
  if (value instanceof Uint8Array) return { B: value };
  throw new TypeError(`Expected text, a finite number, a truth value or bytes for the attribute ${name}, got ${typeof value}.`);
};

/** What is undefined is left out. */
export const toAttributes = (item: Item): Attributes => {
  const attributes: Attributes = {};
  for (const [name, value] of Object.entries(item)) if (value !== undefined) attributes[name] = toAttribute(name, value);
  return attributes;
};

const fromAttribute = ({ S, N, BOOL, B }: AttributeValue): unknown => S ?? (N === undefined ? (BOOL ?? B) : Number(N));

export const fromAttributes = (attributes: Readonly<Attributes>): Item => {
  const item: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(attributes)) item[name] = fromAttribute(value);
  return item;
};
