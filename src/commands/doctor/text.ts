import type { Area, Finding, Status } from '../../doctor/finding';

const marks: Readonly<Record<Status, string>> = { ok: 'ok', info: '-', warn: 'look', wrong: 'WRONG', unknown: '?' };

/** What AWS and Genesys say goes to a terminal: no control characters. */
const plain = (text: string): string => text.replace(/\p{Cc}/gu, ' ');

const widthOf = (areas: readonly Area[]): number =>
  Math.max(...areas.flatMap(({ findings }) => findings.map(({ check }) => Math.min(check.length, 28))));

const line = (mark: string, name: string, text: string, width: number): string =>
  `  ${mark.padEnd(6)} ${plain(name).padEnd(width)}  ${plain(text)}`;

const findingLines = ({ check, status, expected, actual, todo }: Finding, width: number): readonly string[] => {
  if (status === 'ok' || status === 'info') return [line(marks[status], check, actual, width)];
  return [
    line(marks[status], check, actual, width),
    line('', '', `expected: ${expected}`, width),
    line('', '', `do: ${todo}`, width),
  ];
};

export const countsOf = (areas: readonly Area[]): Readonly<Record<Status, number>> => {
  const findings = areas.flatMap((area) => area.findings);
  const count = (status: Status): number => findings.filter((finding) => finding.status === status).length;
  return { ok: count('ok'), info: count('info'), warn: count('warn'), wrong: count('wrong'), unknown: count('unknown') };
};

const summary = (areas: readonly Area[]): string => {
  const { ok, warn, wrong, unknown } = countsOf(areas);
  return `${ok + warn + wrong + unknown} checks: ${ok} ok, ${wrong} wrong, ${warn} to look at, ${unknown} that could not be looked at.`;
};

export const reportText = (areas: readonly Area[]): string => {
  const width = widthOf(areas);
  const blocks = areas.map(({ area, findings }) => [
    plain(area),
    ...findings.flatMap((finding) => findingLines(finding, width)),
    '',
  ]);
  return [...blocks.flat(), summary(areas), ''].join('\n');
};

export const reportJson = (areas: readonly Area[]): string => `${JSON.stringify({ counts: countsOf(areas), areas }, null, 2)}\n`;
