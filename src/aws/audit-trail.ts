import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { PutCommand } from '@aws-sdk/lib-dynamodb';
import { keys, tableLayout } from '../core/items';
import type { AuditEntry } from '../core/on-call/audit';
import type { AuditTrail } from '../ports-on-call';
import { expirySeconds } from '../table/item-codec';
import { getItem, readPartition, type Table } from './table';

/** Only we write this partition. */
const readEntry = (item: Readonly<Record<string, unknown>>): AuditEntry => JSON.parse(String(item['json'])) as AuditEntry;

/** Nothing here updates or deletes; whoever may not forge history needs no more than PutItem on keys that begin with `AUDIT#`. */
export const dynamoAuditTrail = (table: Table): AuditTrail => ({
  append: async (entry, expiresAtMs) => {
    const key = keys.audit(entry.atMs, entry.id);
    const json = JSON.stringify(entry);
    try {
      await table.dynamo.send(
        new PutCommand({
          TableName: table.tableName,
          Item: { ...key, layout: tableLayout, json, expiresAt: expirySeconds(expiresAtMs) },
          ConditionExpression: 'attribute_not_exists(pk)',
        }),
      );
    } catch (error) {
      if (!(error instanceof ConditionalCheckFailedException)) throw error;
      // The SDK tries again when an answer is lost, and then meets its own entry.
      const there = await getItem(table, key);
      if (there?.['json'] !== json)
        throw new Error(`Expected audit entry ${entry.id} to be new, found another of that name. Nothing was written.`, {
          cause: error,
        });
    }
  },
  read: async (atMs) => (await readPartition(table, keys.audit(atMs, '').pk)).map(readEntry),
});
