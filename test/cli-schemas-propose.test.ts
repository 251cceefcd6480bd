import { SendMessageCommand } from '@aws-sdk/client-sqs';
import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { schemaText } from '../src/commands/schemas/schema-text';
import { lockOf } from '../src/core/registry/lock';
import type { RegistryFile } from '../src/core/schema-registry';
import { readSchemaFiles, shippedSchemas } from '../src/schema-files';
import { installAws } from './contract/aws-installation';
import { filesOfSubjects } from './core/registry/compatibility/some-subjects';
import { runHere } from './run-here';

/* `tidemark schemas propose`, as its user meets it, over a small registry. */

const end = 'v2.detail.events.conversation.customer.end';
const shipped = filesOfSubjects('envelope.eventbridge', end);
let folder: string;
let registry: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'propose-'));
  registry = join(folder, 'schemas');
  for (const subject of ['envelope.eventbridge', end])
    cpSync(join(shippedSchemas, subject), join(registry, subject), { recursive: true });
  cpSync(join(shippedSchemas, 'subject.schema.json'), join(registry, 'subject.schema.json'));
  writeFileSync(join(registry, 'lock.json'), JSON.stringify(lockOf(shipped)));
});
afterEach(() => rmSync(folder, { recursive: true }));

const file = (name: string, content: string): string => {
  writeFileSync(join(folder, name), content);
  return join(folder, name);
};

const event = (body: object, type = 'v2.detail.events.conversation.{id}.customer.end'): string =>
  JSON.stringify({ 'detail-type': type, detail: { eventBody: { eventTime: 1, conversationId: 'c', ...body } } });

const propose = (...args: readonly string[]) => runHere('schemas', 'propose', '--registry', registry, ...args);
const filesThere = (): readonly string[] => readdirSync(registry, { recursive: true, encoding: 'utf8' }).sort();

test('prints what it proposes, with its verdict and what it frees, and writes nothing', async () => {
  const before = filesThere();
  const lines = [event({ fresh: true }), event({}, 'v2.new.things'), event({ eventTime: '1' })].join('\n');
  const { code, stdout, stderr } = await propose(file('messages.jsonl', lines));
  expect([code, stderr]).toEqual([0, '']);
  expect(stdout).toContain('3 messages: 1 admitted by the registry as it is (1 with drift), 2 refused.');
  expect(stdout).toContain('2 of the 2 are freed, 0 stay refused; 0 drift.');
  expect(stdout).toContain(`${end} v12 (after v11, compatible (backward)); frees 1 message\n`);
  expect(stdout).toMatch(/field-added +\$\.fresh +\{"type":"boolean"\}/);
  expect(stdout).toContain('v2.new.things v1 (new); frees 1 message\n');
  expect(filesThere()).toEqual(before);
});

test('what nothing frees is named with its reason, and the exit code says so', async () => {
  const { code, stdout } = await propose(file('messages.jsonl', `nonsense\n${event({ conversationId: null })}\n`));
  expect(code).toBe(1);
  expect(stdout).toContain('Nothing to propose.');
  expect(stdout).toMatch(/^ {2}1 × not-json: /m);
  expect(stdout).toMatch(/^ {2}1 × invalid: \$\.conversationId is required, came nothing$/m);
});

test('a version that would free nothing and end no drift is proposed to nobody', async () => {
  const before = filesThere();
  const { code, stdout } = await propose(file('messages.jsonl', event({ eventTime: 'yesterday' })), '--write');
  expect([code, filesThere()]).toEqual([1, before]);
  expect(stdout).toContain('Nothing to propose.');
});

test('AWS that cannot be reached is the caller’s to mend, and says nothing of where in the program', async () => {
  const environment = { ...process.env };
  const nowhere = 'http://127.0.0.1:9';
  Object.assign(process.env, {
    AWS_ENDPOINT_URL: nowhere,
    AWS_REGION: 'us-east-1',
    DEAD_LETTER_QUEUE_URL: `${nowhere}/1/letters`,
  });
  Object.assign(process.env, { AWS_ACCESS_KEY_ID: 'test', AWS_SECRET_ACCESS_KEY: 'test' });
  const { code, stdout, stderr } = await runHere('schemas', 'propose', '--registry', registry, '--dead-letters');
  process.env = environment;
  expect([code, stdout]).toEqual([2, '']);
  expect(stderr).toMatch(/^Expected an answer of AWS, got .*AWS_ENDPOINT_URL\.$/m);
  expect(stderr).not.toMatch(/\.[jt]s:\d/);
});

