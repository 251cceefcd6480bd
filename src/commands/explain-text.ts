import type { Explained, ExplainedToday, ExplainedWindow } from '../on-call/explain';
import type { ExplainedEvent } from '../on-call/explain-events';
import { inColumns } from './columns';
import { printable } from './dead-letters/inbox-text';
import { timelineText } from './explain-timeline';

const list = (words: readonly string[]): string => (words.length === 0 ? 'nothing' : words.join(', '));

const windowText = (window: ExplainedWindow | null): string => {
  if (!window) return 'No window: its head has expired, or none was ever opened.';
  const { state, life, finished, attempts, waits, dueAt, dueClock, parkedSince, endingSince, rearmedFor, lastError } = window;
  return [
    `Window ${state}, life ${life}, last finished revision ${finished || 'none'}.`,
    dueAt === null ? '' : ` Due ${dueAt} (${dueClock ?? ''} time).`,
    parkedSince === null ? '' : ` Parked since ${parkedSince}: it waits for a person.`,
    endingSince === null ? '' : ` It has looked complete since ${endingSince} (queue time).`,
    rearmedFor === null ? '' : ` Something came while it closed: it is looked at again for ${rearmedFor}.`,
    attempts > 0 ? ` Claims since the last finish: ${attempts}.` : '',
    waits > 0 ? ` It has waited for Genesys ${waits} times.` : '',
    lastError === null ? '' : `\n  Last error: ${lastError}`,
  ].join('');
};

const todayText = (today: ExplainedToday | null): string => {
  if (!today) return '';
  const { complete, status, missing, saysWhatTheLastRecordSays: isSame, unrecorded } = today;
  return [
    `Of the events that are stored the code of today makes a ${status} record (${complete ? 'complete' : 'not complete'}; missing: ${list(missing)})`,
    isSame === null
      ? '; there is no record yet.'
      : isSame
        ? ', with the content of the last one.'
        : ', with other content than the last one.',
    unrecorded > 0 ? ` ${unrecorded} of them are in no record yet.` : '',
  ].join('');
};

const marksOf = (event: ExplainedEvent): string =>
  [
    event.late === null ? '' : 'late',
    event.cameAgainAt === null ? '' : 'came again',
    event.copies > 1 ? `${event.copies} keys` : '',
    event.conflicts ? 'conflict' : '',
    event.attached ? 'attached' : '',
    event.redriven ? 'redriven' : '',
    event.correction ? 'correction' : '',
  ]
    .filter((mark) => mark !== '')
    .join(', ');

const eventCells = (event: ExplainedEvent): readonly string[] => [
  event.place === null ? '–' : String(event.place),
  event.type,
  event.eventTime ?? 'no date',
  event.decidedBy ?? '–',
  event.queueTime,
  event.firstIn === null ? 'none yet' : String(event.firstIn.revision),
  marksOf(event),
];

const eventsText = (events: readonly ExplainedEvent[]): string =>
  events.length === 0
    ? 'No events are stored.'
    : inColumns(
        [
          ['#', 'event', 'happened (sender)', 'placed by', 'came last (queue time)', 'in revision', ''],
          ...events.map(eventCells),
        ],
        (column) => column === 0 || column === 5,
      );

const guardText = ({ guard }: Explained): string => {
  if (!guard) return '';
  const begun = (['crm', 'ticket'] as const).flatMap((system) => {
    const newest = guard.begun[system];
    return newest ? [`${system}: revision ${newest.revision} (life ${newest.life})`] : [];
  });
  const holder = guard.holder === null ? 'No execution holds its guard.' : `Its guard is held by ${guard.holder}.`;
  return `The workflow has begun to write ${list(begun)}. ${holder}`;
};

const unknownText = ({ deadLetters }: Explained): string =>
  'Nothing is stored under this id. Has it expired, was it forgotten, is the id another, or is this another stack? ' +
  (deadLetters.length > 0 ? 'Dead letters name it, below.' : 'No dead letter that was looked at names it.');

const notLookedAtText = ({ notLookedAt }: Explained): string =>
  notLookedAt.length === 0 ? '' : `Not looked at:\n${notLookedAt.map((one) => `  ${one}`).join('\n')}`;

/** As a person reads it at night: what it is now, what happened when, in which order it counts. Holds no customer data. */
export const explainText = (explained: Explained): string => {
  const { conversationId, known, window, events, revisions, deadLetters, today } = explained;
  const counts = `${events.length} events, ${revisions.length} records, ${deadLetters.length} dead letters`;
  const parts = known
    ? [
        windowText(window),
        todayText(today),
        guardText(explained),
        `What happened, by queue time and AWS's wall time (UTC):\n\n${timelineText(explained)}`,
        `The events in the order that counts. "placed by": the first part of the order in which it differs from the one before.\n\n${eventsText(events)}`,
      ]
    : [unknownText(explained), timelineText(explained)];
  const told = [`Conversation ${conversationId}: ${counts}.`, ...parts, notLookedAtText(explained)].filter((part) => part !== '');
  return `${told.join('\n\n').split('\n').map(printable).join('\n')}\n`;
};
