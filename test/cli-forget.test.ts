import { createHash } from 'node:crypto';
import { SendMessageCommand } from '@aws-sdk/client-sqs';
import { PutCommand, ScanCommand } from '@aws-sdk/lib-dynamodb';
import { dynamoAuditTrail } from '../src/aws/audit-trail';
import { dynamoKeptKeys } from '../src/aws/kept-keys';
import { dynamoWindowTable } from '../src/aws/window-table';
import { keyDigest } from '../src/core/ingest/post';
import { duePartition, keys } from '../src/core/items';
import { deadLetterAttributes } from '../src/core/rejection';
import { createPipeline } from '../src/pipeline';
import { detailEnvelope, feedMessage, minute } from './factories';
import { memoryOutside, messagesOf, settings } from './outside';
import { runHere } from './run-here';
import { tableForCommands } from './table-command';

/* `tidemark forget`, as somebody who must meets it, over a table and the queues of dead letters. */

const { aws, use } = tableForCommands();

const table = () => ({ dynamo: aws().clients.dynamo, tableName: aws().names.tableName });

const useAll = (): void => {
  const { queueUrl, deadLetterQueueUrl, eventDeadLetterQueueUrl } = aws().names;
  use({ QUEUE_URL: queueUrl, DEAD_LETTER_QUEUE_URL: deadLetterQueueUrl, EVENT_DEAD_LETTER_QUEUE_URL: eventDeadLetterQueueUrl });
};

const secret = '+49 170 0000000';

const call = (conversation: string): readonly object[] => [
  feedMessage({ conversation, type: 'customer.start', at: minute(0), body: { ani: `tel:${secret}` } }),
  feedMessage({ conversation, type: 'customer.end', at: minute(1) }),
];

const close = async (bodies: readonly object[]): Promise<void> => {
  const outside = { ...memoryOutside(), table: dynamoWindowTable(table()) };
  const pipeline = createPipeline(outside, settings);
  expect(await pipeline.admit(messagesOf(bodies.map((body) => JSON.stringify(body))), 0)).toHaveLength(bodies.length);
  const nextDue = async () => (await outside.table.findDue(duePartition('queue', 0), Number.MAX_SAFE_INTEGER, 1))[0];
  for (let due = await nextDue(); due; due = await nextDue()) await pipeline.close(due, due.dueAt);
};

const letter = async (body: string): Promise<void> => {
  const attributes = { [deadLetterAttributes.reason]: { DataType: 'String', StringValue: 'invalid' } };
  const { deadLetterQueueUrl } = aws().names;
  await aws().clients.sqs.send(
    new SendMessageCommand({ QueueUrl: deadLetterQueueUrl, MessageBody: body, MessageAttributes: attributes }),
  );
};

const lettersLeft = async (): Promise<unknown> =>
  (JSON.parse((await runHere('dead-letters', 'list', '--refresh', '--json')).stdout) as { stopped: unknown }).stopped;

/** Every item of the table but the audit trail. */
const items = async (): Promise<readonly Readonly<Record<string, unknown>>[]> => {
  const { Items = [] } = await table().dynamo.send(new ScanCommand({ TableName: table().tableName, ConsistentRead: true }));
  return Items.filter(({ pk }) => !String(pk).startsWith('AUDIT#'));
};
/** Wherever in an item it stands: a sender's idempotency key is the conversation's id. */
const naming = async (id: string): Promise<number> => (await items()).filter((item) => JSON.stringify(item).includes(id)).length;

const badBody = JSON.stringify(
  feedMessage({ conversation: 'to-forget', type: 'customer.end', at: minute(1), body: { eventTime: 'x' } }),
);
const sharedBody = JSON.stringify({ ...detailEnvelope([{}], { conversation: 'to-keep' }), note: 'asked about to-forget' });

