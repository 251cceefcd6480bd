import { type Command, InvalidArgumentError } from 'commander';
import type { Stopped } from '../../core/on-call/stopped';
import { haltOf } from '../../core/on-call/stopped-groups';
import { inColumns } from '../columns';
import { stackOption } from '../environment';
import type { OnCallTerminal } from '../on-call-terminal';
import { withOnCall } from '../with-on-call';
import { addFilterOptions, type FilterOptions, readFilter } from './filter-options';
import { ageText, instant, isUnfinished, lookJson, lookLines, shortened } from './inbox-text';
import { lookAtInbox, type Looked } from './look';

interface ListOptions extends FilterOptions {
  readonly stack?: string;
  readonly limit: number;
  readonly refresh: boolean;
  readonly json: boolean;
}

const header = ['id', 'group', 'place', 'reason', 'type', 'rule', 'age', 'received', 'outlook', 'conversation'];
const longestCell = 56;

const outlooks: Readonly<Record<Stopped['outlook'], string>> = {
  'would-pass': 'pass',
  'would-fail': 'fail',
  'would-duplicate': 'done',
  unknown: 'unknown',
};

const conversationText = ([first, ...others]: readonly string[]): string =>
  first === undefined ? '–' : `${shortened(first, longestCell)}${others.length > 0 ? ` and ${others.length} more` : ''}`;

const row = (one: Stopped, nowMs: number): readonly string[] => {
  const haltMs = haltOf(one);
  return [
    one.id,
    one.group,
    one.place,
    one.reason,
    shortened(one.type ?? one.subject ?? '–', longestCell),
    shortened(one.rule ?? '–', longestCell),
    haltMs === null ? '–' : ageText(nowMs - haltMs),
    String(one.receiveCount),
    outlooks[one.outlook],
    conversationText(one.conversationIds),
  ];
};

/** Oldest first: that is what SQS will delete first. */
const oldestFirst = (stopped: readonly Stopped[]): readonly Stopped[] =>
  [...stopped].sort((a, b) => (haltOf(a) ?? Infinity) - (haltOf(b) ?? Infinity) || (a.id < b.id ? -1 : 1));

const listText = (looked: Looked, limit: number, nowMs: number): string => {
  const shown = oldestFirst(looked.inbox.stopped).slice(0, limit);
  const more = looked.inbox.stopped.length - shown.length;
  const lines = [
    shown.length === 0
      ? 'Nothing has stopped.'
      : inColumns([header, ...shown.map((one) => row(one, nowMs))], (column) => column === 7),
    ...(more > 0 ? [`  … and ${more} more; --limit ${looked.inbox.stopped.length} lists them all, \`groups\` counts them.`] : []),
    ...lookLines(looked, nowMs),
  ];
  return `${lines.join('\n')}\n`;
};

/** Of one that has stopped, for programs. */
export const stoppedJson = ({ stoppedAtMs, beganAtMs, ...one }: Stopped) => ({
  ...one,
  stoppedAt: instant(stoppedAtMs),
  beganAt: instant(beganAtMs),
});

const listJson = (looked: Looked, limit: number): string => {
  const { stopped } = looked.inbox;
  const listed = oldestFirst(stopped).slice(0, limit).map(stoppedJson);
  return `${JSON.stringify({ ...lookJson(looked), total: stopped.length, stopped: listed }, null, 2)}\n`;
};

const list = (ids: readonly string[], options: ListOptions, terminal: OnCallTerminal): Promise<void> =>
  withOnCall(options, terminal.program, async (outside) => {
    const looked = await lookAtInbox(outside, readFilter(options, ids), options.refresh, terminal);
    const { limit, json } = options;
    terminal.out(json ? listJson(looked, limit) : listText(looked, limit, outside.clock.nowMs()));
    if (isUnfinished(looked)) terminal.found();
  });

const entries = (text: string): number => {
  if (!/^[1-9]\d{0,6}$/.test(text)) throw new InvalidArgumentError('Expected a whole number from 1 to 9999999.');
  return Number(text);
};

/** `tidemark dead-letters list` */
export const addList = (deadLetters: Command, terminal: OnCallTerminal): void => {
  const command = deadLetters
    .command('list')
    .description('all that has stopped, one line each, the oldest first')
    .argument('[ids...]', 'only these');
  addFilterOptions(command)
    .addOption(stackOption())
    .option('--limit <n>', 'lines at most', entries, 50)
    .option('--refresh', 'looks anew, also where somebody has looked within the last quarter of an hour', false)
    .option('--json', 'the same as JSON', false)
    .addHelpText('after', '\nChanges nothing. Exit code 1: not everything could be met.')
    .action((ids: readonly string[], options: ListOptions) => list(ids, options, terminal));
};
