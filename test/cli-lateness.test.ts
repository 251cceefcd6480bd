import { dynamoLatenessStore } from '../src/aws/lateness-store';
import { emptyHistogram, type LatenessKind } from '../src/core/lateness';
import { countIn } from './histogram';
import { runHere } from './run-here';
import { tableForCommands } from './table-command';

/* `tidemark lateness`, as its user meets it, over a table. */

const { aws, use } = tableForCommands();

const dayMs = 86_400_000;

/** What workers of so many days ago have counted. */
const counted = async (daysAgo: number, kind: LatenessKind, [subject, ms, count]: readonly [string, number, number]) => {
  const store = dynamoLatenessStore({ dynamo: aws().clients.dynamo, tableName: aws().names.tableName });
  const histogram = countIn(emptyHistogram, ms).map((hits) => hits * count);
  await store.add({ kind, subject, histogram }, Date.now() - daysAgo * dayMs, Date.now() + dayMs);
};

test('an empty table is no failure: too few to say', async () => {
  use();
  const { code, stdout, stderr } = await runHere('lateness');
  expect([code, stderr]).toEqual([0, '']);
  expect(stdout).toContain('0 messages, 0 conversations');
  expect(stdout.match(/too few to say/g)).toHaveLength(3);
});

test('prints what the workers counted, as many days as it is asked for, with what follows for the settings', async () => {
  use({ HOLD_MS: '30000' });
  await counted(0, 'disorder', ['v2.detail.events.conversation.customer.end', 0, 1_995]);
  await counted(0, 'disorder', ['v2.detail.events.conversation.acw', 1_500, 5]);
  await counted(1, 'records', ['on_time', 0, 1_000]);
  await counted(1, 'records', ['late', 0, 7]);
  await counted(1, 'hold-gap', ['v2.detail.events.conversation.flow.outcome', 40_000, 7]);
  const week = await runHere('lateness');
  expect(week.code).toBe(0);
  expect(week.stdout).toContain('2000 messages, 1000 conversations,\n7 late revisions in fact (7.0 per 1,000 conversations)');
  expect(week.stdout).toMatch(/v2\.detail\.events\.conversation\.acw +5 +2 s/);
  expect(week.stdout).toMatch(/OUT_OF_ORDERNESS_MS +5000 \(5 s\) +0 of 2000 +2000 \(2 s\)/);
  expect(week.stdout).toMatch(/ HOLD_MS +30000 \(30 s\) +7 of 1000 +45000 \(45 s\)/);
  expect(week.stdout).toMatch(/^ *45 s +0\.0 +15 s later$/m);
  const today = await runHere('lateness', '--days', '1');
  expect(today.stdout).toContain('2000 messages, 0 conversations');
  const json = JSON.parse((await runHere('lateness', '--json', '--cover', '99')).stdout) as Record<string, unknown>;
  expect(json).toMatchObject({ days: 7, cover: 0.99, messages: 2_000, conversations: 1_000, lateRecords: 7 });
});

test('asks for no more than it needs, and reports all that is wrong with that at once', async () => {
  process.env = { PATH: process.env['PATH'], HOLD_MS: '5s' };
  const { code, stdout, stderr } = await runHere('lateness');
  expect([code, stdout]).toEqual([2, '']);
  expect(stderr).toMatch(/TABLE_NAME: expected .*\n.*HOLD_MS: expected/);
  expect(stderr).not.toContain('QUEUE_URL');
});

test('a table that is not there is the caller’s to mend', async () => {
  use({ TABLE_NAME: 'nowhere' });
  const { code, stdout, stderr } = await runHere('lateness');
  expect([code, stdout]).toEqual([2, '']);
  expect(stderr).toContain('found none named `nowhere`');
});

test.each([
  ['--days', '0'],
  ['--days', 'x'],
  ['--cover', '100'],
  ['--cover', '0.5'],
])('%s %s is wrong usage', async (...args) => {
  use();
  const { code, stdout, stderr } = await runHere('lateness', ...args);
  expect([code, stdout]).toEqual([2, '']);
  expect(stderr).toContain('Expected');
});
