import { type Bill, busyVcpus, costOf, type Line, monthOf, type Plan, totalOf } from '../core/cost/bill';
import type { MeasuredRun } from '../core/cost/measured';
import type { PriceList, Prices } from '../core/cost/prices';
import { inColumns } from './columns';

/* The bills as a person reads them: the first is ours, the others stand beside it. */

export interface Reckoned {
  readonly run: MeasuredRun;
  readonly list: PriceList;
  readonly plan: Plan;
  readonly bills: readonly [Bill, ...Bill[]];
}

const count = (value: number): string => value.toLocaleString('en-US', { maximumFractionDigits: value < 100 ? 2 : 0 });
const usd = (value: number): string => value.toLocaleString('en-US', { minimumFractionDigits: 2, maximumFractionDigits: 2 });

const table = (rows: readonly (readonly string[])[]): string => inColumns(rows, (column) => column > 1);

type LinesOf = (bill: Bill) => readonly Line[];

const isSame =
  (one: Line) =>
  (other: Line): boolean =>
    one.service === other.service && one.what === other.what;

const distinctLines = (bills: readonly Bill[], linesOf: LinesOf): readonly Line[] =>
  bills.flatMap(linesOf).filter((line, index, all) => all.findIndex(isSame(line)) === index);

const rowsOf = ({ bills, list: { prices } }: Reckoned, linesOf: LinesOf): readonly (readonly string[])[] =>
  distinctLines(bills, linesOf).map((line) => {
    const found = bills.map((bill) => linesOf(bill).find(isSame(line)));
    return [line.service, line.what, found[0] ? count(found[0].units) : '', ...found.map((one) => cell(one, prices))];
  });

const cell = (line: Line | undefined, prices: Prices): string => (line === undefined ? '' : usd(costOf(line, prices)));

const header = (bills: readonly Bill[]): readonly string[] => ['', '', 'units', ...bills.map(({ name }) => name)];

const perMillionText = (reckoned: Reckoned): string => {
  const { bills, list } = reckoned;
  return table([
    header(bills),
    ...rowsOf(reckoned, ({ perMillion }) => perMillion),
    ['together, USD', '', '', ...bills.map(({ perMillion }) => usd(totalOf(perMillion, list.prices)))],
    ['Genesys', 'requests, of its quota', '', ...bills.map(({ genesysRequests }) => count(genesysRequests))],
  ]);
};

const monthText = (reckoned: Reckoned): string => {
  const { bills, list, plan } = reckoned;
  const share = (bill: Bill): string => usd((totalOf(bill.perMillion, list.prices) * plan.eventsPerMonth) / 1_000_000);
  return table([
    header(bills),
    ['as above', `${count(plan.eventsPerMonth)} events`, '', ...bills.map(share)],
    ...rowsOf(reckoned, ({ fixed }) => fixed),
    ['together, USD', '', '', ...bills.map((bill) => usd(monthOf(bill, plan, list.prices)))],
  ]);
};

/** Above this a worker is late at every peak. */
const busiestShare = 0.6;

const capacityText = ({ run, plan }: Reckoned): string => {
  const [busy, has] = [busyVcpus(run, plan), plan.workers * plan.taskVcpus];
  const says = `The workers are busy with ${count(busy)} of ${count(has)} vCPUs on average, on a machine like the one measured.`;
  if (busy <= has * busiestShare) return says;
  return `${says} That is too many for so few: give --workers at least ${Math.ceil(busy / (plan.taskVcpus * busiestShare))}.`;
};

const notes = ({ run, list }: Reckoned): readonly string[] => [
  `Measured ${run.at} with ${run.program}: ${count(run.messages)} messages of ${count(run.conversations)} conversations, ${count(run.revisions)} revisions.`,
  `Prices: ${list.region}, ${list.asOf}. On demand, without free tiers, discounts and taxes.`,
  'Not in it: the network (NAT, endpoints, data that leaves), storage of logs and archive, alarms, subscribers, what the workflow writes and calls.',
  'A function: in its favour without its own CPU, logs, repeats and throttling. Per end: as if Genesys sent one event that says a conversation is over; it sends none.',
];

export const costText = (reckoned: Reckoned): string => {
  const { run } = reckoned;
  const conversations = (run.conversations / run.messages) * 1_000_000;
  return [
    `By the million events, which are ${count(conversations)} conversations:`,
    perMillionText(reckoned),
    'By the month:',
    monthText(reckoned),
    capacityText(reckoned),
    `${notes(reckoned).join('\n')}\n`,
  ].join('\n\n');
};
