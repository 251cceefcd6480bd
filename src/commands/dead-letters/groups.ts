import type { Command } from 'commander';
import { groupStopped, type StoppedGroup } from '../../core/on-call/stopped-groups';
import { inColumns } from '../columns';
import { stackOption } from '../environment';
import type { OnCallTerminal } from '../on-call-terminal';
import { withOnCall } from '../with-on-call';
import { addFilterOptions, type FilterOptions, readFilter } from './filter-options';
import { ageText, instant, isUnfinished, lookJson, lookLines, shortened, timeText } from './inbox-text';
import { lookAtInbox, type Looked } from './look';

interface GroupsOptions extends FilterOptions {
  readonly stack?: string;
  readonly refresh: boolean;
  readonly json: boolean;
}

const header = ['group', 'count', 'place', 'reason', 'type', 'rule', 'first', 'last', 'oldest', 'outlook', 'sample'];
const longestCell = 56;

const outlookText = ({ outlooks, count }: StoppedGroup): string => {
  const parts = [
    [outlooks['would-pass'], 'pass'],
    [outlooks['would-fail'], 'fail'],
    [outlooks['would-duplicate'], 'done'],
    [outlooks.unknown, 'unknown'],
  ] as const;
  return parts
    .filter(([n]) => n > 0)
    .map(([n, what]) => (n === count ? what : `${n} ${what}`))
    .join(', ');
};

const row = (group: StoppedGroup, nowMs: number): readonly string[] => [
  group.group,
  String(group.count),
  group.place,
  group.reason,
  shortened(group.type ?? group.subject ?? '–', longestCell),
  shortened(group.rule ?? '–', longestCell),
  timeText(group.firstMs),
  timeText(group.lastMs),
  group.firstMs === null ? '–' : ageText(nowMs - group.firstMs),
  outlookText(group),
  group.sample,
];

const groupsText = (looked: Looked, nowMs: number): string => {
  const groups = groupStopped(looked.inbox.stopped);
  const notes = lookLines(looked, nowMs);
  const total = looked.inbox.stopped.length;
  const lines =
    groups.length === 0
      ? ['Nothing has stopped.', ...notes]
      : [
          inColumns([header, ...groups.map((group) => row(group, nowMs))], (column) => column === 1),
          '',
          `${total} in ${groups.length} ${groups.length === 1 ? 'group' : 'groups'}. Outlook: what moving them back would lead to, by the code of this program.`,
          ...notes,
          `Next: tidemark dead-letters show ${groups[0]?.group ?? ''}`,
        ];
  return `${lines.join('\n')}\n`;
};

const groupsJson = (looked: Looked, nowMs: number): string => {
  const groups = groupStopped(looked.inbox.stopped).map(({ firstMs, lastMs, ...group }) => ({
    ...group,
    firstAt: instant(firstMs),
    lastAt: instant(lastMs),
    oldestAgeSeconds: firstMs === null ? null : Math.max(0, Math.floor((nowMs - firstMs) / 1_000)),
  }));
  return `${JSON.stringify({ ...lookJson(looked), total: looked.inbox.stopped.length, groups }, null, 2)}\n`;
};

const showGroups = (ids: readonly string[], options: GroupsOptions, terminal: OnCallTerminal): Promise<void> =>
  withOnCall(options, terminal.program, async (outside) => {
    const looked = await lookAtInbox(outside, readFilter(options, ids), options.refresh, terminal);
    const nowMs = outside.clock.nowMs();
    terminal.out(options.json ? groupsJson(looked, nowMs) : groupsText(looked, nowMs));
    if (isUnfinished(looked)) terminal.found();
  });

/** `tidemark dead-letters groups` */
export const addGroups = (deadLetters: Command, terminal: OnCallTerminal): void => {
  const groups = deadLetters
    .command('groups')
    .description('all that has stopped, by cause: how many, since when, and what moving them back would lead to')
    .argument('[ids...]', 'only these');
  addFilterOptions(groups)
    .addOption(stackOption())
    .option('--refresh', 'looks anew, also where somebody has looked within the last quarter of an hour', false)
    .option('--json', 'the same as JSON', false)
    .addHelpText('after', '\nChanges nothing. Exit code 1: not everything could be met.')
    .action((ids: readonly string[], options: GroupsOptions) => showGroups(ids, options, terminal));
};
