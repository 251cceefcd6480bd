import Table from 'cli-table3';
import type { Figure } from './figure';
import type { Report } from './subject';

const digits = (value: number): string => {
  if (value >= 100) return Math.round(value).toLocaleString('en-US');
  return value.toFixed(value >= 10 ? 1 : 2);
};

const cell = (figure: Figure | undefined): string => {
  if (figure === undefined) return '';
  return figure.kind === 'figure' ? digits(figure.value) : 'refused';
};

/** Each reason once, with the cells it took. */
const refusals = ({ rows }: Report): readonly string[] => {
  const cells = new Map<string, string[]>();
  for (const { name, cells: own } of rows)
    for (const [column, figure] of Object.entries(own))
      if (figure.kind === 'refused') {
        const why = `${name}: ${figure.why}`;
        cells.set(why, [...(cells.get(why) ?? []), column]);
      }
  return [...cells].map(([why, columns]) => `refused, ${why}: ${columns.join(', ')}`);
};

const asTable = (report: Report): string => {
  const columns = [...new Set(report.rows.flatMap(({ cells }) => Object.keys(cells)))];
  const table = new Table({
    head: [report.title, ...columns],
    colAligns: ['left', ...columns.map(() => 'right' as const)],
    style: { head: [], border: [], compact: true },
  });
  for (const { name, cells } of report.rows) table.push([name, ...columns.map((column) => cell(cells[column]))]);
  return table.toString();
};

export const describeReport = (report: Report): string =>
  [
    ...(report.rows.length > 0 ? [asTable(report)] : [report.title]),
    ...[...report.notes, ...refusals(report), ...report.complaints.map((complaint) => `WRONG: ${complaint}`)].map(
      (line) => `  ${line}`,
    ),
  ].join('\n');
