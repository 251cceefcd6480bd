import { paginateQuery } from '@aws-sdk/lib-dynamodb';
import { keys, type FailureNote } from '../core/items';
import type { FailureNotes } from '../ports-on-call';
import type { Item } from '../table/item-codec';
import type { Table } from './table';

const readNote = (item: Item): FailureNote => ({
  bodySha256: String(item['bodySha256']),
  atMs: Number(item['atMs']),
  // Only we write this partition.
  attributes: item['attributes'] as FailureNote['attributes'],
});

/** Consistent: a message that was moved a moment ago has its note. */
export const dynamoFailureNotes = ({ dynamo, tableName }: Table): FailureNotes => ({
  of: async (bodySha256) => {
    const notes: FailureNote[] = [];
    const pages = paginateQuery(
      { client: dynamo },
      {
        TableName: tableName,
        ConsistentRead: true,
        KeyConditionExpression: '#pk = :pk',
        ExpressionAttributeNames: { '#pk': 'pk' },
        ExpressionAttributeValues: { ':pk': keys.failureNote({ bodySha256, atMs: 0 }).pk },
        ScanIndexForward: false,
      },
    );
    for await (const { Items: items = [] } of pages) notes.push(...items.map(readNote));
    return notes;
  },
});
