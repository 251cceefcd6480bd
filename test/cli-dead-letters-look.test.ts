import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { sqsDeadLetterQueue } from '../src/aws/dead-letter-queue';
import { sqsLetterQueue } from '../src/aws/letter-queue';
import { dynamoWindowTable } from '../src/aws/window-table';
import { parkedOn } from '../src/core/items';
import type { AwsInstallation } from './contract/aws-installation';
import { anEvent, feedMessage, noon, topicMessage } from './factories';
import { runHere } from './run-here';
import { tableForCommands } from './table-command';

/* `tidemark dead-letters list`, `groups` and `show`, as whoever is woken by the alarm types them. */

const { aws, use } = tableForCommands();
const cache = mkdtempSync(path.join(tmpdir(), 'tidemark-cache-'));
afterAll(() => rmSync(cache, { recursive: true, force: true }));

const environment = () => ({
  QUEUE_URL: aws().names.queueUrl,
  DEAD_LETTER_QUEUE_URL: aws().names.deadLetterQueueUrl,
  XDG_CACHE_HOME: cache,
});

const letterOf = (body: string, reason: 'unknown-type' | 'invalid', detail: string, id: string) => ({
  message: { id, body, sentAtMs: noon, receiveCount: 1, handle: '' },
  rejection: { reason, detail, step: 'validate', type: (JSON.parse(body) as { 'detail-type': string })['detail-type'] } as const,
  atMs: noon,
});

beforeAll(async () => {
  const deadLetters = sqsDeadLetterQueue(aws().clients.sqs, aws().names.deadLetterQueueUrl, 'tidemark/1.2.3');
  for (let n = 0; n < 12; n++) {
    const body = JSON.stringify(topicMessage('v2.brand.new.{id}.topic', { conversationId: `c-${n}` }));
    await deadLetters.setAside(letterOf(body, 'unknown-type', 'Expected a type that has a subject in the schema registry, got one that has none.', `m-${n}`)); // prettier-ignore
  }
  const withoutTime = JSON.stringify(feedMessage({ body: { eventTime: 'soon', ani: 'tel:+15550123' } }));
  await deadLetters.setAside(letterOf(withoutTime, 'invalid', '$.eventTime must be integer, came string', 'm-x'));
});

/** A window that waits for a person, with one event. */
const park = async ({ clients, names }: AwsInstallation, conversationId: string, lastError: string): Promise<void> => {
  const table = dynamoWindowTable({ dynamo: clients.dynamo, tableName: names.tableName });
  const expiresAtMs = Date.now() + 86_400_000;
  await table.writeEvents([{ event: anEvent({ conversation: conversationId }), sentAtMs: noon }], expiresAtMs);
  const head = {
    state: 'parked',
    life: 'l'.repeat(16),
    finished: 0,
    attempts: 8,
    waits: 0,
    dueAt: noon,
    dueOn: parkedOn,
    lastError,
  } as const;
  await table.updateHead({ conversationId, expect: 'missing', set: head, expiresAtMs });
};

const shown = async (): Promise<number> => {
  const queue = sqsLetterQueue(aws().clients.sqs, aws().names.deadLetterQueueUrl, 'worker');
  return (await queue.count()).visible;
};

interface Groups {
  readonly total: number;
  readonly fromBefore: boolean;
  readonly groups: readonly {
    readonly group: string;
    readonly count: number;
    readonly sample: string;
    readonly reason: string;
  }[];
}

const groupsOf = async (...args: readonly string[]): Promise<Groups> => {
  const ran = await runHere('dead-letters', 'groups', '--json', ...args);
  expect(ran.code).toBe(0);
  return JSON.parse(ran.stdout) as Groups;
};

test('groups counts by cause and says what looking costs, what it did not look at and what is next', async () => {
  use(environment());
  const { code, stdout, stderr } = await runHere('dead-letters', 'groups');
  expect(code).toBe(0);
  const rows = stdout.split('\n').map((line) => line.trim().split(/ {2,}/));
  expect(rows[1]?.slice(1, 5)).toEqual(['12', 'worker', 'unknown-type', 'v2.brand.new.{id}.topic']);
  expect(rows[2]?.slice(1, 6)).toEqual(['1', 'worker', 'invalid', 'v2.detail.events.conversation.{id}.customer.start', '$.eventTime must be integer']); // prettier-ignore
  expect(stdout).toContain('13 in 2 groups.');
  expect(stdout).toContain('Not looked at: failed executions. STATE_MACHINE_ARN is not given.');
  expect(stdout).toContain(`Next: tidemark dead-letters show ${rows[1]?.[0] ?? '?'}`);
  expect(stderr).toMatch(/about 13 letters\. Others may miss a letter for at most 61 seconds/);
  expect(await shown()).toBe(13);
});