beforeAll(async () => {
  await close([...call('to-forget'), ...call('to-keep')]);
  await table().dynamo.send(
    new PutCommand({ TableName: table().tableName, Item: { ...keys.guard('to-forget'), holder: 'arn' } }),
  );
  const posted = { messageId: 'message-1', expiresAtMs: Date.UTC(2100, 0, 1) };
  for (const id of ['to-forget', 'to-keep'])
    await dynamoKeptKeys(table()).keep(keyDigest(id, JSON.stringify({ conversationId: id })), posted, Date.UTC(2026, 0, 1));
  const bodySha256 = createHash('sha256').update(badBody).digest('hex');
  await dynamoWindowTable(table()).putFailureNote({ bodySha256, atMs: 1, attributes: {} }, Date.UTC(2100, 0, 1));
  await letter(badBody);
  await letter(sharedBody);
});

test('a dry run says what there is, and what it cannot reach, and erases nothing', async () => {
  useAll();
  const before = (await items()).length;
  const { code, stdout, stderr } = await runHere('forget', 'to-forget', '--why', 'asked for by the customer');
  expect(code).toBe(0);
  expect(stdout).toMatch(
    /Dry run: nothing was erased[^]* events +2\n +attached events +0\n +records +1\n +window +closed\n +the workflow's guard +1\n +dead letters of it alone +1\n/,
  );
  for (const place of ['Step Functions', 'subscribers', 'intake queue', 'point-in-time', 'archives', 'log lines'])
    expect(stdout).toContain(place);
  expect(stderr).toMatch(/Others may miss a letter for at most \d+ seconds/);
  expect((await items()).length).toBe(before);
});

test('without the very words it erases nothing', async () => {
  useAll();
  const before = (await items()).length;
  const asked = ['forget', 'to-forget', '--why', 'asked for', '--execute'] as const;
  expect(await runHere(...asked)).toMatchObject({ code: 2, stdout: '' });
  expect(await runHere(...asked, '--confirm', 'forget to-keep')).toMatchObject({ code: 2, stdout: '' });
  expect((await items()).length).toBe(before);
});

test('confirmed, no item names the conversation any more but the audit trail; of others nothing is missing', async () => {
  useAll();
  const others = await naming('to-keep');
  const asked = [
    'forget',
    'to-forget',
    '--why',
    'asked for by the customer',
    '--execute',
    '--confirm',
    'forget to-forget',
  ] as const;
  const { code, stdout } = await runHere(...asked);
  expect(stdout).toMatch(
    /Erased of to-forget:\n +events +2\n[^]* records +1\n +window +1\n +the workflow's guard +1\n +dead letters +1\n +failure notes +1\n/,
  );
  expect(stdout).toContain('names the conversation, but not as one that a worker reads');
  expect(code).toBe(1);
  expect([await naming('to-forget'), await naming('to-keep')]).toEqual([0, others]);
  expect((await items()).filter(({ pk }) => String(pk).startsWith('N#'))).toEqual([]);
  // What is kept of posts stays, and says nothing of whose they were.
  expect((await items()).filter(({ pk }) => String(pk).startsWith('I#'))).toHaveLength(2);
  expect(await lettersLeft()).toHaveLength(1);
});

test('a second time there is nothing to erase', async () => {
  useAll();
  const again = await runHere(
    'forget',
    'to-forget',
    '--why',
    'once more',
    '--execute',
    '--confirm',
    'forget to-forget',
    '--json',
  );
  expect(JSON.parse(again.stdout)).toMatchObject({ events: 0, records: 0, head: false, guard: false, letters: { letters: 0 } });
});

test('the audit trail says who, why and how much, and nothing of what it was', async () => {
  const trail = await dynamoAuditTrail(table()).read(Date.now());
  expect(trail.slice(0, 2)).toMatchObject([
    { action: 'forget', stage: 'begun', why: 'asked for by the customer', conversationId: 'to-forget' },
    {
      action: 'forget',
      stage: 'done',
      counts: { events: 2, records: 1, heads: 1, guards: 1, letters: 1, notes: 1, lettersLeft: 1 },
    },
  ]);
  // A time, or an id that was drawn, may hold any three digits; nothing else may.
  const said = trail.map((entry) => ({ ...entry, id: '', atMs: 0 }));
  expect(JSON.stringify(said)).not.toContain('170');
});

test('what arrives afterwards begins a new life', async () => {
  await close(call('to-forget'));
  expect(await naming('to-forget')).toBe(4);
});
