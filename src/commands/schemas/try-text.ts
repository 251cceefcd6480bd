import { mappers } from '../../core/conversation/mappers';
import type { TryReport } from './try-report';

/* One message on one screen: at most 120 columns, a line for each fact. */

const width = 120;
const mostEvents = 3;
const mostDrift = 8;

/** Control characters would move the cursor; a lone surrogate is no text. */
const printable = (text: string): string => text.replaceAll(/[\p{Cc}\p{Cf}\p{Surrogate}]/gu, '\uFFFD');

const line = (name: string, value: string): string => {
  const text = printable(`  ${name.padEnd(18)} ${value}`).trimEnd();
  return text.length <= width ? text : `${text.slice(0, width - 1)}…`;
};

const shapeLines = ({ envelope, events, rejection }: TryReport): readonly string[] => {
  if (!envelope) return [];
  const shapes = envelope.shapes.map(({ subject }) => subject);
  const found = `${events.length} ${events.length === 1 ? 'event' : 'events'}${rejection ? ' admitted' : ''}`;
  return [
    ...(shapes.length > 1 ? [line('wrapped in', shapes.slice(0, -1).join(', '))] : []),
    line('envelope', `${shapes.at(-1) ?? ''} (format ${envelope.format}${envelope.bare ? ', the detail alone' : ''}); ${found}`),
    line('source', envelope.source ?? 'not said'),
  ];
};

const driftLines = (drift: TryReport['drift']): readonly string[] => {
  const shown = drift.slice(0, mostDrift).map(({ subject, drift: { kind, path, example } }, at) => {
    const where = subject.startsWith('envelope.') ? `, in ${subject}` : '';
    return line(at === 0 ? 'drift' : '', `${kind} ${path} (${example})${where}`);
  });
  const more = drift.length - shown.length;
  const known = drift.find(({ subject }) => !subject.startsWith('envelope.'))?.drift.oldestVersion;
  return [
    ...(drift.length === 0 ? [line('drift', 'none')] : shown),
    ...(more > 0 ? [line('', `… and ${more} more`)] : []),
    ...(known === undefined ? [] : [line('', known === null ? 'no version knows all its fields' : `v${known} is the oldest that knows all its fields`)]),
  ];
};

const actionText = ({ subject, event }: TryReport['events'][number]): string => {
  const whose = `conversation ${event.conversationId ?? '(none)'}`;
  switch (subject.action) {
    case 'reconstruct':
      return Object.hasOwn(mappers, subject.mapper)
        ? `into the window of ${whose}, read by mapper ${subject.mapper} v${subject.mapperVersion}`
        : `into the window of ${whose}, where nothing is read of it: there is no mapper ${subject.mapper}`;
    case 'attach':
      return `into the record of ${whose} if its window is open then, else published as it is`;
    case 'pass':
      return 'published as it is; no record changes';
    case 'ignore':
      return 'counted and dropped';
  }
};

const shownLast = ['body', 'subject', 'schemaVersion', 'layout', 'format', 'type', 'attached'];

/** The canonical event, less what the lines around it say. */
const eventValues = (event: TryReport['events'][number]['event']): string =>
  Object.entries(event)
    .filter(([key, value]) => value !== null && !shownLast.includes(key))
    .map(([key, value]) => `${key} ${JSON.stringify(value)}`)
    .join(', ');

const wrap = (name: string, text: string): readonly string[] => {
  const lines: string[] = [];
  for (const part of text.split(', ')) {
    const last = lines.at(-1);
    // Room for the name, and for the comma that ends all lines but the last.
    if (last !== undefined && last.length + part.length + 2 <= width - 22) lines[lines.length - 1] = `${last}, ${part}`;
    else lines.push(part);
  }
  return lines.map((one, at) => line(at === 0 ? name : '', at === lines.length - 1 ? one : `${one},`));
};

const eventLines = (one: TryReport['events'][number]): readonly string[] => {
  const { subject, event } = one;
  const fields = Object.keys(event.body).length;
  return [
    '',
    printable(event.type),
    line('subject', subject.subject),
    line('version', `v${event.schemaVersion}${event.schemaVersion === subject.version ? ', the newest' : ` of ${subject.version}`}`),
    ...wrap('action', `${subject.action}: ${actionText(one)}`),
    ...wrap('canonical', eventValues(event)),
    line('body', `${fields} ${fields === 1 ? 'field' : 'fields'}, ${Buffer.byteLength(JSON.stringify(event.body))} bytes, kept as it came`),
  ];
};

/** Less what is null: unknown. */
const compact = (value: unknown): string =>
  JSON.stringify(value, (_, inner: unknown) => (inner === null ? undefined : inner)) ;

const recordLines = ({ record }: TryReport): readonly string[] => {
  const fields = Object.entries(record);
  if (fields.length === 0) return [];
  return ['', 'the record, of this message alone', ...fields.map(([key, value]) => line(key, compact(value)))];
};

const verdictLines = ({ rejection, next, events }: TryReport): readonly string[] =>
  rejection === null
    ? ['', 'admitted']
    : [
        '',
        events.length === 0 ? `refused: ${rejection.reason}` : `set aside, ${events.length} of its events admitted: ${rejection.reason}`,
        ...wrap('why', rejection.detail),
        ...(rejection.type === undefined ? [] : [line('type', rejection.type)]),
        line('step', rejection.step),
        ...wrap('next', next ?? ''),
      ];

export const tryText = (report: TryReport): string => {
  const { events, drift, envelope } = report;
  const more = events.length - mostEvents;
  return `${[
    'message',
    ...shapeLines(report),
    ...(envelope ? driftLines(drift) : []),
    ...events.slice(0, mostEvents).flatMap(eventLines),
    ...(more > 0 ? ['', `… and ${more} more events; --json has them all`] : []),
    ...recordLines(report),
    ...verdictLines(report),
  ].join('\n')}\n`;
};
