import type { Forgotten } from '../on-call/forget';
import type { LettersForgotten } from '../on-call/forget-letters';
import type { StoredCounts } from '../ports-on-call';
import { inColumns } from './columns';

/** What a dry run found. */
export interface ToBeForgotten extends StoredCounts {
  /** State of its window; null where there is none. */
  readonly window: string | null;
  readonly guard: boolean;
  readonly letters: LettersForgotten;
}

const table = (rows: readonly (readonly string[])[]): string => inColumns(rows, (column) => column > 0);
const yesNo = (there: boolean): string => (there ? '1' : '0');

const contentRows = ({ events, attached, records }: StoredCounts): readonly (readonly string[])[] => [
  ['events', String(events)],
  ['attached events', String(attached)],
  ['records', String(records)],
];

const lettersLeft = ({ left, unfinished }: LettersForgotten): readonly string[] => [
  ...(left.length > 0
    ? ['', 'Letters that are not removed:', ...left.map(({ queueUrl, id, why }) => `  ${id} in ${queueUrl}: ${why}`)]
    : []),
  ...unfinished.map((url) => `Not looked through to the end: ${url}. Run it again.`),
];

/** What no command of ours reaches. */
const elsewhere: readonly string[] = [
  'Not erased, because it is out of reach from here:',
  '  executions of the workflow: Step Functions keeps their input and history for 90 days; one that runs may write its guard again',
  '  what was published to subscribers, and what the workflow wrote: CRM contacts, tickets, their own stores',
  '  messages that still wait in the intake queue or in a queue of a subscription: they are kept for at most 14 days',
  '  backups of the table: point-in-time recovery reaches back 35 days',
  '  files that somebody wrote: archives of letters, exports, and the list of letters that `dead-letters list` keeps',
  '  log lines and the audit trail: they hold the conversation id, and nothing of its content',
];

export const dryRunText = (conversationId: string, found: ToBeForgotten): string =>
  [
    `Dry run: nothing was erased. Of ${conversationId} there is:`,
    table([
      ...contentRows(found),
      ['window', found.window ?? '0'],
      ["the workflow's guard", yesNo(found.guard)],
      ['dead letters of it alone', String(found.letters.letters)],
    ]),
    ...lettersLeft(found.letters),
    '',
    ...elsewhere,
    'What arrives of it from now on begins a new conversation of the same id.',
    'Add --execute to erase it: for good.',
    '',
  ].join('\n');

export const forgottenText = (conversationId: string, done: Forgotten, letters: LettersForgotten): string =>
  [
    `Erased of ${conversationId}:`,
    table([
      ...contentRows(done),
      ['window', yesNo(done.head)],
      ["the workflow's guard", yesNo(done.guard)],
      ['dead letters', String(letters.letters)],
      ['failure notes', String(letters.notes)],
    ]),
    ...(done.newLife
      ? ['', 'Something of it arrived meanwhile and began a new conversation of the same id. Run it again if that must go, too.']
      : []),
    ...lettersLeft(letters),
    '',
    ...elsewhere,
    '',
  ].join('\n');
