import type { AttributeValue, BatchStatementRequest } from '@aws-sdk/client-dynamodb';
import { keys, tableLayout, type Head, type HeadUpdate } from '../core/items';
import type { Item } from '../table/item';
import { expirySeconds, readHeadItem } from '../table/item-codec';
import { toAttributes } from './attribute-values';
import { given } from './head-update';

/*
 * A compare-and-set as PartiQL says it, for requests that carry several. An update creates nothing and an insert replaces nothing;
 * every name stands in quotes, so no field can meet a reserved word:
 *
 *   INSERT INTO "table" VALUE {'pk': ?, 'sk': ?, 'state': ?, …}
 *   UPDATE "table" SET "state" = ? … REMOVE "ending" WHERE "pk" = ? AND "sk" = ? AND "state" = ? AND "rearmAt" IS MISSING RETURNING ALL NEW *
 */

const valuesOf = (attributes: Readonly<Record<string, AttributeValue>>): AttributeValue[] => Object.values(attributes);

const insertion = (tableName: string, item: Readonly<Record<string, AttributeValue>>): BatchStatementRequest => ({
  Statement: `INSERT INTO "${tableName}" VALUE {${Object.keys(item)
    .map((name) => `'${name}': ?`)
    .join(', ')}}`,
  Parameters: valuesOf(item),
});

const written = ({ set, expiresAtMs }: HeadUpdate): Item => ({
  ...set,
  layout: tableLayout,
  expiresAt: expirySeconds(expiresAtMs),
});

const insertedItem = (update: HeadUpdate): Item => ({ ...keys.head(update.conversationId), ...written(update) });

/** What an insert wrote: it answers no item. */
export const insertedHead = (update: HeadUpdate): Head => readHeadItem(insertedItem(update));

/** Of an update that counts nothing. */
export const headStatement = (tableName: string, update: HeadUpdate): BatchStatementRequest => {
  if (update.expect === 'missing') return insertion(tableName, toAttributes(insertedItem(update)));
  const key = keys.head(update.conversationId);
  const set = toAttributes(written(update));
  const expected = given({ ...key, ...update.expect });
  const there = expected.filter(([, value]) => value !== null);
  const conditions = expected.map(([name, value]) => (value === null ? `"${name}" IS MISSING` : `"${name}" = ?`));
  const changes = [
    ...Object.keys(set).map((name) => `SET "${name}" = ?`),
    ...(update.remove ?? []).map((name) => `REMOVE "${name}"`),
  ];
  return {
    Statement: `UPDATE "${tableName}" ${changes.join(' ')} WHERE ${conditions.join(' AND ')} RETURNING ALL NEW *`,
    Parameters: [...valuesOf(set), ...valuesOf(toAttributes(Object.fromEntries(there)))],
  };
};
