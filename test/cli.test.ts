import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import { describeWorker } from '../src/config-described';
import { openSchemaRegistry } from '../src/schema-files';
import { runHere, type Ran } from './run-here';
import { endMarkMessage, feedMessage, minute } from './factories';

/* The command line as its user meets it: in a process of its own where streams, signals or the environment matter. */

const folder = mkdtempSync(path.join(tmpdir(), 'tidemark-cli-'));
afterAll(() => rmSync(folder, { recursive: true }));

const fileOf = (name: string, lines: readonly string[]): string => {
  const file = path.join(folder, name);
  writeFileSync(file, `${lines.join('\n')}\n`);
  return file;
};

const root = path.join(__dirname, '..');
const tidemark = ['--import', 'tsx', path.join(root, 'src', 'main.ts')] as const;

const runTidemark = async (
  args: readonly string[],
  given: { input?: string; env?: Record<string, string> } = {},
): Promise<Ran> => {
  const env = { PATH: process.env['PATH'] ?? '', ...given.env };
  const child = spawn(process.execPath, [...tidemark, ...args], { cwd: root, env });
  const ended = new Promise<number | null>((resolve) => child.on('close', resolve));
  child.stdin.end(given.input ?? '');
  const [stdout, stderr, code] = await Promise.all([text(child.stdout), text(child.stderr), ended]);
  return { code, stdout, stderr };
};

const jsonLines = (text: string): readonly Record<string, unknown>[] =>
  text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Record<string, unknown>);

const aConversation = (conversation: string): readonly string[] =>
  [feedMessage({ conversation }), feedMessage({ type: 'customer.end', at: minute(1), conversation })].map((one) =>
    JSON.stringify(one),
  );

describe('replay', () => {
  test('prints records on stdout, refused lines on stderr, and both are JSON; a refused line is no failure', async () => {
    const file = fileOf('mixed.jsonl', [...aConversation('b'), 'no JSON', '', ...aConversation('a'), '{}']);
    const { code, stdout, stderr } = await runTidemark(['replay', file]);
    expect(code).toBe(0);
    const records = jsonLines(stdout);
    expect(records).toMatchObject([
      { conversationId: 'a', revision: 1, status: 'final' },
      { conversationId: 'b', revision: 1, status: 'final' },
    ]);
    const registry = openSchemaRegistry();
    for (const record of records) expect(registry.validate('tidemark.record', record)).toMatchObject({ ok: true });
    expect(jsonLines(stderr)).toEqual([
      { line: 3, reason: 'not-json', detail: expect.stringContaining('Expected') as string },
      { line: 7, reason: 'unknown-envelope', detail: expect.stringContaining('Expected') as string },
    ]);
  });

  test('reads standard input for `-`', async () => {
    const input = JSON.stringify(endMarkMessage({ conversation: 'a' }));
    const { code, stdout, stderr } = await runTidemark(['replay', '-'], { input: `${input}\n${input}` });
    expect([code, stderr]).toEqual([0, '']);
    expect(jsonLines(stdout)).toMatchObject([{ conversationId: 'a', revision: 1, status: 'final' }]);
  });

  test('a reader that has seen enough is no crash', async () => {
    const file = fileOf('long.jsonl', Array.from({ length: 400 }, (_, n) => aConversation(`c-${String(n)}`)).flat());
    const child = spawn(process.execPath, [...tidemark, 'replay', file], { cwd: root, env: { PATH: process.env['PATH'] ?? '' } });
    const ended = new Promise<number | null>((resolve) => child.on('close', resolve));
    child.stdout.once('data', () => child.stdout.destroy());
    expect(await text(child.stderr)).toBe('');
    expect(await ended).toBe(0);
  });

  test('--shuffle and --by-time are taken, and change nothing about lines in order', async () => {
    const file = fileOf('plain.jsonl', aConversation('a'));
    const plain = await runHere('replay', file);
    expect(plain.code).toBe(0);
    expect(jsonLines(plain.stdout)).toHaveLength(1);
    expect(await runHere('replay', file, '--shuffle', '7')).toEqual(plain);
    expect(await runHere('replay', file, '--by-time')).toEqual(plain);
  });
});

