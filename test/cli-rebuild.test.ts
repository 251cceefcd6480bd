import { ScanCommand } from '@aws-sdk/lib-dynamodb';
import { dynamoAuditTrail } from '../src/aws/audit-trail';
import { dynamoWindowScan } from '../src/aws/window-scan';
import { dynamoWindowTable } from '../src/aws/window-table';
import { duePartition } from '../src/core/items';
import type { SchemaRegistry } from '../src/core/schema-registry';
import { createPipeline } from '../src/pipeline';
import { feedMessage, minute } from './factories';
import { memoryOutside, messagesOf, registry, settings } from './outside';
import { runHere } from './run-here';
import { tableForCommands } from './table-command';

/* `tidemark rebuild`, as the engineer on call meets it, over a table that workers with an older mapper have written. */

const { aws, use } = tableForCommands();

const table = () => ({ dynamo: aws().clients.dynamo, tableName: aws().names.tableName });

const useAll = (): void => {
  const { queueUrl, deadLetterQueueUrl } = aws().names;
  use({ QUEUE_URL: queueUrl, DEAD_LETTER_QUEUE_URL: deadLetterQueueUrl, SHARDS: '1' });
};

/** What the mappers were before they were mended: they took the end of a customer's session for something else. */
const older: SchemaRegistry = {
  ...registry,
  subjectNamed: (name) => {
    const known = registry.subjectNamed(name);
    return known && name.endsWith('customer.end') ? { ...known, mapper: 'wrapup' } : known;
  },
};

const outsideWith = (known: SchemaRegistry) => ({
  ...memoryOutside(),
  registry: known,
  table: dynamoWindowTable(table()),
});

const call = (conversation: string): readonly string[] =>
  [
    feedMessage({ conversation, type: 'customer.start', at: minute(0) }),
    feedMessage({ conversation, type: 'customer.end', at: minute(1) }),
  ].map((body) => JSON.stringify(body));

const close = async (known: SchemaRegistry, bodies: readonly string[]) => {
  const outside = outsideWith(known);
  const { admit, close: closeOne } = createPipeline(outside, settings);
  expect(await admit(messagesOf(bodies), 0)).toHaveLength(bodies.length);
  const nextDue = async () => (await outside.table.findDue(duePartition('queue', 0), Number.MAX_SAFE_INTEGER, 1))[0];
  for (let due = await nextDue(); due; due = await nextDue()) await closeOne(due, due.dueAt);
  return outside;
};

const revisionsOf = async (): Promise<readonly string[]> => {
  const { Items: items = [] } = await table().dynamo.send(new ScanCommand({ TableName: table().tableName }));
  return items.filter(({ sk }) => String(sk).startsWith('R#')).map(({ pk, revision }) => `${String(pk)} ${String(revision)}`);
};

const since = ['--since', '2026-01-01', '--why', 'customer.end was misread'] as const;

beforeAll(async () => {
  await close(older, [...call('changes-1'), ...call('changes-2')]);
  await close(registry, call('same'));
});

test('a dry run counts, tries a sample on the code of today, names the fields that would change, and marks nothing', async () => {
  useAll();
  const { code, stdout } = await runHere('rebuild', ...since);
  expect(code).toBe(0);
  expect(stdout).toMatch(
    /^Dry run: nothing was marked\. 3 windows would be, 0 of them parked \(found among \d+ items, \d+ read units\)\.$/m,
  );
  expect(stdout).toMatch(/would change +2\n +and be handed off +0\n +say the same +1\n/);
  expect(stdout).toMatch(/Fields that would change:\n(.*\n)* +endedAt +2\n/);
  expect(stdout).toContain('they must run the mended version already');
  const json = JSON.parse((await runHere('rebuild', ...since, '--handoff', '--json')).stdout) as unknown;
  expect(json).toMatchObject({ found: 3, sample: { looked: 3, changes: 2, handedOff: 2, same: 1 } });
  expect(await revisionsOf()).toHaveLength(3);
});

test('for real it marks them for the workers, who make the next revision of what changes, and start nothing; then nothing would change', async () => {
  useAll();
  const { code, stdout } = await runHere('rebuild', ...since, '--rate', '50', '--execute');
  expect([code, stdout.split('\n')[0]]).toEqual([0, expect.stringMatching(/^Marked 3 of 3 windows: 0 parked, 0 missed/)]);
  const worker = await close(registry, []);
  expect((await revisionsOf()).filter((one) => one.endsWith(' 2')).sort()).toEqual(['C#changes-1 2', 'C#changes-2 2']);
  expect(worker.topic.published()).toHaveLength(2);
  expect(worker.stateMachine.executions().size).toBe(0);
  expect((await runHere('rebuild', ...since)).stdout).toMatch(/would change +0\n/);
  const trail = await dynamoAuditTrail(table()).read(Date.now());
  expect(trail).toMatchObject([
    { action: 'rebuild', stage: 'begun', why: 'customer.end was misread', what: 'since 2026-01-01T00:00:00.000Z, records, 50/s' },
    { action: 'rebuild', stage: 'done', counts: { found: 3, marked: 3, parked: 0, missed: 0 } },
  ]);
});

test('named conversations are marked without a scan, and one that is not there is missed', async () => {
  useAll();
  const named = ['--conversation', 'same', 'nobody', '--why', 'looked odd', '--execute', '--json'];
  const { code, stdout } = await runHere('rebuild', ...named);
  expect(code).toBe(1);
  expect(JSON.parse(stdout)).toMatchObject({ found: 1, marked: 1, missed: 1, readUnits: 0 });
  const [head] = (await dynamoWindowScan(table(), 100 * 86_400_000).page(0, null)).heads.filter(
    ({ conversationId }) => conversationId === 'same',
  );
  expect(head).toMatchObject({ state: 'open', rebuild: expect.stringMatching(/^records /) as unknown });
});

test('what was written before is left out', async () => {
  useAll();
  const json = JSON.parse((await runHere('rebuild', '--since', '2100-01-01', '--why', 'a mapper', '--json')).stdout) as unknown;
  expect(json).toMatchObject({ found: 0 });
});

test('wrong usage is refused before anything is read', async () => {
  useAll();
  for (const args of [
    [],
    [...since, '--conversation', 'x'],
    ['--since', 'yesterday'],
    [...since, '--rate', '500'],
    [...since, '--from-cursor', 'x'],
  ])
    expect(await runHere('rebuild', '--why', 'a mapper', ...args)).toMatchObject({ code: 2, stdout: '' });
});
