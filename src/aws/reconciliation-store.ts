import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { UpdateCommand, type UpdateCommandInput } from '@aws-sdk/lib-dynamodb';
import { keys, tableLayout } from '../core/items';
import type { Checkpoint } from '../core/reconciliation/checkpoint';
import type { ReconciliationStore } from '../ports-reconciliation';
import { expirySeconds, type Item } from '../table/item-codec';
import type { Table } from './table';

const isHeld = '#token = :token';

const readCheckpoint = (item: Item): Checkpoint => ({
  doneUpToMs: typeof item['doneUpTo'] === 'number' ? item['doneUpTo'] : null,
  // Only we write this row.
  again: (item['again'] as readonly string[] | undefined) ?? [],
});

/** The row's names are placeholders throughout, so that none can be a reserved word. */
const names = {
  layout: '#layout',
  expiresAt: '#expiresAt',
  token: '#token',
  leaseUntil: '#leaseUntil',
  doneUpTo: '#doneUpTo',
  again: '#again',
} as const;

const namesIn = (...texts: readonly string[]): Record<string, string> =>
  Object.fromEntries(
    Object.entries(names)
      .filter(([, placeholder]) => texts.some((text) => text.includes(placeholder)))
      .map(([name, placeholder]) => [placeholder, name]),
  );

type Values = NonNullable<UpdateCommandInput['ExpressionAttributeValues']>;

/** The row after the update; null where the condition did not hold. */
const updateRow =
  ({ dynamo, tableName }: Table) =>
  async (expression: string, condition: string, values: Values): Promise<Item | null> => {
    try {
      const { Attributes = {} } = await dynamo.send(
        new UpdateCommand({
          TableName: tableName,
          Key: keys.reconciliation(),
          UpdateExpression: expression,
          ConditionExpression: condition,
          ExpressionAttributeNames: namesIn(expression, condition),
          ExpressionAttributeValues: values,
          ReturnValues: 'ALL_NEW',
        }),
      );
      return Attributes;
    } catch (error) {
      if (error instanceof ConditionalCheckFailedException) return null;
      throw error;
    }
  };

export const dynamoReconciliationStore = (table: Table): ReconciliationStore => {
  const update = updateRow(table);
  return {
    take: async ({ token, nowMs, untilMs, expiresAtMs }) => {
      const row = await update(
        'SET #layout = :layout, #expiresAt = :expiresAt, #token = :token, #leaseUntil = :until',
        `attribute_not_exists(#token) OR #leaseUntil <= :now OR ${isHeld}`,
        {
          ':layout': tableLayout,
          ':expiresAt': expirySeconds(expiresAtMs),
          ':token': token,
          ':until': untilMs,
          ':now': nowMs,
        },
      );
      return row && readCheckpoint(row);
    },
    advance: async (token, { doneUpToMs, again }) =>
      (await update('SET #doneUpTo = :doneUpTo, #again = :again', isHeld, {
        ':token': token,
        ':doneUpTo': doneUpToMs,
        ':again': again,
      })) !== null,
    release: async (token) => {
      await update('REMOVE #token, #leaseUntil', isHeld, { ':token': token });
    },
  };
};
