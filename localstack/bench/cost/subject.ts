import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { format, resolveConfig } from 'prettier';
import { idleNames, type MeasuredRun, takenNames } from '../../../src/core/cost/measured';
import { projectRoot } from '../../demo/children';
import { figure } from '../figure';
import type { Bench, Report, Row } from '../subject';
import { measureRun } from './run';

const constant = join(projectRoot, 'src', 'core', 'cost', 'measured-run.ts');

const digits = 6;
const rounded = (_: string, value: unknown): unknown => (typeof value === 'number' ? Number(value.toPrecision(digits)) : value);

/** As TypeScript, so that the program has it wherever it runs. */
const keep = async (run: MeasuredRun): Promise<void> => {
  const text =
    "import type { MeasuredRun } from './measured';\n\n/** Written by `npm run bench -- cost --keep`. */\n" +
    `export const measuredRun: MeasuredRun = ${JSON.stringify(run, rounded, 2)};`;
  writeFileSync(constant, await format(text, { ...(await resolveConfig(constant)), filepath: constant }));
};

const isIdle = (name: string): name is (typeof idleNames)[number] => (idleNames as readonly string[]).includes(name);

const rowsOf = (run: MeasuredRun): readonly Row[] => [
  ...takenNames.map((name) => ({
    name,
    cells: {
      'a message': figure(run.taken[name] / run.messages),
      'a conversation': figure(run.taken[name] / run.conversations),
      ...(isIdle(name) ? { 'an idle hour of a worker': figure(run.idleHour[name]) } : {}),
    },
  })),
  {
    name: 'stored bytes',
    cells: {
      'a message': figure(run.storedBytes),
      'a conversation': figure((run.storedBytes * run.messages) / run.conversations),
    },
  },
  { name: 'bytes of the body', cells: { 'a message': figure(run.messageBytes) } },
];

const notes = ({ conversations, messages, revisions, metrics, peakMemoryBytes, again }: MeasuredRun): readonly string[] => [
  `${messages} messages of ${conversations} conversations, ${revisions} executions; ${metrics} metrics; ${Math.round(peakMemoryBytes / 2 ** 20)} MB at most`,
  `All messages wait in the queue from the start, so each window is looked at once. In its own time a conversation takes ${again.tableWriteUnits.toFixed(1)} write units of the table, ${again.indexWriteUnits.toFixed(1)} of the index and ${again.readUnits.toFixed(1)} read units more: counted on a virtual clock, not in the table above.`,
  'For dollars: `tidemark cost`, with `--measured` and the JSON of this, or with --keep for good.',
];

/** What events take of everything that is paid for. */
export const measureCost = async (bench: Bench): Promise<readonly Report[]> => {
  const run = await measureRun(bench);
  if (bench.options.keep) await keep(run);
  return [{ title: 'Cost: what a worker takes', rows: rowsOf(run), notes: notes(run), complaints: [], measured: run }];
};
