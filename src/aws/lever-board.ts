import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { DeleteCommand, QueryCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { keys, tableLayout } from '../core/items';
import { type Lever, levers, type Pause } from '../core/on-call/levers';
import type { LeverBoard } from '../ports-on-call';
import type { Item } from '../table/item-codec';
import type { Table } from './table';

/** A lever that a later version has is not ours to show. */
const isKnown = (item: Item): boolean => levers.some((lever) => lever === item['sk']);

const readPause = (item: Item): Pause => ({
  // Only what `isKnown` is read.
  lever: String(item['sk']) as Lever,
  sinceMs: Number(item['sinceMs']),
  who: String(item['who']),
  reason: String(item['reason']),
});

const names = { '#layout': 'layout', '#lever': 'lever', '#since': 'sinceMs', '#who': 'who', '#reason': 'reason' } as const;

/** Since when stays what it was; a second reason takes the place of the first, with who gave it. */
const pauseInput = ({ lever, sinceMs, who, reason }: Pause) => ({
  Key: keys.switch(lever),
  UpdateExpression:
    'SET #layout = :layout, #lever = :lever, #since = if_not_exists(#since, :since), #who = :who, #reason = :reason',
  ConditionExpression: 'attribute_not_exists(#reason) OR #reason <> :reason',
  ExpressionAttributeNames: names,
  ExpressionAttributeValues: { ':layout': tableLayout, ':lever': lever, ':since': sinceMs, ':who': who, ':reason': reason },
});

/** One item for each lever that is pulled. Without a time to live: what a person has paused waits for a person. */
export const dynamoLeverBoard = ({ dynamo, tableName }: Table): LeverBoard => ({
  read: async () => {
    const answer = await dynamo.send(
      new QueryCommand({
        TableName: tableName,
        ConsistentRead: true,
        KeyConditionExpression: '#pk = :pk',
        ExpressionAttributeNames: { '#pk': 'pk' },
        ExpressionAttributeValues: { ':pk': keys.switch('').pk },
      }),
    );
    return (answer.Items ?? []).filter(isKnown).map(readPause);
  },
  pause: async (pause) => {
    try {
      await dynamo.send(new UpdateCommand({ TableName: tableName, ...pauseInput(pause) }));
    } catch (error) {
      if (!(error instanceof ConditionalCheckFailedException)) throw error;
    }
  },
  resume: async (lever) => {
    await dynamo.send(new DeleteCommand({ TableName: tableName, Key: keys.switch(lever) }));
  },
});
