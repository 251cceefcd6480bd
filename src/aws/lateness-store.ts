import { UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { keys, tableLayout } from '../core/items';
import { latenessBoundsMs, type LatenessKind, type LatenessSum } from '../core/lateness';
import type { LatenessStore } from '../ports';
import { expirySeconds, type Item } from '../table/item-codec';
import { readPartition, type Table } from './table';

/** One attribute a bucket, named by its bound and not by its place: a version with more buckets reads the older ones right. */
const bucketNames: readonly string[] = [...latenessBoundsMs.map((bound) => `upTo${String(bound)}`), 'beyond'];

const addInput = ({ kind, subject, histogram }: LatenessSum, atMs: number, expiresAtMs: number) => {
  const hits = bucketNames.flatMap((name, bucket) => {
    const count = histogram[bucket] ?? 0;
    return count === 0 ? [] : [{ name, count }];
  });
  return {
    Key: keys.lateness(atMs, kind, subject),
    UpdateExpression: `SET #layout = :layout, #expiresAt = :expiresAt ADD ${hits.map(({ name }) => `#${name} :${name}`).join(', ')}`,
    ExpressionAttributeNames: {
      '#layout': 'layout',
      '#expiresAt': 'expiresAt',
      ...Object.fromEntries(hits.map(({ name }) => [`#${name}`, name])),
    },
    ExpressionAttributeValues: {
      ':layout': tableLayout,
      ':expiresAt': expirySeconds(expiresAtMs),
      ...Object.fromEntries(hits.map(({ name, count }) => [`:${name}`, count])),
    },
  };
};

const readSum = (item: Item): LatenessSum => {
  const key = String(item['sk']);
  const end = key.indexOf('#');
  return {
    // Only we write this partition.
    kind: key.slice(0, end) as LatenessKind,
    subject: key.slice(end + 1),
    histogram: bucketNames.map((name) => Number(item[name] ?? 0)),
  };
};

/** DynamoDB adds to a number in place, so that workers need not know of each other. */
export const dynamoLatenessStore = (table: Table): LatenessStore => ({
  add: async (sum, atMs, expiresAtMs) => {
    if (sum.histogram.every((hits) => hits === 0)) return;
    await table.dynamo.send(new UpdateCommand({ TableName: table.tableName, ...addInput(sum, atMs, expiresAtMs) }));
  },
  read: async (atMs) => (await readPartition(table, keys.lateness(atMs, '', '').pk)).map(readSum),
});
