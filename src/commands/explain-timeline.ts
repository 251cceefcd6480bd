import type { AuditedOperation } from '../core/on-call/audit-operation';
import type { Stopped } from '../core/on-call/stopped';
import type { Explained } from '../on-call/explain';
import type { ExplainedEvent } from '../on-call/explain-events';
import type { ExplainedExecution, ExplainedRevision } from '../on-call/explain-revisions';

interface Moment {
  readonly atMs: number | null;
  readonly what: string;
  readonly text: string;
  readonly details: readonly string[];
}

const units = [
  ['d', 86_400_000],
  ['h', 3_600_000],
  ['min', 60_000],
  ['s', 1_000],
] as const;

/** In the largest unit of which there is one, to a tenth. */
const duration = (ms: number): string => {
  const [unit, size] = units.find(([, one]) => Math.abs(ms) >= one) ?? ['ms', 1];
  return `${Math.round((ms / size) * 10) / 10} ${unit}`;
};

const whole = (names: readonly string[]): string => names.join(', ');

const behindText = ({ behindMs }: ExplainedEvent): string =>
  behindMs === null
    ? ''
    : behindMs >= 0
      ? `, ${duration(behindMs)} after it happened`
      : `, ${duration(-behindMs)} before it happened, by its sender's clock`;

const lateText = ({ late }: ExplainedEvent): readonly string[] => {
  if (!late) return [];
  const by = late.byMs === null ? '' : `, by ${duration(late.byMs)}`;
  return [`late: it came after revision ${late.revision} had been made${by}`];
};

const momentOfEvent = (event: ExplainedEvent): Moment => ({
  atMs: event.sentAtMs,
  what: event.attached ? 'attached' : event.correction ? 'correction' : 'event',
  text: `${event.place === null ? '' : `#${event.place} `}${event.type}${behindText(event)}`,
  details: [
    ...lateText(event),
    ...(event.cameAgainAt === null
      ? []
      : [`came again: it is in revision ${event.firstIn?.revision ?? '?'} already; when it first came is not kept`]),
    ...(event.copies > 1 ? [`the same fact under ${event.copies} keys: it counts once`] : []),
    ...(event.conflicts ? ['claims the same place as another with other content: the last in order counts for sums'] : []),
    ...(event.redriven ? ['it came out of the dead-letter queue'] : []),
    ...(event.firstIn === null ? ['in no record yet'] : []),
  ],
});

const executionText = ({ name, status, startedAt, stoppedAt, error }: ExplainedExecution): string => {
  const when = startedAt === null ? '' : ` from ${startedAt}${stoppedAt === null ? '' : ` to ${stoppedAt}`}`;
  return `execution ${name}: ${status}${when}${error === null ? '' : ` (${error})`}`;
};

const closeText = ({ watermark, waits, attempts }: ExplainedRevision): readonly string[] =>
  watermark === null
    ? []
    : [`made under watermark ${watermark}, claim ${attempts ?? '?'} of its window, after ${waits ?? '?'} waits for Genesys`];

const contentText = ({ changed, missing, anomalies, gone }: ExplainedRevision): readonly string[] => [
  ...(changed.length > 0 ? [`changed: ${whole(changed)}`] : []),
  ...(missing.length > 0 ? [`missing: ${whole(missing)}`] : []),
  ...anomalies.map(({ kind, detail }) => `${kind}: ${detail}`),
  ...(gone > 0 ? [`${gone} events that earlier revisions were made of could no longer be found`] : []),
];

const handoffText = (revision: ExplainedRevision): readonly string[] => {
  const { handedOff, whyNotHandedOff, genesys, executions } = revision;
  if (!handedOff) return [`not handed off: ${whyNotHandedOff ?? 'nobody knows why'}`];
  const answers = Object.entries(genesys).map(([name, status]) => `${name} ${status}`);
  return [...(answers.length > 0 ? [`of Genesys's own: ${whole(answers)}`] : []), ...executions.map(executionText)];
};

const momentOfRevision = (revision: ExplainedRevision): Moment => ({
  atMs: revision.madeAtMs,
  what: 'record',
  text: `revision ${revision.revision}, ${revision.pane}, ${revision.status}: ${revision.eventCount} events, ${revision.news} of them new (life ${revision.life})`,
  details: [...closeText(revision), ...contentText(revision), ...handoffText(revision)],
});

const momentOfLetter = (letter: Stopped): Moment => ({
  atMs: letter.stoppedAtMs ?? letter.beganAtMs,
  what: 'dead letter',
  text: `${letter.id} (${letter.place}): ${letter.reason}${letter.type === null ? '' : `, ${letter.type}`}`,
  details: [
    letter.detail,
    `moved back now it ${letter.outlook.replace('-', ' ')}: ${letter.outlookDetail}`,
    ...(letter.history ? [`moved back ${letter.history.times} times before, last by job ${letter.history.job}`] : []),
  ],
});

const momentOfOperation = ({ beganAtMs, action, who, why, what, endedAtMs, job }: AuditedOperation): Moment => ({
  atMs: beganAtMs,
  what: action,
  text: `by ${who}: ${why}`,
  details: [
    `${what}${job === null ? '' : ` (job ${job})`}`,
    ...(endedAtMs === null ? ['it did not come to its end, or is still at it'] : []),
  ],
});

const timeText = (atMs: number | null): string => (atMs === null ? 'no time known         ' : new Date(atMs).toISOString().replace('T', ' ').slice(0, 23)); // prettier-ignore

const momentText = ({ atMs, what, text, details }: Moment): string =>
  [`  ${timeText(atMs)}  ${what.padEnd(11)}  ${text}`, ...details.map((detail) => `${' '.repeat(40)}${detail}`)].join('\n');

/** What nobody knows the time of comes first: it can only be long ago. Records come after the events of their moment. */
export const timelineText = ({ events, revisions, deadLetters, audit }: Explained): string =>
  [
    ...events.map(momentOfEvent),
    ...revisions.map(momentOfRevision),
    ...deadLetters.map(momentOfLetter),
    ...audit.map(momentOfOperation),
  ]
    .sort((a, b) => (a.atMs ?? 0) - (b.atMs ?? 0))
    .map(momentText)
    .join('\n');
