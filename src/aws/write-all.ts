import { BatchWriteCommand } from '@aws-sdk/lib-dynamodb';
import { backoffMs } from '../core/backoff';
import { limits } from '../core/limits';
import type { Clock, Random } from '../ports';
import type { Item } from '../table/item-codec';
import type { Table } from './table';

interface Writer {
  readonly table: Table;
  readonly clock: Clock;
  readonly random: Random;
}

const mostRounds = 12;

/** What DynamoDB did not take. */
const write = async ({ dynamo, tableName }: Table, items: readonly Item[]): Promise<readonly Item[]> => {
  const requests = items.map((item) => ({ PutRequest: { Item: item } }));
  const answer = await dynamo.send(new BatchWriteCommand({ RequestItems: { [tableName]: requests } }));
  return (answer.UnprocessedItems?.[tableName] ?? []).map(({ PutRequest }) => PutRequest?.Item ?? {});
};

/** Puts items of different keys, in batches; what is not taken is put again after a while, and in the end it rejects. */
export const writeAll = async ({ table, clock, random }: Writer, items: readonly Item[]): Promise<void> => {
  let left = items;
  let round = 0;
  while (left.length > 0) {
    const refused = await write(table, left.slice(0, limits.writeBatch));
    left = [...refused, ...left.slice(limits.writeBatch)];
    if (refused.length === 0) round = 0;
    else {
      round += 1;
      if (round > mostRounds)
        throw new Error(`DynamoDB has not taken ${left.length} items, however often they were put. Try again later.`);
      await clock.sleep(backoffMs(round, 50, 5_000, random.fraction()));
    }
  }
};
