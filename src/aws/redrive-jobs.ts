import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { BatchGetCommand, paginateQuery, PutCommand, QueryCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { keys, tableLayout } from '../core/items';
import { limits } from '../core/limits';
import type { Move, RedriveJob, RedriveOutcome } from '../core/on-call/redrive-job';
import type { Clock, Random } from '../ports';
import type { RedriveJobs } from '../ports-on-call';
import { expirySeconds, type Item } from '../table/item-codec';
import { chunksOfSelection, moveItem, moveKey, outcomeKey, readJob, readMove, readOutcome } from './redrive-items';
import { getItem, type Table } from './table';
import { writeAll } from './write-all';

/** The newest of them, for those who look. */
const jobsInList = 50;

interface Keeper {
  readonly table: Table;
  readonly clock: Clock;
  readonly random: Random;
}

const jobKey = (job: string) => keys.redrive(job, 'JOB');

/** Every item of a job under this prefix. */
async function* itemsOf({ dynamo, tableName }: Table, job: string, prefix: string): AsyncIterable<Item> {
  const pages = paginateQuery(
    { client: dynamo },
    {
      TableName: tableName,
      ConsistentRead: true,
      KeyConditionExpression: '#pk = :pk AND begins_with(#sk, :prefix)',
      ExpressionAttributeNames: { '#pk': 'pk', '#sk': 'sk' },
      ExpressionAttributeValues: { ':pk': jobKey(job).pk, ':prefix': prefix },
    },
  );
  for await (const { Items: items = [] } of pages) yield* items;
}

const readAll = async <T>(items: AsyncIterable<Item>, read: (item: Item) => T): Promise<readonly T[]> => {
  const all: T[] = [];
  for await (const item of items) all.push(read(item));
  return all;
};

/** False where the condition did not hold. */
const ifSo = async (sending: Promise<unknown>): Promise<boolean> => {
  try {
    await sending;
    return true;
  } catch (error) {
    if (error instanceof ConditionalCheckFailedException) return false;
    throw error;
  }
};

interface Change {
  readonly update: string;
  readonly condition: string;
  readonly values: Readonly<Record<string, unknown>>;
}

/** The job's fields as expressions name them, so that none can be a reserved word. */
const fieldNames = ['pk', 'state', 'because', 'cancel', 'token', 'heldUntil'];

const namesIn = (...texts: readonly string[]): Record<string, string> =>
  Object.fromEntries(
    fieldNames.filter((name) => texts.some((text) => text.includes(`#${name}`))).map((name) => [`#${name}`, name]),
  );

const changeJob = ({ dynamo, tableName }: Table, job: string, { update, condition, values }: Change): Promise<boolean> =>
  ifSo(
    dynamo.send(
      new UpdateCommand({
        TableName: tableName,
        Key: jobKey(job),
        UpdateExpression: update,
        ConditionExpression: `attribute_exists(#pk) AND ${condition}`,
        ExpressionAttributeNames: namesIn('#pk', update, condition),
        ...(Object.keys(values).length === 0 ? {} : { ExpressionAttributeValues: values }),
      }),
    ),
  );

const create = async (keeper: Keeper, job: RedriveJob, selection: readonly string[], expiresAtMs: number): Promise<void> => {
  const { dynamo, tableName } = keeper.table;
  const fields = { layout: tableLayout, expiresAt: expirySeconds(expiresAtMs) };
  const put = (item: Item) => new PutCommand({ TableName: tableName, Item: { ...item, ...fields } });
  const chunks = chunksOfSelection(selection);
  for (const [n, ids] of chunks.entries())
    await dynamo.send(put({ ...keys.redrive(job.job, `S#${String(n).padStart(6, '0')}`), ids }));
  // In the list before it is there: one that is there and in no list could not be found again.
  await dynamo.send(put({ ...keys.redrives(job.startedAtMs, job.job), job: job.job }));
  const { input } = put({ ...jobKey(job.job), ...job });
  await ifSo(
    dynamo.send(
      new PutCommand({
        ...input,
        // A second time is nothing: it may have been worked on by then.
        ConditionExpression: 'attribute_not_exists(#pk)',
        ExpressionAttributeNames: { '#pk': 'pk' },
      }),
    ),
  );
};

const list = async ({ dynamo, tableName }: Table): Promise<readonly RedriveJob[]> => {
  const { Items: rows = [] } = await dynamo.send(
    new QueryCommand({
      TableName: tableName,
      ConsistentRead: true,
      KeyConditionExpression: '#pk = :pk',
      ExpressionAttributeNames: { '#pk': 'pk' },
      ExpressionAttributeValues: { ':pk': keys.redrives(0, '').pk },
      ScanIndexForward: false,
      Limit: jobsInList,
    }),
  );
  const jobs = await Promise.all(rows.map((row) => getItem({ dynamo, tableName }, jobKey(String(row['job'])))));
  return jobs.filter((item) => item !== null).map(readJob);
};

const outcomesOfLetters = async (
  { table: { dynamo, tableName }, clock }: Keeper,
  job: string,
  letters: readonly string[],
): Promise<readonly RedriveOutcome[]> => {
  const outcomes: RedriveOutcome[] = [];
  let asked = [...new Set(letters)].map((letter) => outcomeKey(job, letter));
  while (asked.length > 0) {
    const page = asked.slice(0, limits.readBatch);
    const answer = await dynamo.send(
      new BatchGetCommand({ RequestItems: { [tableName]: { Keys: page, ConsistentRead: true } } }),
    );
    outcomes.push(...(answer.Responses?.[tableName] ?? []).map(readOutcome));
    const left = (answer.UnprocessedKeys?.[tableName]?.Keys ?? []) as { pk: string; sk: string }[];
    if (left.length > 0) await clock.sleep(100);
    asked = [...left, ...asked.slice(limits.readBatch)];
  }
  return outcomes;
};

/** The lease, and what a person says of a job: its fields that change. */
const changesOf = (table: Table): Pick<RedriveJobs, 'take' | 'release' | 'setState' | 'askToCancel'> => ({
  take: (job, token, nowMs, untilMs) =>
    changeJob(table, job, {
      update: 'SET #token = :token, #heldUntil = :until',
      condition: '(attribute_not_exists(#token) OR #token = :token OR #heldUntil <= :now)',
      values: { ':token': token, ':until': untilMs, ':now': nowMs },
    }),
  release: async (job, token) => {
    const values = { ':token': token };
    await changeJob(table, job, { update: 'REMOVE #token, #heldUntil', condition: '#token = :token', values });
  },
  setState: async (job, state, because) => {
    const unheard = state === 'running' ? { update: ', #cancel = :no', values: { ':no': false } } : { update: '', values: {} };
    await changeJob(table, job, {
      update: `SET #state = :state, #because = :because${unheard.update}`,
      condition: 'attribute_exists(#state)',
      values: { ':state': state, ':because': because, ...unheard.values },
    });
  },
  askToCancel: (job) =>
    changeJob(table, job, { update: 'SET #cancel = :yes', condition: 'attribute_exists(#state)', values: { ':yes': true } }),
});

const noteMoves = (keeper: Keeper, job: string, moves: readonly Move[], expiresAtMs: number): Promise<void> =>
  writeAll(
    keeper,
    moves.map((move) => moveItem(job, move, expiresAtMs)),
  );

export const dynamoRedriveJobs = (table: Table, outside: { readonly clock: Clock; readonly random: Random }): RedriveJobs => {
  const keeper = { ...outside, table };
  return {
    ...changesOf(table),
    create: (job, selection, expiresAtMs) => create(keeper, job, selection, expiresAtMs),
    read: async (job) => {
      const item = await getItem(table, jobKey(job));
      return item && readJob(item);
    },
    selectionOf: async (job) => (await readAll(itemsOf(table, job, 'S#'), (item) => item['ids'] as readonly string[])).flat(),
    list: () => list(table),
    noteMoves: (job, moves, expiresAtMs) => noteMoves(keeper, job, moves, expiresAtMs),
    movesOf: (job) => readAll<Move>(itemsOf(table, job, moveKey(job, '').sk), readMove),
    outcomesOf: (job, letters) =>
      letters ? outcomesOfLetters(keeper, job, letters) : readAll(itemsOf(table, job, outcomeKey(job, '').sk), readOutcome),
  };
};
