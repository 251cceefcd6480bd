import { SendMessageCommand } from '@aws-sdk/client-sqs';
import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sqsLetterQueue } from '../src/aws/letter-queue';
import { stringAttributes } from '../src/aws/message-attributes';
import type { HeldLetter } from '../src/ports-on-call';
import { endMarkMessage } from './factories';
import { runHere } from './run-here';
import { tableForCommands } from './table-command';

/* archive, restore, edit, discard and history, as their user meets them, over queues and a table. */

const { aws, use } = tableForCommands();

let folder: string;

const useQueues = (): void => {
  const { queueUrl, deadLetterQueueUrl } = aws().names;
  use({ QUEUE_URL: queueUrl, DEAD_LETTER_QUEUE_URL: deadLetterQueueUrl });
};

const queueAt = (url: string) => sqsLetterQueue(aws().clients.sqs, url, 'worker');

/** All that lies there, taken out of it. */
const drain = async (url: string): Promise<readonly HeldLetter[]> => {
  const queue = queueAt(url);
  const all: HeldLetter[] = [];
  while ((await count(url)) > 0) {
    const some = await queue.receive(30);
    all.push(...some);
    await queue.remove(some);
  }
  return all;
};

const count = async (url = aws().names.deadLetterQueueUrl): Promise<number> => {
  const { visible, hidden } = await queueAt(url).count();
  return visible + hidden;
};

const story = (reason: string) => ({
  'tidemark-reason': reason,
  'tidemark-detail': 'Expected a type that has a subject in the schema registry, got one that has none.',
  'tidemark-step': 'validate',
  'tidemark-at': '2026-01-05T12:00:00.000Z',
  'tidemark-message-id': '5e8bb5a4-1111-4222-8333-444455556666',
});

/** Answers its message id. */
const letter = async (body: string, attributes: Readonly<Record<string, string>> = story('unknown-type')): Promise<string> => {
  const { MessageId = '' } = await aws().clients.sqs.send(
    new SendMessageCommand({
      QueueUrl: aws().names.deadLetterQueueUrl,
      MessageBody: body,
      MessageAttributes: stringAttributes(attributes),
    }),
  );
  return MessageId;
};

const json = (text: string): Record<string, unknown> => JSON.parse(text) as Record<string, unknown>;
const mended = JSON.stringify(endMarkMessage());
const why = ['--why', 'Ticket 4711: the partner sends them again.'];
const run = (...args: readonly string[]) => runHere('dead-letters', ...args);

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tidemark-mend-'));
  useQueues();
});
afterEach(async () => {
  await drain(aws().names.deadLetterQueueUrl);
  await drain(aws().names.queueUrl);
  await rm(folder, { recursive: true });
});

test('what is archived is gone from the queue and comes back byte for byte, with its attributes', async () => {
  const file = join(folder, 'letters.jsonl');
  const bodies = ['{"odd": 1.0}\r\n', ...Array.from({ length: 14 }, (_, n) => `not JSON ${n} été 🚀`)];
  for (const body of bodies) await letter(body);
  await letter('another', story('invalid'));

  const dry = await run('archive', file, '--reason', 'unknown-type', ...why);
  expect(dry.code).toBe(0);
  expect(dry.stderr).toMatch(/Others may miss a letter for at most \d+ seconds/);
  expect(dry.stdout).toContain('15 of 16 letters pass the filter.');
  expect(dry.stdout).toContain('Nothing was moved.');
  expect(await count()).toBe(16);

  const archived = await run('archive', file, '--reason', 'unknown-type', ...why, '--execute');
  expect(archived.code).toBe(0);
  expect(archived.stderr).toMatch(/^Others may miss a letter for at most \d+ seconds while it is looked at\.\n$/);
  expect(archived.stdout).toContain('15 selected = 15 archived + 0 failed + 0 left.');
  expect(await count()).toBe(1);
  expect((await stat(file)).mode & 0o777).toBe(0o600);

  const look = await run('restore', file, ...why);
  expect(look.stdout).toContain('15 letters would be restored, 0 were before.');
  const restored = await run('restore', file, ...why, '--execute', '--json');
  expect(json(restored.stdout)).toMatchObject({ executed: true, selected: 15, restored: 15, failed: 0, left: 0 });
  const again = await run('restore', file, ...why, '--execute');
  expect(again.stdout).toContain('0 selected = 0 restored + 0 failed + 0 left. 15 were restored before.');
  const back = await drain(aws().names.deadLetterQueueUrl);
  expect(back.map(({ body }) => body).toSorted()).toEqual([...bodies, 'another'].toSorted());
  expect(back.find(({ body }) => body === bodies[0])?.attributes).toEqual(story('unknown-type'));
});

test('a file that holds anything else is refused, and nothing done', async () => {
  const file = join(folder, 'diary.txt');
  await writeFile(file, 'Dear diary\n');
  await letter('x');
  for (const args of [
    ['archive', file, ...why, '--execute'],
    ['archive', file, ...why],
    ['restore', file, ...why],
  ]) {
    const { code, stdout, stderr } = await run(...args);
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toContain('diary.txt, line 1: expected an archived letter, got something else');
  }
  expect(await readFile(file, 'utf8')).toBe('Dear diary\n');
  expect(await count()).toBe(1);
});

