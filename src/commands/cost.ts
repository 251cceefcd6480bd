import { readFile } from 'node:fs/promises';
import { type Command, InvalidArgumentError, Option } from 'commander';
import {
  type Bill,
  billOfFunctionPerEnd,
  billOfFunctionPerEvent,
  billOfTidemark,
  costOf,
  daysOfMonth,
  monthOf,
  type Plan,
  totalOf,
} from '../core/cost/bill';
import { measuredRun } from '../core/cost/measured-run';
import { type MeasuredRun, readMeasuredRun } from '../core/cost/measured';
import { exampleList, type PriceList, readPriceList } from '../core/cost/prices';
import { costText, type Reckoned } from './cost-text';
import { UnreadableFileError } from './replay';

interface Streams {
  readonly out: (text: string) => void;
}

interface CostOptions extends Omit<Plan, 'eventsPerMonth'> {
  readonly eventsPerDay?: number;
  readonly conversationsPerDay?: number;
  readonly prices?: string;
  readonly measured?: string;
  readonly printPrices: boolean;
  readonly json: boolean;
}

const numberBetween =
  (least: number, most: number) =>
  (text: string): number => {
    const value = /^\d{1,12}(\.\d{1,4})?$/.test(text) ? Number(text) : NaN;
    if (!(value >= least && value <= most)) throw new InvalidArgumentError(`Expected a number from ${least} to ${most}.`);
    return value;
  };

const whole =
  (least: number, most: number) =>
  (text: string): number => {
    const value = numberBetween(least, most)(text);
    if (!Number.isInteger(value)) throw new InvalidArgumentError(`Expected a whole number from ${least} to ${most}.`);
    return value;
  };

const unreadable = (what: string, file: string, problems: readonly string[], cause?: unknown): UnreadableFileError =>
  new UnreadableFileError([`Expected ${what} in ${file}:`, ...problems].join('\n  '), { cause });

const readJson = async (what: string, file: string): Promise<unknown> => {
  try {
    return JSON.parse(await readFile(file, 'utf8')) as unknown;
  } catch (cause) {
    throw unreadable(what, file, [cause instanceof Error ? cause.message : String(cause)], cause);
  }
};

const listIn = async (file: string | undefined): Promise<PriceList> => {
  if (file === undefined) return exampleList;
  const what = 'a price list, as --print-prices prints one,';
  const read = readPriceList(await readJson(what, file));
  if ('problems' in read) throw unreadable(what, file, read.problems);
  return read.list;
};

const runIn = async (file: string | undefined): Promise<MeasuredRun> => {
  if (file === undefined) return measuredRun;
  const what = 'a measured run';
  const read = readMeasuredRun(await readJson(what, file));
  if ('problems' in read) throw unreadable(what, file, read.problems);
  return read.run;
};

const usualEventsPerMonth = 1_000_000;

const eventsPerMonth = ({ eventsPerDay, conversationsPerDay }: CostOptions, { messages, conversations }: MeasuredRun): number => {
  if (eventsPerDay !== undefined) return eventsPerDay * daysOfMonth;
  return conversationsPerDay === undefined ? usualEventsPerMonth : (conversationsPerDay * daysOfMonth * messages) / conversations;
};

const asJson = ({ run, list, plan, bills }: Reckoned): string => {
  const { prices } = list;
  const priced = (lines: Bill['fixed']) => lines.map((line) => ({ ...line, usd: costOf(line, prices) }));
  const told = bills.map((bill) => ({
    ...bill,
    perMillion: priced(bill.perMillion),
    fixed: priced(bill.fixed),
    perMillionUsd: totalOf(bill.perMillion, prices),
    perMonthUsd: monthOf(bill, plan, prices),
  }));
  return JSON.stringify({ plan, bills: told, measured: run, list }, null, 2);
};

const cost = async (options: CostOptions, { out }: Streams): Promise<void> => {
  if (options.printPrices) {
    out(`${JSON.stringify(exampleList, null, 2)}\n`);
    return;
  }
  const [run, list] = [await runIn(options.measured), await listIn(options.prices)];
  const { workers, taskVcpus, taskMemoryGb, retentionDays, transitions, lambdaMemoryMb } = options;
  const plan = {
    eventsPerMonth: eventsPerMonth(options, run),
    ...{ workers, taskVcpus, taskMemoryGb, retentionDays, transitions, lambdaMemoryMb },
  };
  const bills = [billOfTidemark(run, plan), billOfFunctionPerEvent(run, plan), billOfFunctionPerEnd(run, plan)] as const;
  const reckoned = { run, list, plan, bills };
  out(options.json ? `${asJson(reckoned)}\n` : costText(reckoned));
};

const most = 1_000_000_000_000;

/** `tidemark cost` */
export const addCost = (cli: Command, streams: Streams): void => {
  cli
    .command('cost')
    .description('what events cost at list prices, beside a function that is run for each; needs no AWS')
    .addOption(new Option('--events-per-day <n>', 'how many come').argParser(whole(1, most)).conflicts('conversationsPerDay'))
    .addOption(new Option('--conversations-per-day <n>', 'the same, by the conversation').argParser(whole(1, most)))
    .option('--workers <n>', 'tasks that run all the time', whole(1, 100_000), 2)
    .option('--task-vcpus <n>', 'size of one', numberBetween(0.25, 16), 0.5)
    .option('--task-memory-gb <n>', 'and its memory', numberBetween(0.5, 120), 1)
    .option('--retention-days <n>', 'how long events and records are kept (RETENTION_DAYS)', whole(1, 3_650), 100)
    .option('--transitions <n>', 'states that one execution enters', whole(0, 25_000), 20)
    .option('--lambda-memory-mb <n>', 'of the function', whole(128, 10_240), 128)
    .option('--prices <file>', 'your prices as JSON, instead of the example')
    .option('--print-prices', 'prints the example, to be checked and changed', false)
    .option('--measured <file>', 'another run of `npm run bench -- cost --json` instead of the one that came along')
    .option('--json', 'the same as JSON', false)
    .addHelpText(
      'after',
      '\nWithout a number of events: a million a month. The prices that come along are an example: check them first.',
    )
    .action((options: CostOptions) => cost(options, streams));
};
