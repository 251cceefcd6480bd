import { maskedLines } from '../../core/on-call/masked-body';
import type { Stopped } from '../../core/on-call/stopped';
import type { StoppedGroup } from '../../core/on-call/stopped-groups';
import type { Examined } from '../../on-call/examine';
import type { Found } from '../../on-call/find-stopped';
import { ageText, printable, timeText } from './inbox-text';
import { queueName } from './look';
import type { ShowReport } from './show-report';

/* One that has stopped on one or two screens. */

const mostLines = 400;

const line = (name: string, value: string): string => printable(`  ${name.padEnd(12)} ${value}`).trimEnd();

const groupLines = (group: StoppedGroup | null, nowMs: number): readonly string[] => {
  if (group === null) return [];
  const { count, firstMs, lastMs, outlooks, movedBack } = group;
  const counted = Object.entries(outlooks).filter(([, n]) => n > 0);
  return [
    line('group', `${group.group}, ${count} in it`),
    line(
      '',
      `first ${timeText(firstMs)}, last ${timeText(lastMs)}${firstMs === null ? '' : `, the oldest ${ageText(nowMs - firstMs)} ago`}`,
    ),
    line(
      '',
      `${counted.map(([outlook, n]) => `${n} ${outlook}`).join(', ')}${movedBack > 0 ? `; ${movedBack} were moved back before` : ''}`,
    ),
  ];
};

const lineageLines = ({ stopped, ...found }: Found): readonly string[] => {
  const { history, receiveCount } = stopped;
  const first = 'letter' in found ? found.letter.attributes['tidemark-message-id'] : undefined;
  const original = history?.first ?? first;
  return [
    ...(original === undefined ? [] : [line('first id', original)]),
    line(stopped.place === 'window' ? 'claimed' : 'received', `${receiveCount} ${receiveCount === 1 ? 'time' : 'times'}`),
    ...(history === null
      ? [line('moved back', 'never')]
      : [
          line(
            'moved back',
            `${history.times} ${history.times === 1 ? 'time' : 'times'}, last by job ${history.job} as ${history.letter}${history.edited ? '; its body was edited' : ''}`,
          ),
        ]),
  ];
};

const whyLines = (stopped: Stopped): readonly string[] => [
  line('reason', stopped.reason),
  ...(stopped.detail === '' ? [] : [line('detail', stopped.detail)]),
  ...(stopped.type === null ? [] : [line('type', stopped.type)]),
  ...(stopped.subject === null ? [] : [line('subject', stopped.subject)]),
  ...(stopped.rule === null ? [] : [line('rule', stopped.rule)]),
  line('outlook', `${stopped.outlook}${stopped.outlookDetail === '' ? '' : `: ${stopped.outlookDetail}`}`),
];

const whereLines = (found: Found, nowMs: number): readonly string[] => {
  const { place, id, queueUrl, stoppedAtMs, beganAtMs, conversationIds, bytes } = found.stopped;
  return [
    line('id', id),
    line('place', `${place}${queueUrl === null ? '' : `, queue ${queueName(queueUrl)}`}`),
    line('stopped', `${timeText(stoppedAtMs)}${stoppedAtMs === null ? '' : `, ${ageText(nowMs - stoppedAtMs)} ago`}`),
    line('began', timeText(beganAtMs)),
    ...(conversationIds.length === 0 ? [] : [line('conversation', conversationIds.join(', '))]),
    ...(found.kind === 'window' ? [line('head', `life ${found.head.life}, revision ${found.head.finished} finished`)] : []),
    line('size', `${bytes} bytes`),
  ];
};

const schemaLines = ({ closest, near }: Examined): readonly string[] => {
  const nearest = near.map(({ name, knownFields, fields }, at) =>
    line(at === 0 ? 'nearest type' : '', `${name}, whose schema names ${knownFields} of its ${fields} fields`),
  );
  if (closest === null) return nearest;
  const { subject, version, newest, faults, drift } = closest;
  const isSound = faults.length === 0 && drift.length === 0;
  return [
    ...nearest,
    line(
      'closest',
      `${subject} v${version}${version === newest ? ', the newest' : ` of ${newest}`}${isSound ? ': nothing differs' : ', and it differs so:'}`,
    ),
    ...faults.map(({ path, problem, came }) => line('', `- ${path} ${problem}${came === null ? '' : `, came ${came}`}`)),
    ...drift.map(({ kind, path, example }) => line('', `~ ${kind} ${path} (${example})`)),
  ];
};

const bodyLines = ({ examined, unmasked }: ShowReport): readonly string[] => {
  if (examined === null) return [];
  if (unmasked !== null) return ['', 'body, as it is:', unmasked];
  const lines = maskedLines(examined.masked);
  const wrapped = examined.wrappedIn.length === 0 ? '' : `, taken out of ${examined.wrappedIn.join(', ')}`;
  return [
    '',
    `body${wrapped}, customer data masked; --unmasked shows it as it is:`,
    ...lines.slice(0, mostLines).map((one) => printable(one)),
    ...(lines.length > mostLines ? [`… and ${lines.length - mostLines} more lines`] : []),
  ];
};

export const showText = (report: ShowReport, nowMs: number): string => {
  const { found, group, examined, failedSteps, next } = report;
  return `${[
    ...groupLines(group, nowMs),
    ...(group === null ? [] : ['', 'one of them']),
    ...whereLines(found, nowMs),
    ...whyLines(found.stopped),
    ...lineageLines(found),
    ...failedSteps.map((step, at) => line(at === 0 ? 'failed steps' : '', step)),
    ...(examined === null || found.kind !== 'letter' ? [] : schemaLines(examined)),
    ...bodyLines(report),
    '',
    ...next.map((one) => `Next: ${one}`),
  ].join('\n')}\n`;
};
