import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import { ingest } from '../src/commands/ingest';
import { ConfigError, loadIngestConfig } from '../src/config';
import { describeConfig, describeIngest } from '../src/config-described';
import { runHere, type Ran } from './run-here';

/* `tidemark ingest` as its operator meets it. What it does with posts: test/ingest-process. */

const root = path.join(__dirname, '..');
const tidemark = ['--import', 'tsx', path.join(root, 'src', 'main.ts')] as const;

const secret = 'canary-bearer-secret-5550100';
const signing = 'canary-signing-secret-5550101';

const good = {
  PATH: process.env['PATH'] ?? '',
  AWS_REGION: 'us-east-1',
  AWS_ENDPOINT_URL: 'http://127.0.0.1:9',
  AWS_ACCESS_KEY_ID: 'test',
  AWS_SECRET_ACCESS_KEY: 'test',
  AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
  QUEUE_URL: 'https://sqs.us-east-1.amazonaws.com/123456789012/in',
  TABLE_NAME: 'tidemark',
  INGEST_HOST: '127.0.0.1',
  INGEST_PORT: '0',
  INGEST_BEARER_SECRETS: secret,
  INGEST_SIGNING_SECRETS: signing,
  HEALTH_PORT: '0',
};

const start = (args: readonly string[], env: Readonly<Record<string, string>>) =>
  spawn(process.execPath, [...tidemark, 'ingest', ...args], { cwd: root, env });

const run = async (args: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<Ran> => {
  const child = start(args, { ...good, ...env });
  const ended = once(child, 'close') as Promise<[number | null]>;
  const [stdout, stderr, [code]] = await Promise.all([text(child.stdout), text(child.stderr), ended]);
  return { code, stdout, stderr };
};

const aTakenPort = async () => {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  return { port: (server.address() as AddressInfo).port, close: () => server.close() };
};

test('--help names every variable that it reads, and none that it does not', async () => {
  const { code, stdout } = await runHere('ingest', '--help');
  const named = stdout.split('\n').flatMap((line) => /^ {2}([A-Z_]+)$/.exec(line)?.[1] ?? []);
  expect([code, named]).toEqual([0, describeIngest().map(({ name }) => name)]);
});

test('of each variable there is a command whose help names it', async () => {
  const helps = await Promise.all([runHere('worker', '--help'), runHere('ingest', '--help')]);
  const all = helps.map(({ stdout }) => stdout).join('\n');
  expect(describeConfig().filter(({ name }) => !all.includes(`  ${name}\n`))).toEqual([]);
  expect(helps[0].stdout).not.toContain('INGEST_');
});

test('--check-config says that a sound configuration can be used, and shows no secret', async () => {
  const { code, stdout, stderr } = await run(['--check-config']);
  expect([code, stderr]).toEqual([0, '']);
  expect(stdout).toContain('can be used');
  expect(stdout).toContain(good.QUEUE_URL);
  expect(stdout).toContain('(not shown)');
  expect(stdout).not.toContain('canary-');
});

test('--check-config reports every problem at once, ends with 2, and shows no secret; the worker’s variables are not its own', async () => {
  const env = { QUEUE_URL: 'nowhere', INGEST_PORT: 'x', INGEST_BEARER_SECRETS: 'canary-short', HOLD_MS: '5s' };
  const { code, stdout, stderr } = await run(['--check-config'], env);
  expect([code, stdout]).toEqual([2, '']);
  for (const name of ['QUEUE_URL', 'INGEST_PORT', 'INGEST_BEARER_SECRETS'])
    expect(stderr).toMatch(new RegExp(`^ *${name}\\b.*expected`, 'm'));
  expect(stderr).not.toMatch(/HOLD_MS|canary-/);
});

test.each(['INGEST_PORT', 'HEALTH_PORT'])(
  '%s that is taken is a mistake of the configuration, told with what to mend',
  async (name) => {
    const { port, close } = await aTakenPort();
    const never = new AbortController().signal;
    const running = ingest(loadIngestConfig({ ...good, [name]: String(port) }), 'tidemark/1.2.3', { soft: never, hard: never });
    await expect(running).rejects.toThrow(ConfigError);
    await expect(running).rejects.toThrow(
      `Expected ${name} to be a free port of 127.0.0.1, got ${port}: something listens there already.`,
    );
    close();
  },
);

test('nobody names a region: it ends with 2 before it listens', async () => {
  const env = { AWS_REGION: '', AWS_CONFIG_FILE: '/dev/null', AWS_SHARED_CREDENTIALS_FILE: '/dev/null' };
  const { code, stdout, stderr } = await run([], env);
  expect([code, stdout]).toEqual([2, '']);
  expect(stderr).toContain('AWS_REGION: expected it');
});

test('its first line says where it is and what it works with, and no secret; SIGTERM ends it with 0', async () => {
  const child = start([], good);
  const ended = once(child, 'close') as Promise<[number | null]>;
  const said = text(child.stdout);
  const [first] = (await once(child.stdout, 'data')) as [Buffer];
  const line = JSON.parse(first.toString().split('\n')[0]!) as Record<string, unknown>;
  expect(line).toMatchObject({
    message: 'The door over HTTP is open.',
    port: expect.any(Number) as number,
    queueUrl: good.QUEUE_URL,
    tableName: 'tidemark',
    bearerSecrets: 1,
    signingSecrets: 1,
  });
  child.kill('SIGTERM');
  expect((await ended)[0]).toBe(0);
  expect(await said).toContain('The door over HTTP is closed.');
  expect(await said).not.toContain('canary-');
});

test('one whose reader is gone does not run on unseen', async () => {
  const child = start([], good);
  const ended = once(child, 'close') as Promise<[number | null]>;
  child.stdout.destroy();
  expect((await ended)[0]).toBe(1);
});

test('one whose log finds no room on its disk does not run on unseen', async () => {
  const full = openSync('/dev/full', 'w');
  const child = spawn(process.execPath, [...tidemark, 'ingest'], { cwd: root, env: good, stdio: ['ignore', full, 'pipe'] });
  const ended = once(child, 'close') as Promise<[number | null]>;
  const stderr = text(child.stderr!);
  expect((await ended)[0]).toBe(1);
  closeSync(full);
  expect(await stderr).toContain('its output could not be written (ENOSPC)');
});

test('other commands start without its server', async () => {
  const script = `require(${JSON.stringify(path.join(root, 'src', 'cli.ts'))});
    console.log(Object.keys(require.cache).some((file) => /node_modules.fastify.|ingest.http/.test(file)))`;
  const child = spawn(process.execPath, ['--import', 'tsx', '-e', script], { cwd: root, env: good });
  expect(await text(child.stdout)).toBe('false\n');
});
