import { readFileSync, writeFileSync } from 'node:fs';
import { feedMessage } from '../factories';
import { readSchemaFiles } from '../../src/schema-files';
import { only, withoutSubject } from '../grown-registry';
import { runHere } from '../run-here';
import { page, pageFile, transcriptBlock, transcriptOf, transcriptPart, wordsOf, type Exchange } from './page';
import type * as shelf from './registry-on-shelf';
import { putOnShelf } from './registry-on-shelf';
import { openTroubled, type Troubled } from './troubled-installation';
import { startWorkerHere } from './worker-here';

/* The transcript at the top of the runbook, played: 500 messages that a real worker has set aside, and the four commands in their order. */

jest.mock('../../src/schema-files', () =>
  jest.requireActual<typeof shelf>('./registry-on-shelf').asSchemaFiles(jest.requireActual('../../src/schema-files')),
);

const missing = 'v2.detail.events.conversation.wrapup';
/** Compiling all of them takes seconds, twice. */
const subjects = [
  ...['envelope.eventbridge', 'tidemark.record', 'tidemark.execution-input', 'tidemark.event', 'tidemark.passed-event'],
  ...['tidemark.correction', 'v2.detail.events.conversation.customer.start', missing],
];
const before = only(subjects, withoutSubject(missing));
const released = only(subjects, readSchemaFiles());

const environment = { ...process.env };
let troubled: Troubled;
beforeAll(async () => {
  troubled = await openTroubled();
  Object.assign(process.env, troubled.commandEnvironment);
});
afterAll(async () => {
  process.env = environment;
  await troubled.remove();
});

/** What differs from run to run and says nothing. */
const normalised = (output: string): string =>
  output
    .replace(/\b[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\b/g, '<id>')
    .replace(/\bjob [0-9a-f]{12}\b/g, 'job <job>')
    .replace(/\b\d{4}-\d\d-\d\dT[\d:.]+Z\b|\b\d{4}-\d\d-\d\d \d\d:\d\d(:\d\d)?\b/g, '<time>')
    .replace(/\b\d+(\.\d+)? (ms|s|min|h)\b/g, '<duration>')
    .replace(/ +/g, ' ')
    .replace(/-{3,}/g, '---')
    .trim();

const setAside = async (count: number): Promise<void> => {
  const { names } = troubled.aws;
  const body = (n: number) =>
    feedMessage({ type: 'wrapup', conversation: `00000000-0000-4000-8000-${String(n).padStart(12, '0')}` });
  await troubled.sendMany(
    names.queueUrl,
    Array.from({ length: count }, (_, n) => JSON.stringify(body(n))),
  );
  while ((await troubled.countOf(names.deadLetterQueueUrl)) < count);
};

/** What came, in the place of what the page says; what it says of the world outside stays. */
const write = (exchanges: readonly Exchange[]): void => {
  const text = readFileSync(pageFile, 'utf8');
  const written = exchanges.map(({ command, output }) => {
    const told = transcriptPart(text, command);
    return `$ ${[command, output, ...told.map((line) => `\n${line}`)].join('\n')}\n`;
  });
  writeFileSync(
    pageFile,
    text.replace(transcriptBlock, () => `\`\`\`console\n${written.join('\n')}\`\`\``),
  );
};

test('from 500 messages of an unknown type to all of them redriven and verified, as the runbook says', async () => {
  putOnShelf(before);
  const old = startWorkerHere(troubled.environment);
  await setAside(500);
  await old.stop();

  const typed = transcriptOf(page).map(({ command }) => command);
  const came: Exchange[] = [];
  const type = async (command: string): Promise<void> => {
    const { code, stdout, stderr } = await runHere(...wordsOf(command).slice(1));
    // It is an installation of a test, and its names begin so.
    came.push({ command, output: stdout.trimEnd().replaceAll(troubled.aws.prefix, 'tidemark') });
    expect({ command, code, stderr: code === 2 ? stderr : '' }).toEqual({ command, code: code === 2 ? 0 : code, stderr: '' });
  };
  await type(typed[0]!);
  putOnShelf(released);
  const now = startWorkerHere(troubled.environment);
  for (const command of typed.slice(1)) await type(command);
  await now.stop();

  if (process.env['UPDATE_DOCS'] === '1') write(came);
  else expect(came.map(({ output }) => normalised(output))).toEqual(transcriptOf(page).map(({ output }) => normalised(output)));
  expect(await troubled.countOf(troubled.aws.names.deadLetterQueueUrl)).toBe(0);
}, 400_000);
