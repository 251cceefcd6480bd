import { setTimeout as sleep } from 'node:timers/promises';
import { paginateListExecutions, DescribeExecutionCommand, type SFNClient } from '@aws-sdk/client-sfn';
import { ChangeMessageVisibilityCommand, ReceiveMessageCommand, type Message, type SQSClient } from '@aws-sdk/client-sqs';
import { DynamoDBDocumentClient, paginateScan } from '@aws-sdk/lib-dynamodb';
import { readHeadItem, readRecordItem, type Item } from '../../src/table/item-codec';
import type { Head, StoredRecord } from '../../src/core/items';
import type { AwsClients } from '../clients';
import type { Written } from '../embedded/back-office/written';
import { readWritten } from './back-office';
import type { Stage } from './stage';

/* Everything that the workers left behind, read back the way anybody could read it. */

export interface ObservedExecution {
  readonly name: string;
  readonly status: string;
  readonly input: string;
  /** What became of each step; null unless the execution has succeeded. */
  readonly steps: Steps | null;
}

export type Steps = Readonly<Record<string, { readonly outcome: string }>>;

/** A message of a queue: the body as it came, its text attributes. */
export interface Letter {
  readonly body: string;
  readonly attributes: Readonly<Record<string, string>>;
}

export interface Observed {
  readonly heads: readonly Head[];
  /** Every revision of every conversation, the oldest first. */
  readonly records: ReadonlyMap<string, readonly StoredRecord[]>;
  readonly executions: readonly ObservedExecution[];
  readonly deadLetters: readonly Letter[];
  /** Stories of dead letters that had no room for them, by the SHA-256 of the body. */
  readonly failureNotes: ReadonlyMap<string, Readonly<Record<string, string>>>;
  readonly published: readonly Letter[];
  /** What workflows wrote into CRM and tickets; null where they cannot. */
  readonly written: Written | null;
}

const scanTable = async ({ dynamodb }: AwsClients, TableName: string): Promise<readonly Item[]> => {
  const items: Item[] = [];
  const client = DynamoDBDocumentClient.from(dynamodb);
  for await (const page of paginateScan({ client }, { TableName })) items.push(...(page.Items ?? []));
  return items;
};

const oldestFirst = (a: StoredRecord, b: StoredRecord): number =>
  a.record.life === b.record.life ? a.record.revision - b.record.revision : a.record.life < b.record.life ? -1 : 1;

const byConversation = (stored: readonly StoredRecord[]): Observed['records'] => {
  const revisions = new Map<string, StoredRecord[]>();
  for (const one of stored) {
    const { conversationId } = one.record;
    revisions.set(conversationId, [...(revisions.get(conversationId) ?? []), one]);
  }
  return revisions;
};

const readTable = async (clients: AwsClients, tableName: string) => {
  const items = await scanTable(clients, tableName);
  const family = (prefix: string, sort = ''): readonly Item[] =>
    items.filter((item) => String(item['pk']).startsWith(prefix) && String(item['sk']).startsWith(sort));
  const stored = await Promise.all(family('C#', 'R#').map(readRecordItem));
  const records = byConversation(stored.toSorted(oldestFirst));
  const notes = family('N#').map((note) => [String(note['bodySha256']), note['attributes'] as Letter['attributes']] as const);
  return { heads: family('C#', 'W').map(readHeadItem), records, failureNotes: new Map(notes) };
};

const describeExecution = async (sfn: SFNClient, executionArn: string): Promise<ObservedExecution> => {
  const { name = '', status = '', input = '', output } = await sfn.send(new DescribeExecutionCommand({ executionArn }));
  const { steps = null } = JSON.parse(output ?? '{}') as { readonly steps?: Steps };
  return { name, status, input, steps };
};

const listRunning = async (sfn: SFNClient, stateMachineArn: string): Promise<number> => {
  let running = 0;
  for await (const page of paginateListExecutions({ client: sfn }, { stateMachineArn, statusFilter: 'RUNNING' }))
    running += page.executions?.length ?? 0;
  return running;
};

/** The last workflows may still run when the last window has closed. */
const patience = { looks: 100, everyMs: 100 };

export const readExecutions = async (sfn: SFNClient, stateMachineArn: string): Promise<readonly ObservedExecution[]> => {
  for (let look = 0; look < patience.looks && (await listRunning(sfn, stateMachineArn)) > 0; look++)
    await sleep(patience.everyMs);
  const found: ObservedExecution[] = [];
  for await (const page of paginateListExecutions({ client: sfn }, { stateMachineArn })) {
    const arns = (page.executions ?? []).map(({ executionArn }) => executionArn!);
    found.push(...(await Promise.all(arns.map((arn) => describeExecution(sfn, arn)))));
  }
  return found;
};

const toLetter = ({ Body = '', MessageAttributes = {} }: Message): Letter => ({
  body: Body,
  attributes: Object.fromEntries(Object.entries(MessageAttributes).map(([name, { StringValue = '' }]) => [name, StringValue])),
});

/** Long enough to read a queue to its end before its first message shows up again. */
const hiddenSeconds = 120;

/** Reads everything that is on a queue and leaves it there, for whoever wants to look, too. */
const readQueue = async (sqs: SQSClient, QueueUrl: string): Promise<readonly Letter[]> => {
  const found: Message[] = [];
  const receive = new ReceiveMessageCommand({
    QueueUrl,
    MaxNumberOfMessages: 10,
    MessageAttributeNames: ['All'],
    VisibilityTimeout: hiddenSeconds,
    // Only a long poll asks all of a queue.
    WaitTimeSeconds: 1,
  });
  for (;;) {
    const { Messages = [] } = await sqs.send(receive);
    if (Messages.length === 0) break;
    found.push(...Messages);
  }
  for (const { ReceiptHandle } of found)
    await sqs.send(new ChangeMessageVisibilityCommand({ QueueUrl, ReceiptHandle, VisibilityTimeout: 0 }));
  return found.map(toLetter);
};

export const observe = async ({ clients, places, subscriberUrl, backOfficeUrl }: Stage): Promise<Observed> => {
  const [executions, deadLetters, published] = await Promise.all([
    readExecutions(clients.sfn, places.stateMachineArn),
    readQueue(clients.sqs, places.deadLetterQueueUrl),
    readQueue(clients.sqs, subscriberUrl),
  ]);
  // After the executions, which write it.
  const written = backOfficeUrl === null ? null : await readWritten(backOfficeUrl);
  return { ...(await readTable(clients, places.tableName)), executions, deadLetters, published, written };
};
