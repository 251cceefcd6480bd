import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { metricDefinitions } from '../../src/core/metric-names';
import { rejectionReasons } from '../../src/core/rejection';
import { alarmsOf, commandsOf, page, sectionsOf, transcriptOf, wordsOf } from './page';

const alarms = alarmsOf(page);
const sections = sectionsOf(page);
const sectionOf = (title: string): string => sections.find((section) => section.title === title)?.text ?? '';
const root = join(__dirname, '../..');

test('every alarm is of a metric that there is, with a threshold, and rings at night or in the morning', () => {
  expect(alarms.length).toBeGreaterThan(15);
  for (const { title, metrics, threshold, urgency } of alarms) {
    expect([title, metrics.length > 0]).toEqual([title, true]);
    expect(metrics.filter(({ name, isOurs }) => isOurs && !Object.hasOwn(metricDefinitions, name))).toEqual([]);
    expect(threshold).toMatch(/\d|no data/);
    expect(urgency).toMatch(/wake|day/);
  }
});

test('what can be counted and nobody would miss has no alarm; all else has one', () => {
  const quiet = [
    ...['EventsAdmitted', 'MessagesKept', 'EventsIgnored', 'EventsPassed', 'WindowsReopened'],
    ...['ExecutionsStarted', 'ExecutionsAlready', 'RecordsPublished', 'Disorder', 'HoldGap', 'AcwHoldGap', 'AwsRequests'],
    ...['GenesysBatch', 'PostDelay', 'PostsGathered', 'PostsRepeated'],
  ];
  const rings = alarms.flatMap(({ metrics }) => metrics.map(({ name }) => name));
  expect(Object.keys(metricDefinitions).filter((name) => !rings.includes(name) && !quiet.includes(name))).toEqual([]);
});

test('every alarm has a section: what it means, how to know that it is over, whom to wake', () => {
  for (const { title } of alarms) {
    const text = sectionOf(title);
    for (const part of [/^\*\*Means\.\*\*/m, /\*\*Over when\*\*/, /wake/i])
      expect([title, part.test(text)]).toEqual([title, true]);
  }
});

test('every alarm has something to type', () => {
  expect(alarms.filter(({ title }) => !sectionOf(title).includes('```sh')).map(({ title }) => title)).toEqual([]);
});

test('every reason to reject is in the table of dead letters', () => {
  const text = sectionOf('Dead letters');
  expect(rejectionReasons.filter((reason) => !text.includes(`\`${reason}\``))).toEqual([]);
});

test('log lines are those that the program writes', () => {
  const files = execFileSync('git', ['ls-files', 'src'], { cwd: root, encoding: 'utf8' })
    .split('\n')
    .filter((file) => file.endsWith('.ts'));
  const source = files.map((file) => readFileSync(join(root, file), 'utf8')).join('\n');
  const quoted = [...page.matchAll(/“([^”]+)”/g)].map(([, line = '']) => line);
  expect(quoted.length).toBeGreaterThan(3);
  expect(quoted.filter((line) => !source.includes(line))).toEqual([]);
});

test('nobody is told to leave out the dry run: what is executed has been tried right before', () => {
  const commands = commandsOf(page);
  const hasDryRun = (command: string, at: number): boolean =>
    commands.slice(0, at).includes(command.replace(' --execute', '')) || !command.includes('redrive');
  expect(commands.filter((command, at) => command.endsWith(' --execute') && !hasDryRun(command, at))).toEqual([]);
});

test('from the alarm to the end it takes four commands', () => {
  const typed = transcriptOf(page).map(({ command }) => command);
  expect(typed).toHaveLength(4);
  expect(typed.filter((command) => wordsOf(command)[0] !== 'tidemark')).toEqual([]);
});