test('an edited letter goes on its way with its history, and is kept as it was', async () => {
  const [body, keep] = [join(folder, 'body.json'), join(folder, 'kept.jsonl')];
  const id = await letter('{"detail-type":"conversation.end","detail":{}}');
  await letter('some other');
  await writeFile(body, mended);

  const dry = await run('edit', id, '--body', body, '--keep', keep, ...why);
  expect(dry.code).toBe(0);
  expect(dry.stderr).toMatch(/^Looks through queue \S+-dead-letters\. Others may miss a letter for at most \d+ seconds/);
  expect(dry.stdout).toContain('added    $.detail.conversationId');
  expect(dry.stdout).toContain('Nothing was sent.');
  expect(dry.stdout).not.toContain('conversation-1');
  expect(await count()).toBe(2);

  const edited = await run('edit', id, '--body', body, '--keep', keep, ...why, '--execute', '--json');
  expect(edited.code).toBe(0);
  expect(json(edited.stdout)).toMatchObject({ executed: true, id, events: 1, sent: 1, removed: 1 });
  expect(await count()).toBe(1);
  const [sent] = await drain(aws().names.queueUrl);
  expect(sent?.body).toBe(mended);
  expect(json(sent?.attributes['tidemark-redrive'] ?? '{}')).toMatchObject({
    first: '5e8bb5a4-1111-4222-8333-444455556666',
    times: 1,
    letter: id,
    edited: true,
  });
  const [kept] = (await readFile(keep, 'utf8')).trimEnd().split('\n').map(json);
  expect(kept).toMatchObject({ id, body: '{"detail-type":"conversation.end","detail":{}}' });
});

test('a body that would be refused as well is not sent, and the letter stays', async () => {
  const [body, keep] = [join(folder, 'body.json'), join(folder, 'kept.jsonl')];
  const id = await letter('old');
  await writeFile(body, '{"detail-type":"conversation.end","detail":{}}');
  const { code, stdout, stderr } = await run('edit', id, '--body', body, '--keep', keep, ...why, '--execute');
  expect([code, stdout]).toEqual([2, '']);
  expect(stderr).toContain('would be refused as well, as invalid');
  expect([await count(), await count(aws().names.queueUrl)]).toEqual([1, 0]);
});

test('letters are discarded only where the number that was confirmed is the number there is', async () => {
  await letter('a', story('not-json'));
  await letter('b', story('not-json'));
  await letter('c', story('invalid'));
  const filter = ['--reason', 'not-json', ...why];
  const nobody = await run('discard', ...filter, '--execute');
  expect([nobody.code, nobody.stdout]).toEqual([2, '']);
  expect(nobody.stderr).toContain('--confirm "discard 2"');
  const wrong = await run('discard', ...filter, '--execute', '--confirm', 'discard 3');
  expect([wrong.code, wrong.stdout]).toEqual([2, '']);
  expect(wrong.stderr).toContain('Expected `discard 2`');
  expect(await count()).toBe(3);
  const { code, stdout } = await run('discard', ...filter, '--execute', '--confirm', 'discard 2');
  expect([code, stdout]).toEqual([0, '2 selected = 2 removed + 0 failed + 0 left.\n']);
  expect((await drain(aws().names.deadLetterQueueUrl)).map(({ body }) => body)).toEqual(['c']);
});

test('a window or an execution cannot be discarded or archived', async () => {
  for (const args of [
    ['discard', '--place', 'window'],
    ['archive', join(folder, 'x'), '--place', 'execution'],
  ]) {
    const { code, stderr } = await run(...args, ...why);
    expect(code).toBe(2);
    expect(stderr).toContain('expected a place where letters lie');
  }
});

test('the history says who did what, when and why, and the hash of each body that was discarded', async () => {
  await letter('to be gone', story('not-json'));
  const dry = await run('discard', ...why, '--json');
  expect(json(dry.stdout)).toMatchObject({ executed: false, selected: 1, groups: [{ reason: 'not-json', count: 1 }] });
  await run('discard', ...why, '--execute', '--confirm', 'discard 1');
  const text = await run('history', '--days', '1');
  expect([text.code, text.stderr]).toEqual([0, '']);
  expect(text.stdout).toMatch(/20\d\d-\d\d-\d\dT\d\d:\d\d:\d\dZ +discard .* 1 selected, 1 removed, 0 failed, 0 left/);
  expect(text.stdout).toContain('why: Ticket 4711: the partner sends them again.');
  const told = JSON.parse((await run('history', '--days', '2', '--action', 'discard', '--json')).stdout) as readonly unknown[];
  expect(told.at(-1)).toMatchObject({
    action: 'discard',
    outcomes: [{ outcome: expect.stringMatching(/^to be removed: .* body [\da-f]{64}$/) as string }, { outcome: 'removed' }],
  });
  const others = await run('history', '--action', 'rebuild');
  expect(others.stdout).toBe('Nobody changed anything in the last 30 days.\n');
});

test.each([
  ['without a reason', ['discard']],
  ['with too short a reason', ['discard', '--why', 'x']],
  ['with a filter that cannot be read', ['discard', ...why, '--where', '$[']],
  ['with days that are none', ['history', '--days', '0']],
])('%s: wrong usage', async (_, args) => {
  const { code, stdout, stderr } = await run(...args);
  expect([code, stdout]).toEqual([2, '']);
  expect(stderr).toMatch(/xpected|required/);
});
