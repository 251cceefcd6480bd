import {
  BatchExecuteStatementCommand,
  BatchGetItemCommand,
  type AttributeValue,
  type BatchStatementRequest,
} from '@aws-sdk/client-dynamodb';
import { gathering } from './gathering';
import type { Place } from './place';
import { gatherMs } from './queue';

/** How far a conversation's head has come. */
type Stage = 'open' | 'ending';

type Table = Pick<Place, 'dynamo' | 'tableName'>;

const keyOf = (conversationId: string) => ({ pk: { S: `C#${conversationId}` }, sk: { S: 'W' } });

/** As many bytes and names as Tidemark's have. */
const fresh = (nowMs: number) => ({
  state: { S: 'open' },
  life: { S: nowMs.toString(36).padStart(16, '0') },
  finished: { N: '0' },
  attempts: { N: '0' },
  waits: { N: '0' },
  dueOn: { S: 'Q#007' },
});

/** The condition is the statement's own: an insert replaces nothing, an update creates nothing. */
const statementOf = (tableName: string, change: Change): BatchStatementRequest => {
  const now = { N: String(Date.now()) };
  const written = { layout: { N: '1' }, expiresAt: { N: String(Math.ceil(Date.now() / 1_000)) } };
  const values = { dueAt: now, ...(change.mayEnd ? { ending: now } : {}), ...written };
  const key: Readonly<Record<string, AttributeValue>> = keyOf(change.conversationId);
  if (!change.isNew)
    return {
      Statement: `UPDATE "${tableName}" ${Object.keys(values)
        .map((name) => `SET "${name}" = ?`)
        .join(' ')} WHERE "pk" = ? AND "sk" = ? RETURNING ALL NEW *`,
      Parameters: [...Object.values(values), ...Object.values(key)],
    };
  const item = { ...key, ...fresh(Date.now()), ...values };
  const names = Object.keys(item).map((name) => `'${name}': ?`);
  return { Statement: `INSERT INTO "${tableName}" VALUE {${names.join(', ')}}`, Parameters: Object.values(item) };
};

const readStages = async ({ dynamo, tableName }: Table, ids: readonly string[]): Promise<ReadonlyMap<string, Stage>> => {
  const command = new BatchGetItemCommand({ RequestItems: { [tableName]: { Keys: ids.map(keyOf), ConsistentRead: true } } });
  const { Responses = {}, UnprocessedKeys = {} } = await dynamo.send(command);
  if (Object.keys(UnprocessedKeys).length > 0) throw new Error('Expected all heads to be read, some were not.');
  return new Map(
    (Responses[tableName] ?? []).map((item) => [item['pk']!.S!.slice('C#'.length), 'ending' in item ? 'ending' : 'open']),
  );
};

interface Change {
  readonly conversationId: string;
  readonly isNew: boolean;
  readonly mayEnd: boolean;
}

const writeChanges = async ({ dynamo, tableName }: Table, changes: readonly Change[]): Promise<void> => {
  const Statements = changes.map((change) => statementOf(tableName, change));
  const { Responses = [] } = await dynamo.send(new BatchExecuteStatementCommand({ Statements }));
  const failed = Responses.find(({ Error: failure }) => failure !== undefined);
  if (failed) throw new Error(`Expected all heads to be written, one was not: ${failed.Error?.Code}.`);
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
  const write = gathering<Change, unknown>({ size: 25, waitMs: 0, send: (changes) => writeChanges(table, changes) });
  const arrive = async (conversationId: string, mayEnd: boolean, found: Stage | undefined): Promise<unknown> => {
    const known = own.get(conversationId);
    const stage = known?.stage ?? found;
    if (stage === 'ending' || (stage === 'open' && !mayEnd)) return known?.done;
    const done = (known?.done ?? Promise.resolve()).then(() => write([{ conversationId, isNew: stage === undefined, mayEnd }]));
    own.set(conversationId, { stage: mayEnd ? 'ending' : 'open', done });
    return done;
  };
  return async (arrivals: ReadonlyMap<string, boolean>): Promise<void> => {
    const pages = await read([...arrivals.keys()]);
    const foundOf = (id: string): Stage | undefined => pages.find((page) => page.has(id))?.get(id);
    await Promise.all([...arrivals].map(([id, mayEnd]) => arrive(id, mayEnd, foundOf(id))));
  };
};