test('a second look reads no queue, --refresh does; what is kept holds no body and is for its owner alone', async () => {
  use(environment());
  await groupsOf();
  const again = await runHere('dead-letters', 'list', '--limit', '2');
  expect(again.stderr).toBe('');
  expect(again.stdout).toContain('ago; --refresh looks anew.');
  expect(again.stdout).toContain('… and 11 more');
  expect((await runHere('dead-letters', 'list', '--refresh')).stderr).toContain('Looks at queue');
  const folder = path.join(cache, 'tidemark');
  const [file, ...others] = readdirSync(folder);
  expect(others).toEqual([]);
  const kept = path.join(folder, file!);
  expect([statSync(folder).mode & 0o777, statSync(kept).mode & 0o777]).toEqual([0o700, 0o600]);
  expect(readFileSync(kept, 'utf8')).not.toContain('15550123');
  writeFileSync(kept, readFileSync(kept, 'utf8').slice(0, -50));
  expect((await groupsOf()).fromBefore).toBe(false);
});

test('a filter takes what it names, by the body as well', async () => {
  use(environment());
  expect((await groupsOf('--reason', 'invalid')).total).toBe(1);
  expect((await groupsOf('--older-than', '100000d')).total).toBe(0);
  expect((await groupsOf('--where', "$.detail.eventBody[?@ == 'c-7']")).total).toBe(1);
  const wrong = await runHere('dead-letters', 'groups', '--where', '$.detail[?@.x == ]');
  expect([wrong.code, wrong.stderr]).toEqual([2, expect.stringContaining('^')]);
});

test('show points at what is wrong and masks what is the customer’s, unless asked', async () => {
  use(environment());
  const { groups } = await groupsOf('--reason', 'invalid');
  const { sample, group } = groups[0]!;
  const one = await runHere('dead-letters', 'show', sample);
  expect(one.code).toBe(0);
  expect(one.stdout).toMatch(/"eventTime": ‹text 4›,\n +\^ must be integer, came string/);
  expect(one.stdout).toContain('  first id     m-x');
  expect(one.stdout).toContain('v8, the newest, and it differs so:');
  expect(one.stdout).toContain('Next: tidemark schemas propose --dead-letters');
  expect(one.stdout).not.toContain('15550123');
  expect((await runHere('dead-letters', 'show', sample, '--unmasked')).stdout).toContain('tel:+15550123');
  const ofGroup = await runHere('dead-letters', 'show', group, '--json');
  expect(JSON.parse(ofGroup.stdout)).toMatchObject({ stopped: { id: sample, reason: 'invalid' }, group: { count: 1 }, message: { isMasked: true } }); // prettier-ignore
  expect(ofGroup.stdout).not.toContain('15550123');
  expect(await shown()).toBe(13);
});

test('show says so where there is none of that name', async () => {
  use(environment());
  const { code, stdout, stderr } = await runHere('dead-letters', 'show', 'nobody');
  expect([code, stdout]).toEqual([1, '']);
  expect(stderr).toContain('found none named `nobody`');
});

test('parked windows are in the same inbox', async () => {
  use({ ...environment(), STATE_MACHINE_ARN: aws().names.stateMachineArn });
  await park(aws(), 'parked-1', 'WindowFaultError at fold (src/core/conversation/fold.ts:1:2)');
  const { groups } = await groupsOf('--place', 'window');
  expect(groups).toMatchObject([{ reason: 'parked', count: 1, sample: 'parked-1' }]);
  const one = await runHere('dead-letters', 'show', 'parked-1');
  expect(one.stdout).toContain('detail       WindowFaultError at fold');
  expect(one.stdout).toContain('outlook      would-pass');
  expect(one.stdout).toContain('Next: tidemark dead-letters redrive parked-1 --why TEXT');
});
