import { readFileSync } from 'node:fs';
import path from 'node:path';
import { readSettings } from '../infra/read-settings';
import { ingestOutputs, moreOutputs, resources, stackOutputs } from '../src/resources';
import { runHere } from './run-here';
import { wordsOf } from './runbook/page';

/* docs/operations.md cannot be tried here, for it needs an account. Whether what it says to type is there can. */

const root = path.join(__dirname, '..');
const page = readFileSync(path.join(root, 'docs/operations.md'), 'utf8');
const lines = [...page.matchAll(/^```sh\n([\s\S]*?)^```/gm)].flatMap(([, block = '']) => block.trim().split('\n'));
const typed = lines.map((line) => line.replace(/^npm run -s tidemark -- /, 'tidemark '));
const startingWith = (program: string): readonly string[] => [...new Set(typed.filter((line) => line.startsWith(`${program} `)))];

const isOption = (word: string): boolean => word.startsWith('--') && word !== '--';
const isPlaceholder = (word: string): boolean => word.startsWith('<');

test('there is something to type on the page', () => {
  expect(startingWith('tidemark').length).toBeGreaterThan(8);
  expect(startingWith('aws').length).toBeGreaterThan(8);
});

test.each(startingWith('tidemark'))('%s', async (line) => {
  const words = wordsOf(line).slice(1);
  const firstOption = words.findIndex((word) => isOption(word) || isPlaceholder(word));
  const command = words.slice(0, firstOption === -1 ? undefined : firstOption);
  const { stdout } = await runHere(...command, '--help');
  // An unknown command is answered with the help of the default one.
  const [, usage = ''] = /^Usage: tidemark ([\w -]+?) (?:\[|<)/.exec(stdout) ?? [];
  expect(usage).not.toBe('');
  expect(command.join(' ').startsWith(usage)).toBe(true);
  expect(words.filter((word) => isOption(word) && !stdout.includes(`${word} `))).toEqual([]);
});

const clients: Readonly<Record<string, string>> = {
  dynamodb: 'client-dynamodb',
  events: 'client-eventbridge',
  secretsmanager: 'client-secrets-manager',
  sns: 'client-sns',
  sqs: 'client-sqs',
};
/** Where AWS's command line has another word than its API. */
const renamed: Readonly<Record<string, string>> = { NotificationEndpoint: 'Endpoint' };
const inPascalCase = (word: string): string => word.replace(/(?:^-*|-)(\w)/g, (_, letter: string) => letter.toUpperCase());

/** The SDK's description of an operation shows all that it takes. */
const operationText = (service: string, operation: string): string => {
  const folder = path.join(root, 'node_modules/@aws-sdk', clients[service] ?? 'no client', 'dist-types/commands');
  return readFileSync(path.join(folder, `${inPascalCase(operation)}Command.d.ts`), 'utf8');
};

test.each(startingWith('aws').filter((line) => !/^aws \w+ wait /.test(line)))('%s', (line) => {
  const [, service = '', operation = '', ...rest] = wordsOf(line);
  const text = operationText(service, operation);
  const members = rest.filter(isOption).map(inPascalCase);
  expect(members.length).toBeGreaterThan(0);
  expect(members.filter((member) => !text.includes(` ${renamed[member] ?? member}: `))).toEqual([]);
});

const settingsIn = (text: string): Readonly<Record<string, string>> => {
  const given = [...text.matchAll(/-c (\w+)=([^\s`]+)/g)].map(([, name = '', value = '']) => [name, value] as const);
  return Object.fromEntries(given.filter(([name]) => name !== 'name'));
};

test('the file of settings can be deployed, so can what is added to it together, and so can every other setting that the page names', () => {
  const [file = '', ...additions] = [...page.matchAll(/^```\n(-c [\s\S]*?)^```/gm)].map(([, block = '']) => block);
  expect(Object.keys(settingsIn(file)).length).toBeGreaterThan(2);
  expect(additions).toHaveLength(1);
  for (const addition of ['', ...additions])
    expect(() => readSettings({ ...settingsIn(file), ...settingsIn(addition) })).not.toThrow();
  const rest = [file, ...additions].reduce((text, block) => text.replace(block, ''), page);
  const others = Object.entries(settingsIn(rest)).filter(([, value]) => !/[…<]/.test(value));
  for (const [name, value] of others) expect(() => readSettings({ ...settingsIn(file), [name]: value })).not.toThrow();
});

test('what is to be filled in is an output of the stack, or said in words', () => {
  const monitoring = readFileSync(path.join(root, 'infra/monitoring.ts'), 'utf8');
  const ofAlarms = [...monitoring.matchAll(/overrideLogicalId\('(\w+)'\)/g)].map(([, name]) => name);
  const outputs: readonly unknown[] = [
    ...[stackOutputs, moreOutputs, ingestOutputs].flatMap((named) => Object.values<string>(named)),
    ...ofAlarms,
  ];
  const asked = lines.flatMap((line) => [...line.matchAll(/<(\w+)>/g)].map(([, name = '']) => name));
  expect(asked.filter((name) => name !== 'conversationId' && !outputs.includes(name))).toEqual([]);
});

test('the figure names queues, table, topic and workflow as they are named', () => {
  const [, figure = ''] = /^```\n( Genesys Cloud[\s\S]*?)^```/m.exec(page) ?? [];
  const { intakeQueue, deadLetterQueue, eventDeadLetterQueue, table, topic, stateMachine } = resources();
  const names = [intakeQueue, deadLetterQueue, eventDeadLetterQueue, table, topic, stateMachine].map(({ name }) => name);
  expect([...figure.matchAll(/tidemark-[\w-]+/g)].map(([name]) => name).sort()).toEqual([...names].sort());
});
