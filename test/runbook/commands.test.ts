import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { feedMessage } from '../factories';
import { runHere, type Ran } from '../run-here';
import { commandsOf, page, wordsOf } from './page';
import { openTroubled, type Troubled } from './troubled-installation';
import { startWorkerHere } from './worker-here';

/* Every command that the runbook tells somebody to type, typed, in its order: where things have stopped, while a worker runs. */

const environment = { ...process.env };
const folder = mkdtempSync(join(tmpdir(), 'tidemark-runbook-'));
const conversationId = '00000000-0000-4000-8000-000000000001';
const body = (type: string, conversation = conversationId) => JSON.stringify(feedMessage({ type, conversation }));

let troubled: Troubled;
let worker: ReturnType<typeof startWorkerHere>;
beforeAll(async () => {
  troubled = await openTroubled();
  Object.assign(process.env, troubled.commandEnvironment);
  worker = startWorkerHere(troubled.environment);
  const { queueUrl } = troubled.aws.names;
  await troubled.sendMany(queueUrl, [body('customer.start'), body('customer.end')]);
  while ((await runHere('record', conversationId)).code !== 0);
});
afterAll(async () => {
  await worker.stop();
  process.env = environment;
  rmSync(folder, { recursive: true, force: true });
  await troubled.remove();
});

interface Listed {
  readonly id: string;
  readonly group: string;
  readonly place: string;
}

const answerOf = async (...args: readonly string[]): Promise<unknown> => {
  const { stdout, stderr } = await runHere(...args, '--json');
  if (stdout === '') throw new Error(`Expected JSON of ${args.join(' ')}, got nothing: ${stderr}`);
  return JSON.parse(stdout) as unknown;
};

const listed = async (place: string): Promise<readonly Listed[]> => {
  const { stopped } = (await answerOf('dead-letters', 'list', '--place', place, '--refresh')) as { stopped: readonly Listed[] };
  return stopped;
};

/** So that there is always something to be looked at, moved, mended, thrown away. */
const stopAnew = async (n: number): Promise<void> => {
  const { deadLetterQueueUrl, eventDeadLetterQueueUrl } = troubled.aws.names;
  await troubled.send(deadLetterQueueUrl, body('customer.start', `late-${n}`));
  if ((await troubled.countOf(eventDeadLetterQueueUrl)) === 0)
    await troubled.send(eventDeadLetterQueueUrl, body('customer.start'));
  if ((await troubled.countOf(troubled.deadOfQueue)) === 0) await troubled.send(troubled.deadOfQueue, '{}');
};

/** What a person would put in, looked up as a person would. */
const placeholders: Readonly<Record<string, () => Promise<string> | string>> = {
  group: async () => (await listed('worker'))[0]!.group,
  id: async () => (await listed('worker'))[0]!.id,
  window: async () => (await listed('window'))[0]!.id,
  execution: async () => (await listed('execution'))[0]!.id,
  conversationId: () => conversationId,
  job: async () => ((await answerOf('dead-letters', 'jobs')) as readonly { job: string }[])[0]!.job,
  file: () => join(folder, 'archive.jsonl'),
  kept: () => join(folder, 'kept.jsonl'),
  mended: () => {
    const file = join(folder, 'mended.json');
    writeFileSync(file, body('customer.end'));
    return file;
  },
};

const filledIn = async (word: string): Promise<string> => {
  const [, name] = /^<(\w+)>$/.exec(word) ?? [];
  if (name === undefined) return word;
  const find = placeholders[name];
  if (!find) throw new Error(`Expected one of <${Object.keys(placeholders).join('>, <')}>, got ${word}.`);
  return find();
};

const type = async (command: string): Promise<Ran> => {
  const words: string[] = [];
  for (const word of wordsOf(command).slice(1)) words.push(await filledIn(word));
  return runHere(...words);
};

const commands = [...new Set(commandsOf(page))];

test.each(commands.map((command, n) => [command, n] as const))('%s', async (command, n) => {
  await stopAnew(n);
  if (command.includes('window') && (await listed('window')).length === 0) await troubled.park(`parked-${n}`, 'TypeError');
  if (command.includes('execution') && (await listed('execution')).length === 0)
    await troubled.failExecution(`failed-${n}`, '{}');
  const { code, stderr } = await type(command);
  expect({ code, stderr: code === 2 ? stderr : '' }).toEqual({ code: code === 1 ? 1 : 0, stderr: '' });
});
