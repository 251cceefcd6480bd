import { BatchGetItemCommand, UpdateItemCommand, type AttributeValue } from '@aws-sdk/client-dynamodb';
import { gathering } from './gathering';
import type { Place } from './place';
import { gatherMs } from './queue';

/** How far a conversation's head has come. */
type Stage = 'open' | 'ending';

type Table = Pick<Place, 'dynamo' | 'tableName'>;

const keyOf = (conversationId: string) => ({ pk: { S: `C#${conversationId}` }, sk: { S: 'W' } });

const assignments = (values: Readonly<Record<string, AttributeValue>>) => ({
  UpdateExpression: `SET ${Object.keys(values)
    .map((name) => `#${name} = :${name}`)
    .join(', ')}`,
  ExpressionAttributeNames: Object.fromEntries(['pk', ...Object.keys(values)].map((name) => [`#${name}`, name])),
  ExpressionAttributeValues: Object.fromEntries(Object.entries(values).map(([name, value]) => [`:${name}`, value])),
});

/** As many bytes and names as Tidemark's have. */
const fresh = (nowMs: number) => ({
  state: { S: 'open' },
  life: { S: nowMs.toString(36).padStart(16, '0') },
  finished: { N: '0' },
  attempts: { N: '0' },
  waits: { N: '0' },
  dueOn: { S: 'Q#007' },
});

const changeOf = (isNew: boolean, mayEnd: boolean, nowMs: number) => {
  const now = { N: String(nowMs) };
  const written = { layout: { N: '1' }, expiresAt: { N: String(Math.ceil(nowMs / 1_000)) } };
  const ending = mayEnd ? { ending: now } : {};
  return isNew
    ? { ...assignments({ ...fresh(nowMs), dueAt: now, ...ending, ...written }), ConditionExpression: 'attribute_not_exists(#pk)' }
    : { ...assignments({ dueAt: now, ...ending, ...written }), ConditionExpression: 'attribute_exists(#pk)' };
};

const readStages = async ({ dynamo, tableName }: Table, ids: readonly string[]): Promise<ReadonlyMap<string, Stage>> => {
  const command = new BatchGetItemCommand({ RequestItems: { [tableName]: { Keys: ids.map(keyOf), ConsistentRead: true } } });
  const { Responses = {}, UnprocessedKeys = {} } = await dynamo.send(command);
  if (Object.keys(UnprocessedKeys).length > 0) throw new Error('Expected all heads to be read, some were not.');
  return new Map(
    (Responses[tableName] ?? []).map((item) => [item['pk']!.S!.slice('C#'.length), 'ending' in item ? 'ending' : 'open']),
  );
};

/** What this process made of a head, and when the table has it. */
interface Own {
  readonly stage: Stage;
  readonly done: Promise<unknown>;
}

/**
 * Heads read by the hundred, an update for a conversation that is new and one for its first end. What this process wrote it knows:
 * it never asks for an update twice, so these are the fewest there can be.
 */
export const heads = (table: Table) => {
  const read = gathering<string, ReadonlyMap<string, Stage>>({
    size: 100,
    waitMs: gatherMs,
    send: (ids) => readStages(table, ids),
  });
  const own = new Map<string, Own>();
  const write = ({ dynamo, tableName: TableName }: Table, conversationId: string, isNew: boolean, mayEnd: boolean) => {
    const change = changeOf(isNew, mayEnd, Date.now());
    return dynamo.send(new UpdateItemCommand({ TableName, Key: keyOf(conversationId), ReturnValues: 'ALL_NEW', ...change }));
  };
  const arrive = async (conversationId: string, mayEnd: boolean, found: Stage | undefined): Promise<unknown> => {
    const known = own.get(conversationId);
    const stage = known?.stage ?? found;
    if (stage === 'ending' || (stage === 'open' && !mayEnd)) return known?.done;
    const done = (known?.done ?? Promise.resolve()).then(() => write(table, conversationId, stage === undefined, mayEnd));
    own.set(conversationId, { stage: mayEnd ? 'ending' : 'open', done });
    return done;
  };
  return async (arrivals: ReadonlyMap<string, boolean>): Promise<void> => {
    const pages = await read([...arrivals.keys()]);
    const foundOf = (id: string): Stage | undefined => pages.find((page) => page.has(id))?.get(id);
    await Promise.all([...arrivals].map(([id, mayEnd]) => arrive(id, mayEnd, foundOf(id))));
  };
};
