import { BatchExecuteStatementCommand, type BatchStatementResponse } from '@aws-sdk/client-dynamodb';
import { keys, type Head, type HeadUpdate } from '../core/items';
import { limits } from '../core/limits';
import { readHeadItem } from '../table/item-codec';
import { fromAttributes } from './attribute-values';
import { headStatement, insertedHead } from './head-statement';
import { ownUpdate } from './head-update';
import { asItemRefusal } from './item-refusal';
import { sharedCalls } from './shared-calls';
import { getItem, plainClient, type BusyTable } from './table';

/*
 * Updates of heads that go with others. It is no transaction: each statement of a batch has its own condition, is carried out or
 * refused by itself, and costs what its own request would.
 */

/** A close waits for each of its updates, and its claim counts up: they go alone. */
export const isShared = ({ expect, set, addAttempt }: HeadUpdate): boolean =>
  addAttempt === undefined && set.token === undefined && (expect === 'missing' || expect.token === undefined);

const refusals: ReadonlySet<string> = new Set(['ConditionalCheckFailed', 'DuplicateItem']);

/** Not carried out, and not for its condition. Named as AWS names its exceptions. */
const failureOf = ({ Code, Message }: NonNullable<BatchStatementResponse['Error']>): unknown =>
  asItemRefusal(Object.assign(new Error(Message), { name: `${(Code ?? 'Unknown').replace(/Error$/, '')}Exception` }));

const outcomeOf = async (
  table: BusyTable,
  update: HeadUpdate,
  answer: BatchStatementResponse | undefined,
  attempts: number | undefined,
): Promise<Head | null> => {
  if (!answer) throw new Error('Expected an answer to each statement of a batch; there were not as many.');
  const { Error: failure, Item: item } = answer;
  if (failure?.Code !== undefined && refusals.has(failure.Code)) return ownUpdate(table, update, attempts);
  if (failure) throw failureOf(failure);
  if (update.expect === 'missing') return insertedHead(update);
  const found = item ? fromAttributes(item) : await getItem(table, keys.head(update.conversationId));
  return found && readHeadItem(found);
};

export const sharedHeadUpdates = (table: BusyTable): ((update: HeadUpdate) => Promise<Head | null>) =>
  sharedCalls<HeadUpdate, Head | null>({
    most: limits.writeBatch,
    keyOf: ({ conversationId }) => conversationId,
    send: async (updates) => {
      const Statements = updates.map((update) => headStatement(table.tableName, update));
      const { Responses = [], $metadata } = await plainClient(table).send(new BatchExecuteStatementCommand({ Statements }));
      const answers = Responses.length === updates.length ? Responses : [];
      return updates.map((update, index) => outcomeOf(table, update, answers[index], $metadata.attempts));
    },
  });
