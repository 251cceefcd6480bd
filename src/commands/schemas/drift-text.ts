import type { DriftSighting } from '../../core/drift';
import { beyondPath, rowsPerSubject } from '../../core/drift-tally';
import { inColumns } from '../columns';

const instant = (ms: number): string => new Date(ms).toISOString().replace(/\.\d+Z$/, 'Z');

const head = ['subject', 'path', 'kind', 'count', 'first seen', 'last seen', 'known by', 'example'];

const cells = ({ subject, path, kind, count, firstAtMs, lastAtMs, oldestVersion, example }: DriftSighting): readonly string[] => [
  ...[subject, path, kind, String(count), instant(firstAtMs), instant(lastAtMs)],
  oldestVersion === null ? 'none' : `v${oldestVersion}`,
  example,
];

const beyondText = `\`${beyondPath}\` is what a worker counted together, after ${rowsPerSubject} rows of one subject.`;

/** The list as a person reads it. */
export const driftText = (rows: readonly DriftSighting[]): string => {
  if (rows.length === 0) return 'No drift: what arrived within the retention is as the newest schemas say.\n';
  const parts = [
    `Drift, what was seen last first. Counted are deliveries; every one was taken. "Known by" is the oldest version that has all fields\nof the message, whatever their types and values. In examples x, X and 0 stand for what was there.`,
    inColumns([head, ...rows.map(cells)], (column) => head[column] === 'count'),
    ...(rows.some(({ path }) => path === beyondPath) ? [beyondText] : []),
  ];
  return `${parts.join('\n\n')}\n`;
};
