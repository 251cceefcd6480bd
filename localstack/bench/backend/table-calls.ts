import { itemCallOf } from '../../embedded/partiql';
import { failure, ok, okJson, type Answer } from './answer';
import { itemBytes, type Attribute, type Item } from './attribute';
import { holds, parseCondition, type Placeholders } from './condition';
import { query, type QueryCall } from './query';
import type { Table } from './table';
import { readUnits, type Tally } from './units';
import { applyUpdate, parseUpdate } from './update';

/* DynamoDB, of one table. Conditions hold or are refused; nothing expires, nothing is throttled, and the index is up to date. */

interface Conditional extends Placeholders {
  readonly ConditionExpression?: string;
  readonly ReturnValuesOnConditionCheckFailure?: 'ALL_OLD' | 'NONE';
}

interface Store {
  readonly table: Table;
  readonly tally: Tally;
}

const changeIf = (
  call: Conditional,
  { table }: Store,
  before: Item | undefined,
  answer: (before: Item | undefined) => { readonly after: Item | undefined; readonly text: string },
): Answer => {
  const { ConditionExpression: text } = call;
  if (text !== undefined && !holds(parseCondition(text), before, call)) {
    // It costs what the item that is there would.
    table.change(before, before);
    const told = call.ReturnValuesOnConditionCheckFailure === 'ALL_OLD' && before ? { Item: before } : {};
    const type = 'com.amazonaws.dynamodb.v20120810#ConditionalCheckFailedException';
    return failure(400, type, 'The conditional request failed', told);
  }
  const { after, text: told } = answer(before);
  table.change(before, after);
  return ok(told);
};

const put = (call: Conditional & { readonly Item: Item }, store: Store): Answer =>
  changeIf(call, store, store.table.get(call.Item), () => ({ after: call.Item, text: '{}' }));

interface UpdateCall extends Conditional {
  readonly Key: Item;
  readonly UpdateExpression: string;
  readonly ReturnValues?: string;
}

const update = (call: UpdateCall, store: Store): Answer =>
  changeIf(call, store, store.table.get(call.Key), (before) => {
    const after = applyUpdate(parseUpdate(call.UpdateExpression), before ?? call.Key, call);
    return { after, text: call.ReturnValues === 'ALL_NEW' ? JSON.stringify({ Attributes: after }) : '{}' };
  });

const remove = (call: Conditional & { readonly Key: Item }, store: Store): Answer =>
  changeIf(call, store, store.table.get(call.Key), () => ({ after: undefined, text: '{}' }));

const read = ({ table, tally }: Store, key: Item, isConsistent: boolean): Item | undefined => {
  const found = table.get(key);
  tally.read += readUnits(found === undefined ? 0 : itemBytes(found), isConsistent);
  return found;
};

interface WriteRequest {
  readonly PutRequest?: { readonly Item: Item };
  readonly DeleteRequest?: { readonly Key: Item };
}

const batchWrite = (requests: Readonly<Record<string, readonly WriteRequest[]>>, { table }: Store): Answer => {
  for (const name in requests)
    for (const { PutRequest, DeleteRequest } of requests[name]!) {
      const key = PutRequest?.Item ?? DeleteRequest!.Key;
      table.change(table.get(key), PutRequest?.Item);
    }
  return ok('{"UnprocessedItems":{}}');
};

type KeysAsked = Readonly<Record<string, { readonly Keys: readonly Item[]; readonly ConsistentRead?: boolean }>>;

const batchGet = (asked: KeysAsked, store: Store): Answer => {
  const found = Object.entries(asked).map(([name, { Keys, ConsistentRead = false }]) => [
    name,
    Keys.flatMap((key) => read(store, key, ConsistentRead) ?? []),
  ]);
  return okJson({ Responses: Object.fromEntries(found) as object, UnprocessedKeys: {} });
};

interface Statement {
  readonly Statement: string;
  readonly Parameters: readonly Attribute[];
}

/** Each for itself; some may be refused, and others not. */
const executeStatements = (statements: readonly Statement[], store: Store): Answer => {
  const responses = statements.map(({ Statement, Parameters }) => {
    const { kind, input } = itemCallOf(Statement, Parameters);
    const { status, text } = kind === 'put' ? put(input, store) : update(input, store);
    if (status !== 200) return { Error: { Code: kind === 'put' ? 'DuplicateItem' : 'ConditionalCheckFailed' } };
    const { Attributes } = JSON.parse(text) as { Attributes?: Item };
    return Attributes ? { Item: Attributes } : {};
  });
  return okJson({ Responses: responses });
};

const scan = ({ table }: Store): Answer => {
  const items = [...table.all()];
  return okJson({ Items: items, Count: items.length, ScannedCount: items.length });
};

/** Null: no such operation. What the calls hold is the SDK's to get right. */
export const answerTableCall = (operation: string, text: string, store: Store): Answer | null => {
  switch (operation) {
    case 'BatchWriteItem':
      return batchWrite((JSON.parse(text) as { RequestItems: Record<string, WriteRequest[]> }).RequestItems, store);
    case 'BatchGetItem':
      return batchGet((JSON.parse(text) as { RequestItems: KeysAsked }).RequestItems, store);
    case 'BatchExecuteStatement':
      return executeStatements((JSON.parse(text) as { Statements: Statement[] }).Statements, store);
    case 'GetItem': {
      const { Key, ConsistentRead = false } = JSON.parse(text) as { Key: Item; ConsistentRead?: boolean };
      const Item = read(store, Key, ConsistentRead);
      return okJson(Item === undefined ? {} : { Item });
    }
    case 'PutItem':
      return put(JSON.parse(text) as Parameters<typeof put>[0], store);
    case 'UpdateItem':
      return update(JSON.parse(text) as UpdateCall, store);
    case 'DeleteItem':
      return remove(JSON.parse(text) as Parameters<typeof remove>[0], store);
    case 'Query':
      return okJson(query(JSON.parse(text) as QueryCall, store.table, store.tally));
    case 'Scan':
      return scan(store);
    default:
      return null;
  }
};
