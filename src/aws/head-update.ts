import { ConditionalCheckFailedException, UpdateItemCommand, type UpdateItemCommandInput } from '@aws-sdk/client-dynamodb';
import { keys, tableLayout, type Head, type HeadUpdate } from '../core/items';
import { expirySeconds, readHeadItem } from '../table/item-codec';
import { fromAttributes, toAttributes } from './attribute-values';
import { asItemRefusal } from './item-refusal';
import { getItem, plainClient, type BusyTable, type Table } from './table';

/*
 * A compare-and-set as DynamoDB says it. Every name is a placeholder, so no field can meet a reserved word:
 *
 *   condition   attribute_exists(#pk) AND #state = :was_state AND attribute_not_exists(#token)
 *   update      SET #state = :state, … ADD #attempts :one REMOVE #rearmAt
 */

type Field = readonly [name: string, value: unknown];

/** The fields that are said at all. */
export const given = (fields: object): readonly Field[] => Object.entries(fields).filter(([, value]) => value !== undefined);

const conditionOf = (expected: readonly Field[] | 'missing'): string =>
  expected === 'missing'
    ? 'attribute_not_exists(#pk)'
    : [
        // An update that only expects absences must not create a head.
        'attribute_exists(#pk)',
        ...expected.map(([name, value]) => (value === null ? `attribute_not_exists(#${name})` : `#${name} = :was_${name}`)),
      ].join(' AND ');

const headUpdateInput = (tableName: string, update: HeadUpdate): UpdateItemCommandInput => {
  const expected = update.expect === 'missing' ? [] : given(update.expect);
  const set = given({ ...update.set, layout: tableLayout, expiresAt: expirySeconds(update.expiresAtMs) });
  const removed = update.remove ?? [];
  const added = update.addAttempt ? ['attempts'] : [];

  const names = ['pk', ...expected.map(([field]) => field), ...set.map(([field]) => field), ...removed, ...added];
  const clauses = [
    `SET ${set.map(([field]) => `#${field} = :${field}`).join(', ')}`,
    ...added.map((field) => `ADD #${field} :one`),
    ...(removed.length === 0 ? [] : [`REMOVE ${removed.map((field) => `#${field}`).join(', ')}`]),
  ];
  return {
    TableName: tableName,
    Key: toAttributes(keys.head(update.conversationId)),
    ConditionExpression: conditionOf(update.expect === 'missing' ? 'missing' : expected),
    UpdateExpression: clauses.join(' '),
    ExpressionAttributeNames: Object.fromEntries(names.map((name) => [`#${name}`, name])),
    ExpressionAttributeValues: toAttributes({
      ...Object.fromEntries(set.map(([field, value]) => [`:${field}`, value])),
      ...Object.fromEntries(expected.filter(([, value]) => value !== null).map(([field, value]) => [`:was_${field}`, value])),
      ...(update.addAttempt ? { ':one': 1 } : {}),
    }),
    ReturnValues: 'ALL_NEW',
  };
};

/**
 * A refusal may be our own doing: the SDK tries again when an answer is lost, and the update that was applied then fails its
 * condition. Where the update drew something unique, a life or a token, reading the head tells. Elsewhere null is the answer,
 * and safe: a writer reads the head again and finds its work done; a closer gives up a close that it had already left or
 * finished; renewing a lease passes its own condition twice.
 */
export const ownUpdate = async (table: Table, update: HeadUpdate, attempts = 1): Promise<Head | null> => {
  const drew = update.set.token ?? (update.expect === 'missing' ? update.set.life : undefined);
  if (attempts <= 1 || drew === undefined) return null;
  const item = await getItem(table, keys.head(update.conversationId));
  const head = item && readHeadItem(item);
  return head?.token === drew || (update.expect === 'missing' && head?.life === drew) ? head : null;
};

/** In a request of its own. */
export const updateHead = async (table: BusyTable, update: HeadUpdate): Promise<Head | null> => {
  try {
    const answer = await plainClient(table).send(new UpdateItemCommand(headUpdateInput(table.tableName, update)));
    return readHeadItem(fromAttributes(answer.Attributes ?? {}));
  } catch (error) {
    if (error instanceof ConditionalCheckFailedException) return ownUpdate(table, update, error.$metadata.attempts);
    throw asItemRefusal(error);
  }
};
