import type { AuditedOperation } from '../../core/on-call/audit-operation';
import { inColumns } from '../columns';
import { printable, timeText } from './inbox-text';

/** `user/ada`: the part of an ARN that tells people apart. */
const whoText = (who: string): string => printable(/^arn:[^:]*:[^:]*:[^:]*:[^:]*:(.+)$/.exec(who)?.[1] ?? who);

const cameTo = ({ endedAtMs, counts }: AuditedOperation): string => {
  if (endedAtMs === null) return 'did not come to its end, or is still at it';
  const text = Object.entries(counts)
    .map(([name, count]) => `${count} ${printable(name)}`)
    .join(', ');
  return text === '' ? 'done' : text;
};

const about = ({ job, conversationId }: AuditedOperation): string =>
  [...(job === null ? [] : [`job ${job}`]), ...(conversationId === null ? [] : [`conversation ${conversationId}`])]
    .map(printable)
    .join(', ');

/** A line of columns for each, and under it what was asked for and why. */
export const historyText = (operations: readonly AuditedOperation[], days: number): string => {
  if (operations.length === 0) return `Nobody changed anything in the last ${days} days.\n`;
  const rows = operations.map((one) => [timeText(one.beganAtMs), one.action, whoText(one.who), cameTo(one)]);
  const lines = inColumns([['when', 'action', 'who', 'came to'], ...rows], () => false).split('\n');
  const under = operations.map((one) =>
    [printable(one.what), `why: ${printable(one.why)}`, about(one)]
      .filter((text) => text !== '')
      .map((text) => `      ${text}\n`)
      .join(''),
  );
  return lines.map((line, at) => `${line}\n${under[at - 1] ?? ''}`).join('');
};
