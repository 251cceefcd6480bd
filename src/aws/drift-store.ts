import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { UpdateCommand, type UpdateCommandInput } from '@aws-sdk/lib-dynamodb';
import { byPath, type DriftSighting } from '../core/drift';
import { keys, tableLayout } from '../core/items';
import type { DriftStore } from '../ports';
import { expirySeconds, type Item } from '../table/item-codec';
import { readPartition, type Table } from './table';

/*
 * DynamoDB adds in place but knows no least and no greatest, so there are two ways to add. Workers add what they have just seen,
 * so the first is nearly always the only one:
 *
 *   nothing there, or seen no later   SET last, example, version; first where there is none   ADD count
 *   seen later by somebody else       SET what is not there                                   ADD count
 *
 * What the answer then has as the first time is corrected where this one was earlier.
 */

/** What was seen last stands for the row. */
const latest = (sighting: DriftSighting) => ({
  lastAtMs: sighting.lastAtMs,
  example: sighting.example,
  oldestVersion: sighting.oldestVersion,
});

/** The same in every sighting of a row, or decided by the first. */
const fixed = ({ path, kind, firstAtMs }: DriftSighting) => ({ path, kind, firstAtMs });

const keyOf = ({ subject, path, kind }: DriftSighting) => keys.drift(subject, path, kind);

const addInput = (sighting: DriftSighting, expiresAtMs: number, isLast: boolean) => {
  const kept = isLast ? fixed(sighting) : { ...fixed(sighting), ...latest(sighting) };
  const set = { layout: tableLayout, expiresAt: expirySeconds(expiresAtMs), ...(isLast ? latest(sighting) : {}) };
  const clauses = [
    ...Object.keys(set).map((name) => `#${name} = :${name}`),
    ...Object.keys(kept).map((name) => `#${name} = if_not_exists(#${name}, :${name})`),
  ];
  const values = { ...set, ...kept, count: sighting.count };
  return {
    Key: keyOf(sighting),
    UpdateExpression: `SET ${clauses.join(', ')} ADD #count :count`,
    ...(isLast ? { ConditionExpression: 'attribute_not_exists(#lastAtMs) OR #lastAtMs <= :lastAtMs' } : {}),
    ExpressionAttributeNames: Object.fromEntries(Object.keys(values).map((name) => [`#${name}`, name])),
    ExpressionAttributeValues: Object.fromEntries(Object.entries(values).map(([name, value]) => [`:${name}`, value])),
    ReturnValues: 'ALL_NEW',
  } as const;
};

const earlierInput = (sighting: DriftSighting) => ({
  Key: keyOf(sighting),
  UpdateExpression: 'SET #firstAtMs = :firstAtMs',
  ConditionExpression: '#firstAtMs > :firstAtMs',
  ExpressionAttributeNames: { '#firstAtMs': 'firstAtMs' },
  ExpressionAttributeValues: { ':firstAtMs': sighting.firstAtMs },
});

/** The item after the update, or null where its condition did not hold. */
const update = async ({ dynamo, tableName }: Table, input: Omit<UpdateCommandInput, 'TableName'>): Promise<Item | null> => {
  try {
    return (await dynamo.send(new UpdateCommand({ TableName: tableName, ...input }))).Attributes ?? {};
  } catch (error) {
    if (error instanceof ConditionalCheckFailedException) return null;
    throw error;
  }
};

const readSighting = (subject: string, item: Item): DriftSighting => ({
  subject,
  path: String(item['path']),
  // Only we write this partition.
  kind: item['kind'] as DriftSighting['kind'],
  count: Number(item['count']),
  firstAtMs: Number(item['firstAtMs']),
  lastAtMs: Number(item['lastAtMs']),
  oldestVersion: typeof item['oldestVersion'] === 'number' ? item['oldestVersion'] : null,
  example: String(item['example']),
});

export const dynamoDriftStore = (table: Table): DriftStore => ({
  add: async (sighting, expiresAtMs) => {
    const after =
      (await update(table, addInput(sighting, expiresAtMs, true))) ??
      (await update(table, addInput(sighting, expiresAtMs, false)));
    if (Number(after?.['firstAtMs']) > sighting.firstAtMs) await update(table, earlierInput(sighting));
  },
  list: async (subject) =>
    (await readPartition(table, keys.drift(subject, '', '').pk)).map((item) => readSighting(subject, item)).sort(byPath),
});
