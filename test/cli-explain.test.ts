import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { dynamoAuditTrail } from '../src/aws/audit-trail';
import type { ConversationRecord } from '../src/core/record';
import type { Explained } from '../src/on-call/explain';
import { callId, canaries, liveThrough } from './explained-call';
import { runHere, type Ran } from './run-here';
import { tableForCommands } from './table-command';

const { aws, use } = tableForCommands();

let folder: string;

const useAll = (): void => {
  const { queueUrl, deadLetterQueueUrl, stateMachineArn } = aws().names;
  use({
    QUEUE_URL: queueUrl,
    DEAD_LETTER_QUEUE_URL: deadLetterQueueUrl,
    STATE_MACHINE_ARN: stateMachineArn,
    XDG_CACHE_HOME: folder,
  });
};

/** As the audit trail has it. */
const pauseClosing = async (): Promise<void> => {
  const { clients, names } = aws();
  const atMs = Date.now();
  const entry = { action: 'pause', who: 'arn:aws:iam::1:user/a', why: 'CRM is down', what: 'closing', stage: 'done' } as const;
  const trail = dynamoAuditTrail({ dynamo: clients.dynamo, tableName: names.tableName });
  await trail.append({ id: 'aa.000000', atMs, ...entry }, atMs + 86_400_000);
};

/** What is said of the call. Each run of the command compiles all schemas: one for all tests. */
let text: Ran;
let json: Ran;
let explained: Explained;

beforeAll(async () => {
  await liveThrough(aws());
  await pauseClosing();
  folder = await mkdtemp(join(tmpdir(), 'tidemark-explain-'));
  useAll();
  text = await runHere('explain', callId);
  await runHere('dead-letters', 'groups');
  json = await runHere('explain', callId, '--json');
  explained = JSON.parse(json.stdout) as Explained;
});
afterAll(() => rm(folder, { recursive: true }));
beforeEach(useAll);

const recordsIn = (text: string): readonly ConversationRecord[] =>
  text
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as ConversationRecord);

test('record prints the last revision whole, one by number, or all of them, one a line', async () => {
  const last = await runHere('record', callId);
  expect([last.code, last.stderr]).toEqual([0, '']);
  expect(JSON.parse(last.stdout)).toMatchObject({ revision: 2, pane: 'late', eventCount: 5, lifecycle: { length: 5 } });
  expect(JSON.parse((await runHere('record', callId, '--revision', '1')).stdout)).toMatchObject({ revision: 1, eventCount: 4 });
  const all = recordsIn((await runHere('record', callId, '--all')).stdout);
  expect(all.map(({ revision }) => revision)).toEqual([1, 2]);
  expect(all[1]).toEqual(JSON.parse(last.stdout));
});

test('a record that is not there is exit code 1, and says what was looked for', async () => {
  const [unknown, third] = [await runHere('record', 'nobody'), await runHere('record', callId, '--revision', '3')];
  expect([unknown.code, unknown.stdout]).toEqual([1, '']);
  expect(unknown.stderr).toContain('Expected a record of nobody in the table, found none.');
  expect([third.code, third.stdout]).toEqual([1, '']);
  expect(third.stderr).toMatch(
    /Expected revision 3 of conversation-1 in the table, found none\. There are revisions 1 \(life \w{16}\), 2/,
  );
  expect((await runHere('record', callId, '--revision', '0')).code).toBe(2);
});

test('explain tells each event: its place and what decided it, what was late, what came again', () => {
  const { known, events } = explained;
  expect(known).toBe(true);
  expect(events.map(({ place, type, decidedBy }) => [place, type, decidedBy])).toEqual([
    [1, 'customer.start', null],
    [2, 'user.start', 'time'],
    [3, 'user.end', 'time'],
    [4, 'customer.end', 'sequence'],
    [5, 'acw', 'time'],
  ]);
  const [start, , , , acw] = events;
  expect(start).toMatchObject({ firstIn: { revision: 1 }, cameAgainAt: '2026-01-05T12:37:00.000Z', late: null });
  expect(acw).toMatchObject({
    firstIn: { revision: 2 },
    cameAgainAt: null,
    late: { revision: 1, byMs: 30 * 60_000 },
    behindMs: 34 * 60_000,
  });
});

