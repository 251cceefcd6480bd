import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { listenOnLoopback } from '../../localstack/embedded/loopback';
import { complaintOf, run } from '../demo/small-run';

const call = promisify(execFile);

const image = 'tidemark-ci';
/** The same, with nothing that its user could write to. */
const unwritable = 'tidemark-ci-unwritable';

const tool = (...args: readonly string[]) => {
  const path = process.env['IMAGE_TOOL'];
  if (!path) throw new Error('Expected IMAGE_TOOL to name the program that builds and runs the image, got nothing. See .ci/run.');
  return [path, ...args] as const;
};

const runTool = async (...args: readonly string[]): Promise<string> => {
  const [command, ...rest] = tool(...args);
  return (await call(command, rest, { maxBuffer: 10_000_000 })).stdout;
};

const inside = (...command: readonly string[]): Promise<string> => runTool('shell', unwritable, ...command);

/** Two containers, each call through LocalStack, on a machine that does other things, too. */
const storyPatienceMs = 900_000;

const mostMegabytes = 60;

test(`the image adds less than ${mostMegabytes} MB to its base`, async () => {
  const megabytes = Number(await runTool('size', image));
  expect(megabytes).toBeGreaterThan(5);
  expect(megabytes).toBeLessThan(mostMegabytes);
});

test('its user can write to no file and to no folder', async () => {
  const script = readFileSync(join(__dirname, 'try-to-write.cjs'), 'utf8');
  expect(await inside('node', '-e', script)).toBe('as user 1000\n');
});

test('without that, the same look finds the places that anybody may write to', async () => {
  const script = readFileSync(join(__dirname, 'try-to-write.cjs'), 'utf8');
  expect((await runTool('shell', image, 'node', '-e', script)).split('\n')).toEqual(
    expect.arrayContaining(['/tmp', '/home/node', 'as user 1000']),
  );
});

test('`tidemark` is on its path: every command says what it does, and the shipped schemas are there', async () => {
  const everyHelp = `set -eu
    tidemark --help | sed -n '/^Commands:/,$s/^  \\([a-z][a-z-]*\\).*/\\1/p' | while read -r name; do
      tidemark "$name" --help >/dev/null && echo "$name"
    done
    tidemark schemas check`;
  const said = await inside('sh', '-c', everyHelp);
  for (const name of ['worker', 'replay', 'dead-letters', 'levers', 'record', 'provision'])
    expect(said.split('\n')).toContain(name);
  expect(said).toContain('0 promises broken');
});

test('the door over HTTP finds all that it is made of: it opens, answers, and closes', async () => {
  const look = `
    const { spawn } = require('node:child_process');
    const door = spawn('tidemark', ['ingest'], { stdio: ['ignore', 'pipe', 'inherit'] });
    const ask = (path) => fetch('http://127.0.0.1:8000' + path).then((answer) => answer.status);
    door.stdout.once('data', async () => {
      console.log(await ask('/readyz'), await ask('/openapi.json'), await ask('/v1/genesys/events'));
      door.kill('SIGTERM');
    });
    door.once('exit', (code) => console.log('exit', code));`;
  const variables = [
    ...['QUEUE_URL=http://127.0.0.1:9/queue', 'TABLE_NAME=nobody-has-this-table', 'AWS_REGION=us-east-1', 'HEALTH_PORT=0'],
    `INGEST_BEARER_SECRETS=${'made-up-secret-'.repeat(2)}`,
  ];
  expect(await inside('env', ...variables, 'node', '-e', look)).toBe('200 200 405\nexit 0\n');
});

test("the role of its task is asked for credentials, as on ECS: nothing of the AWS SDK's chain is missing", async () => {
  let asked = 0;
  const expiration = new Date(Date.now() + 3_600_000).toISOString();
  const credentials = { AccessKeyId: 'test', SecretAccessKey: 'test', Token: 'test', Expiration: expiration };
  const server = createServer((_, response) => {
    asked += 1;
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(credentials));
  });
  const { url, close } = await listenOnLoopback(server, 0);
  const variables = [
    `AWS_CONTAINER_CREDENTIALS_FULL_URI=${url}/role`,
    ...['AWS_REGION=us-east-1', 'AWS_ENDPOINT_URL=http://127.0.0.1:9', 'TABLE_NAME=nobody-has-this-table'],
  ];
  await expect(inside('env', '-u', 'AWS_ACCESS_KEY_ID', ...variables, 'tidemark', 'lateness')).rejects.toThrow('ECONNREFUSED');
  expect(asked).toBeGreaterThan(0);
  await close();
});

test(
  'containers that can write nowhere turn a bad day into the records that it must lead to, and leave in order when they are told',
  async () => {
    const container = (variables: Readonly<Record<string, string>>): readonly string[] =>
      tool('run', unwritable, ...Object.entries(variables).flatMap(([name, value]) => ['-e', `${name}=${value}`]));
    // Whoever does not end with 0 is a difference, too.
    expect(complaintOf(await run({ conversations: 20, workers: 2 }, container))).toBe('What is not as it must be (0):');
  },
  storyPatienceMs,
);
