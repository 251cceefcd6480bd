import { BatchWriteItemCommand, type AttributeValue } from '@aws-sdk/client-dynamodb';
import { gathering } from './gathering';
import type { Place } from './place';
import { gatherMs } from './queue';

export type Item = Record<string, AttributeValue>;

/** What a write takes at most. */
export const writeBatch = 25;

/** One write, and nothing left of it: a floor has no weather to think of. */
export const writeItems = async ({ dynamo, tableName }: Pick<Place, 'dynamo' | 'tableName'>, items: readonly Item[]) => {
  const puts = items.map((Item) => ({ PutRequest: { Item } }));
  const { UnprocessedItems = {} } = await dynamo.send(new BatchWriteItemCommand({ RequestItems: { [tableName]: puts } }));
  if (Object.keys(UnprocessedItems).length > 0) throw new Error('Expected all items to be written, some were not.');
};

/** Full writes, over as many polls as they take. */
export const writer = (place: Pick<Place, 'dynamo' | 'tableName'>) =>
  gathering<Item, unknown>({ size: writeBatch, waitMs: gatherMs, send: (items) => writeItems(place, items) });

/** A message as it came. */
export const plainItem = ({ id, body }: { readonly id: string; readonly body: string }): Item => ({
  pk: { S: id },
  sk: { S: id },
  json: { S: body },
});
