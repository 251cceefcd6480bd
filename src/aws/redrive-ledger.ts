import { PutCommand } from '@aws-sdk/lib-dynamodb';
import { tableLayout } from '../core/items';
import type { RedriveLedger } from '../ports';
import { expirySeconds } from '../table/item-codec';
import { outcomeKey } from './redrive-items';
import type { Table } from './table';

/** Who redrives reads it: see redrive-jobs. A job that nobody began costs an item, and nothing else. */
export const dynamoRedriveLedger = ({ dynamo, tableName }: Table): RedriveLedger => ({
  note: async ({ job, letter, outcome, reason }, expiresAtMs) => {
    const told = { layout: tableLayout, job, letter, outcome, reason, expiresAt: expirySeconds(expiresAtMs) };
    await dynamo.send(new PutCommand({ TableName: tableName, Item: { ...outcomeKey(job, letter), ...told } }));
  },
});