test('writes the next version beside the others, not released; a second time there is nothing left to propose', async () => {
  const messages = file('messages.jsonl', event({ fresh: { list: ['x'] } }));
  const { code, stderr } = await propose(messages, '--write');
  expect([code, stderr]).toEqual([0, `Wrote ${end}/v12.json; nobody has released it yet.\n`]);
  expect(JSON.parse(readFileSync(join(registry, end, 'v12.json'), 'utf8'))).toMatchObject({ $id: `schemas/${end}/v12.json` });
  expect(JSON.parse(readFileSync(join(registry, 'lock.json'), 'utf8'))).toEqual(lockOf(shipped));
  expect((await propose(messages, '--write')).stdout).toContain('Nothing to propose.');
});

test('never writes over a file', async () => {
  const messages = file('messages.jsonl', event({}, 'v2.new.things'));
  const out = join(folder, 'elsewhere');
  expect((await propose(messages, '--out', out)).code).toBe(0);
  expect(existsSync(join(out, 'v2.new.things', 'subject.json'))).toBe(true);
  const again = await propose(messages, '--out', out);
  expect(again.code).toBe(2);
  expect(again.stderr).toContain('EEXIST');
});

test('as JSON it has the proposed files whole', async () => {
  const { stdout } = await propose(file('messages.jsonl', event({}, 'v2.new.things')), '--json');
  expect(JSON.parse(stdout)).toMatchObject({
    messages: 1,
    freed: 1,
    proposals: [{ subject: 'v2.new.things', isCompatible: true, files: { 'v2.new.things/v1.json': { type: 'object' } } }],
  });
});

test.each<[string, (body: string) => string]>([
  ['a line', (body) => body],
  ['one document over many lines', (body) => JSON.stringify(JSON.parse(body), null, 2)],
  ['after a byte order mark, with carriage returns', (body) => `\uFEFF${body}\r\n`],
  ['what the AWS CLI prints', (body) => JSON.stringify({ Messages: [{ Body: body, ReceiptHandle: 'r' }] }, null, 4)],
  ['one of its messages on a line', (body) => JSON.stringify({ MessageId: 'm', ReceiptHandle: 'r', Body: body })],
])('a message is read from %s', async (_, write) => {
  const { stdout } = await propose(file('messages', write(event({ fresh: 1 }))));
  expect(stdout).toMatch(/^1 message: 1 admitted/);
});

test('dead letters are looked at where they lie, and stay', async () => {
  const aws = await installAws();
  const environment = { ...process.env };
  try {
    const { deadLetterQueueUrl } = aws.names;
    await aws.clients.sqs.send(new SendMessageCommand({ QueueUrl: deadLetterQueueUrl, MessageBody: event({}, 'v2.new.things') }));
    process.env['AWS_REGION'] = 'us-east-1';
    process.env['AWS_ENDPOINT_URL'] = aws.endpointUrl;
    process.env['DEAD_LETTER_QUEUE_URL'] = deadLetterQueueUrl;
    for (let times = 0; times < 2; times++) {
      const { code, stdout } = await propose('--dead-letters');
      expect([code, stdout.slice(0, 10)]).toEqual([0, '1 message:']);
    }
    process.env['DEAD_LETTER_QUEUE_URL'] = `${deadLetterQueueUrl}-not`;
    const nowhere = await propose('--dead-letters', '5');
    expect([nowhere.code, nowhere.stdout]).toEqual([2, '']);
    expect(nowhere.stderr).toContain('DEAD_LETTER_QUEUE_URL: expected a queue in us-east-1, found none');
  } finally {
    process.env = environment;
    await aws.remove();
  }
});

test.each<[string, readonly string[]]>([
  ['no file', []],
  ['a file that is not there', ['/nowhere/messages.jsonl']],
  ['a folder', ['.']],
  ['no number', ['--dead-letters', 'many']],
  ['two places to write to', ['x', '--write', '--out', 'y']],
])('%s is for the caller to mend', async (_, args) => {
  const { code, stdout, stderr } = await propose(...args);
  expect([code, stdout]).toEqual([2, '']);
  expect(stderr).not.toBe('');
});

test('a registry that cannot be used is named with what is wrong', async () => {
  writeFileSync(join(registry, end, 'v11.json'), '{}');
  const { code, stderr } = await propose(file('messages.jsonl', event({})));
  expect(code).toBe(2);
  expect(stderr).toContain(`${end}/v11.json: a released version never changes`);
});

test('every version of the registry is written as a proposal would be', () => {
  const versions: readonly RegistryFile[] = readSchemaFiles().filter(({ path }) => /\/v\d+\.json$/.test(path));
  const different = versions.filter(
    ({ path, content }) => schemaText(content) !== readFileSync(join(shippedSchemas, path), 'utf8'),
  );
  expect(different.map(({ path }) => path)).toEqual([]);
});
