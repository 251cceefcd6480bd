import { spawn, type ChildProcessByStdio } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';

type Program = ChildProcessByStdio<Writable, Readable, null>;

const startProgram = (...options: readonly string[]): Program =>
  spawn(process.execPath, ['--import', 'tsx', join(__dirname, '../../localstack/embedded/main.ts'), ...options], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });

const endpoints = async (program: Program): Promise<Record<string, string>> => {
  const [line] = (await once(createInterface({ input: program.stdout }), 'line')) as [string];
  return JSON.parse(line) as Record<string, string>;
};

const answers = (url: string): Promise<boolean> =>
  fetch(url).then(
    () => true,
    () => false,
  );

const freePorts = ['--port', '0', '--genesys-port', '0', '--back-office-port', '0'];

test('the stand-ins say on one line where they are, and answer there', async () => {
  const program = startProgram(...freePorts);
  const { aws, genesys } = await endpoints(program);
  expect(await answers(aws!)).toBe(true);
  expect(await answers(genesys!)).toBe(true);
  program.kill('SIGTERM');
  const [code] = (await once(program, 'exit')) as [number | null];
  expect(code).toBe(0);
  expect(await answers(aws!)).toBe(false);
});

test('the stand-ins end when the process that started them is gone', async () => {
  const program = startProgram(...freePorts);
  const { aws } = await endpoints(program);
  program.stdin.end();
  const [code] = (await once(program, 'exit')) as [number | null];
  expect(code).toBe(0);
  expect(await answers(aws!)).toBe(false);
});

test('a port that is taken is replaced by a free one', async () => {
  const squatter = createServer().listen(0, '127.0.0.1');
  await once(squatter, 'listening');
  const taken = String((squatter.address() as AddressInfo).port);
  const program = startProgram('--port', taken, '--genesys-port', taken);
  const { aws, genesys } = await endpoints(program);
  expect(new Set([taken, new URL(aws!).port, new URL(genesys!).port]).size).toBe(3);
  program.stdin.end();
  await once(program, 'exit');
  squatter.close();
});