test('explain tells each revision: when and why it was made, what changed, and what became of its execution', () => {
  const { window, revisions, today } = explained;
  expect(window).toMatchObject({ state: 'closed', finished: 2, dueAt: null, lastError: null });
  expect(today).toMatchObject({ status: 'final', saysWhatTheLastRecordSays: true, unrecorded: 0 });
  expect(revisions).toMatchObject([
    { revision: 1, pane: 'on_time', status: 'final', madeAt: '2026-01-05T12:07:00.000Z', watermark: '2026-01-05T12:07:00.000Z', attempts: 1, waits: 0, news: 4, changed: [], missing: ['acw'], handedOff: true, genesys: { callDetails: 'absent' } },
    { revision: 2, pane: 'late', supersedes: 1, news: 1, changed: expect.arrayContaining(['metrics', 'missing']) as unknown, missing: [], handedOff: true },
  ]); // prettier-ignore
  for (const { executions } of revisions) expect(executions).toMatchObject([{ status: expect.stringMatching(/^[A-Z_]+$/) as unknown, arn: expect.stringContaining(':execution:') as unknown }]); // prettier-ignore
});

test('explain finds its dead letters, and what people did meanwhile', () => {
  expect(explained.deadLetters).toMatchObject([{ place: 'worker', reason: 'unknown-type', conversationIds: [callId] }]);
  expect(explained.notLookedAt).toContainEqual(expect.stringContaining('taken from the look of then'));
  expect(explained.audit).toMatchObject([{ action: 'pause', why: 'CRM is down' }]);
  expect(text.stdout).toContain('by arn:aws:iam::1:user/a: CRM is down');
});

test('explain says it to a person in order of time', () => {
  expect(text.code).toBe(0);
  expect(text.stderr).toContain('Others may miss a letter for at most');
  const said = [
    'customer.end',
    'revision 1, on_time, final',
    '#5 acw',
    'late: it came after revision 1 had been made, by 30 min',
    'revision 2, late, final',
    'changed: ',
  ];
  const places = said.map((some) => text.stdout.indexOf(some));
  expect(places).not.toContain(-1);
  expect(places).toEqual([...places].sort((a, b) => a - b));
});

test('explain says nothing that a customer said or is, unless it is asked to; dead letters can be left out', async () => {
  for (const { stdout } of [text, json]) for (const canary of canaries) expect(stdout).not.toContain(canary);
  const unmasked = await runHere('explain', callId, '--unmasked', '--no-dead-letters');
  for (const canary of canaries) expect(unmasked.stdout).toContain(canary);
  const { deadLetters, notLookedAt } = JSON.parse(unmasked.stdout) as Explained;
  expect([deadLetters, notLookedAt]).toEqual([[], expect.arrayContaining(['dead letters: left out as asked for'])]);
});

test('a conversation of which nothing is stored is exit code 1, and its dead letters are looked for all the same', async () => {
  const { code, stdout } = await runHere('explain', 'nobody');
  expect(code).toBe(1);
  expect(stdout).toContain('Nothing is stored under this id. Has it expired, was it forgotten');
  expect(stdout).toContain('No dead letter that was looked at names it.');
});

test('what is exported is for its owner alone, in no other file’s place, and is replayed byte for byte', async () => {
  const file = join(folder, 'call.jsonl');
  const { code, stderr } = await runHere('explain', callId, '--no-dead-letters', '--export', file);
  expect(code).toBe(0);
  expect(stderr).toContain('It holds customer data');
  expect((await stat(file)).mode & 0o777).toBe(0o600);
  const header = JSON.parse((await readFile(file, 'utf8')).split('\n')[0]!) as unknown;
  expect(header).toMatchObject({ tidemark: 'history', layout: 1, conversationId: callId, program: 'tidemark/1.2.3' });
  const records = (await runHere('record', callId, '--all')).stdout;
  expect(await runHere('replay', file)).toEqual({ code: 0, stdout: records, stderr: '' });
  expect(await runHere('explain', callId, '--no-dead-letters', '--export', file)).toMatchObject({ code: 2 });
});

test('a record that is replayed otherwise than the file says is exit code 1, with the fields that differ', async () => {
  const file = join(folder, 'tampered.jsonl');
  const sample = await readFile(join(__dirname, 'samples', 'history.jsonl'), 'utf8');
  await writeFile(file, sample.replaceAll('"talkMs":90000', '"talkMs":90001'));
  const { code, stdout, stderr } = await runHere('replay', file);
  expect([code, recordsIn(stdout).map(({ metrics }) => metrics.talkMs)]).toEqual([1, [90_000, 90_000]]);
  expect(stderr).toMatch(
    /^Revision 1 of life \w{16} differs \(- in the file, \+ as replayed\):\n {2}metrics\.talkMs\n {2}- 90001\n {2}\+ 90000\n/,
  );
  expect((await runHere('replay', '--by-time', file)).code).toBe(2);
});