describe('wrong usage ends with 2, a reason on stderr and nothing on stdout', () => {
  const file = fileOf('some.jsonl', aConversation('a'));
  test.each([
    ['a file that is not there', ['replay', path.join(folder, 'nowhere.jsonl')], 'ENOENT'],
    ['a folder as file', ['replay', folder], 'EISDIR'],
    ['no file', ['replay'], 'file'],
    ['two files', ['replay', file, file], 'too many arguments'],
    ['an unknown option', ['replay', file, '--by-tiem'], '--by-tiem'],
    ['a seed that is no number', ['replay', file, '--shuffle', 'x'], 'whole number'],
    ['a negative seed', ['replay', file, '--shuffle=-1'], 'whole number'],
    ['a seed of ten digits', ['replay', file, '--shuffle', '1234567890'], 'whole number'],
    ['an option without its value', ['replay', file, '--shuffle'], '--shuffle'],
    ['an unknown command', ['rewind', file], "expected a command, got 'rewind'"],
  ])('%s', async (_, args, reason) => {
    const { code, stdout, stderr } = await runHere(...args);
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toContain(reason);
  });
});

describe('help', () => {
  test('names the commands', async () => {
    const { code, stdout, stderr } = await runHere('--help');
    expect([code, stderr]).toEqual([0, '']);
    expect(stdout).toContain('worker');
    expect(stdout).toContain('replay');
  });

  test('of the worker names every variable of the configuration', async () => {
    const { code, stdout } = await runHere('worker', '--help');
    expect(code).toBe(0);
    expect(describeWorker().filter(({ name }) => !stdout.includes(name))).toEqual([]);
  });

  test('the version is that of the program', async () => {
    expect(await runHere('--version')).toEqual({ code: 0, stdout: 'tidemark/1.2.3\n', stderr: '' });
  });
});

describe('the configuration of a worker', () => {
  const secret = 'canary-secret-5550100';
  const good = {
    AWS_REGION: 'us-east-1',
    QUEUE_URL: 'https://sqs.us-east-1.amazonaws.com/123456789012/in',
    DEAD_LETTER_QUEUE_URL: 'https://sqs.us-east-1.amazonaws.com/123456789012/dead',
    TABLE_NAME: 'tidemark',
    STATE_MACHINE_ARN: 'arn:aws:states:us-east-1:123456789012:stateMachine:enrichment',
    RECORD_TOPIC_ARN: 'arn:aws:sns:us-east-1:123456789012:records',
    GENESYS_REGION: 'us-east-1',
    GENESYS_CLIENT_ID: 'client',
    GENESYS_CLIENT_SECRET: secret,
    HEALTH_PORT: '0',
  };

  test('--check-config says that a sound one can be used, and shows no secret', async () => {
    const { code, stdout, stderr } = await runTidemark(['worker', '--check-config'], { env: good });
    expect([code, stderr]).toEqual([0, '']);
    expect(stdout).toContain('can be used');
    expect(stdout).toContain(good.QUEUE_URL);
    expect(stdout).not.toContain(secret);
  });

  test('a worker to whom nobody names a region ends with 2 before it logs or receives anything', async () => {
    const env = { ...good, AWS_REGION: '', AWS_CONFIG_FILE: '/dev/null', AWS_SHARED_CREDENTIALS_FILE: '/dev/null' };
    const { code, stdout, stderr } = await runTidemark(['worker'], { env });
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toContain('AWS_REGION: expected it');
  });

  test('a worker whose reader is gone does not look finished', async () => {
    const nowhere = { AWS_REGION: 'us-east-1', AWS_ENDPOINT_URL: 'http://127.0.0.1:9', CALL_DETAILS: 'off' };
    const credentials = { AWS_ACCESS_KEY_ID: 'test', AWS_SECRET_ACCESS_KEY: 'test' };
    const env = { PATH: process.env['PATH'] ?? '', ...good, ...nowhere, ...credentials };
    const child = spawn(process.execPath, [...tidemark, 'worker'], { cwd: root, env });
    const ended = new Promise<number | null>((resolve) => child.on('close', resolve));
    child.stdout.destroy();
    expect(await ended).toBe(1);
  });

  test('--check-config reports every problem at once with what was expected, ends with 2, and shows no secret', async () => {
    const env = { GENESYS_CLIENT_ID: 'client', GENESYS_CLIENT_SECRET: secret, HOLD_MS: '5s', LOG_LEVEL: 'loud', CONSUMERS: '-1' };
    const { code, stdout, stderr } = await runTidemark(['--check-config'], { env });
    expect([code, stdout]).toEqual([2, '']);
    for (const name of [
      'QUEUE_URL',
      'DEAD_LETTER_QUEUE_URL',
      'TABLE_NAME',
      'STATE_MACHINE_ARN',
      'RECORD_TOPIC_ARN',
      'HOLD_MS',
      'LOG_LEVEL',
      'CONSUMERS',
    ])
      expect(stderr).toMatch(new RegExp(`^ *${name}\\b.*expected`, 'm'));
    expect(stderr).toContain('`5s`');
    expect(stderr).not.toContain(secret);
  });
});
