import { QueryCommand, type AttributeValue } from '@aws-sdk/client-dynamodb';
import type { Place } from '../intake/place';

export interface DueWindow {
  readonly pk: string;
  readonly dueOn: string;
  readonly dueAt: string;
}

/** Rejects where one could not be closed: a floor has no weather to think of. */
export type CloseAll = (batch: readonly DueWindow[]) => Promise<void>;

const shards = 16;
const farMs = '9999999999999';

const query = async (
  { dynamo, tableName }: Place,
  condition: string,
  values: Readonly<Record<string, AttributeValue>>,
  index?: string,
): Promise<readonly Record<string, AttributeValue>[]> => {
  const command = new QueryCommand({
    ...{ TableName: tableName, KeyConditionExpression: condition, ExpressionAttributeValues: values },
    ...(index === undefined ? { ConsistentRead: true } : { IndexName: index, Limit: 200 }),
  });
  return (await dynamo.send(command)).Items ?? [];
};

/** Whatever a person has not paused. */
const mayClose = async (place: Place): Promise<boolean> =>
  (await query(place, 'pk = :pk', { ':pk': { S: 'SWITCHES' } })).length === 0;

/** A page of each shard of the index, whenever it comes due. */
export const findDue = async (place: Place): Promise<readonly DueWindow[]> => {
  if (!(await mayClose(place))) return [];
  const partitions = Array.from({ length: shards }, (_, shard) => `Q#${String(shard).padStart(3, '0')}`);
  const pages = await Promise.all(
    partitions.map((on) => query(place, 'dueOn = :on AND dueAt <= :at', { ':on': { S: on }, ':at': { N: farMs } }, 'due')),
  );
  return pages.flat().map(({ pk, dueOn, dueAt }) => ({ pk: pk?.S ?? '', dueOn: dueOn?.S ?? '', dueAt: dueAt?.N ?? '' }));
};

export const conversationOf = ({ pk }: DueWindow): string => pk.slice('C#'.length);
