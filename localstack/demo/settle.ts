import { setTimeout as sleep } from 'node:timers/promises';
import { GetQueueAttributesCommand } from '@aws-sdk/client-sqs';
import { paginateScan } from '@aws-sdk/client-dynamodb';
import { parkedOn } from '../../src/core/items';
import type { AwsClients } from '../clients';
import type { Places } from './worker-environment';

/** What is still under way: messages on the queue, and windows that wait for a time. */
export interface Unsettled {
  readonly messages: number;
  readonly windows: readonly string[];
}

/** On the queue and in workers' hands. */
export const countMessages = async ({ sqs }: AwsClients, queueUrl: string): Promise<number> => {
  const counts = ['ApproximateNumberOfMessages', 'ApproximateNumberOfMessagesNotVisible'] as const;
  const { Attributes = {} } = await sqs.send(
    new GetQueueAttributesCommand({ QueueUrl: queueUrl, AttributeNames: [...counts, 'ApproximateNumberOfMessagesDelayed'] }),
  );
  return Object.values(Attributes).reduce((total, count) => total + Number(count), 0);
};

type Keys = Readonly<Record<string, { readonly S?: string; readonly N?: string }>>;

const named = (item: Keys): string => `${item['pk']?.S} (${item['dueOn']?.S}, due at ${item['dueAt']?.N})`;

const waiting = { ':parked': { S: parkedOn } };

/** The sparse index `due` holds exactly the windows that are not closed; parked ones stand apart there. */
const openInIndex = async ({ dynamodb }: AwsClients, tableName: string): Promise<readonly string[]> => {
  const windows: string[] = [];
  const open = {
    TableName: tableName,
    IndexName: 'due',
    FilterExpression: 'dueOn <> :parked',
    ExpressionAttributeValues: waiting,
  };
  for await (const { Items = [] } of paginateScan({ client: dynamodb }, open)) windows.push(...Items.map(named));
  return windows;
};

/** A window that moves from one place of the index to another while it is read is in neither. In the table it stays where it is. */
const openInTable = async ({ dynamodb }: AwsClients, tableName: string): Promise<readonly string[]> => {
  const windows: string[] = [];
  const FilterExpression = 'attribute_exists(dueOn) AND dueOn <> :parked';
  const open = { TableName: tableName, ConsistentRead: true, FilterExpression, ExpressionAttributeValues: waiting };
  for await (const { Items = [] } of paginateScan({ client: dynamodb }, open)) windows.push(...Items.map(named));
  return windows;
};

const openWindows = async (clients: AwsClients, tableName: string): Promise<readonly string[]> => {
  const windows = await openInIndex(clients, tableName);
  return windows.length > 0 ? windows : openInTable(clients, tableName);
};

const look = async (clients: AwsClients, places: Places): Promise<Unsettled> => {
  // In this order: a window is opened before the message that opened it is deleted.
  const messages = await countMessages(clients, places.queueUrl);
  return { messages, windows: await openWindows(clients, places.tableName) };
};

const lookEveryMs = 250;
const namedAtMost = 10;

const complain = ({ messages, windows }: Unsettled, stuckMs: number): Error =>
  new Error(
    [
      `Expected every window to be closed and the queue to be empty; nothing has become less for ${stuckMs / 1000} s, ` +
        `and ${messages} messages and ${windows.length} windows are left:`,
      ...windows.slice(0, namedAtMost),
    ].join('\n  '),
  );

/** Waits until no message is left and every window is closed or parked: however long it takes, as long as ever less is left. */
export const settle = async (
  clients: AwsClients,
  places: Places,
  { stuckAfterMs, watch }: { readonly stuckAfterMs: number; readonly watch: (now: Unsettled) => void },
): Promise<void> => {
  let least = { left: Number.POSITIVE_INFINITY, sinceMs: performance.now() };
  for (;;) {
    const now = await look(clients, places);
    const left = now.messages + now.windows.length;
    if (left === 0) return;
    if (left < least.left) least = { left, sinceMs: performance.now() };
    if (performance.now() - least.sinceMs > stuckAfterMs) throw complain(now, stuckAfterMs);
    watch(now);
    await sleep(lookEveryMs);
  }
};
