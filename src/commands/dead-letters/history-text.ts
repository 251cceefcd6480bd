import type { AuditedOperation } from '../../core/on-call/audit-operation';
import { inColumns } from '../columns';

/** Whoever may write the table may write there what moves a terminal's cursor. */
const plain = (text: string): string => text.replaceAll(/[\p{Cc}\p{Cf}\p{Surrogate}\u2028\u2029]/gu, '\ufffd');

const time = (ms: number): string => `${new Date(ms).toISOString().slice(0, 19)}Z`;

/** `user/ada`: the part of an ARN that tells people apart. */
const whoText = (who: string): string => plain(/^arn:[^:]*:[^:]*:[^:]*:[^:]*:(.+)$/.exec(who)?.[1] ?? who);

const cameTo = ({ endedAtMs, counts }: AuditedOperation): string => {
  if (endedAtMs === null) return 'did not come to its end, or is still at it';
  const text = Object.entries(counts)
    .map(([name, count]) => `${count} ${plain(name)}`)
    .join(', ');
  return text === '' ? 'done' : text;
};

const about = ({ job, conversationId }: AuditedOperation): string =>
  [...(job === null ? [] : [`job ${job}`]), ...(conversationId === null ? [] : [`conversation ${conversationId}`])]
    .map(plain)
    .join(', ');

/** A line of columns for each, and under it what was asked for and why. */
export const historyText = (operations: readonly AuditedOperation[], days: number): string => {
  if (operations.length === 0) return `Nobody changed anything in the last ${days} days.\n`;
  const rows = operations.map((one) => [time(one.beganAtMs), one.action, whoText(one.who), cameTo(one)]);
  const lines = inColumns([['when', 'action', 'who', 'came to'], ...rows], () => false).split('\n');
  const under = operations.map((one) =>
    [plain(one.what), `why: ${plain(one.why)}`, about(one)]
      .filter((text) => text !== '')
      .map((text) => `      ${text}\n`)
      .join(''),
  );
  return lines.map((line, at) => `${line}\n${under[at - 1] ?? ''}`).join('');
};
