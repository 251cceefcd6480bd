import type { Stopped } from '../../core/on-call/stopped';
import type { Inbox } from '../../on-call/read-inbox';
import { inColumns } from '../columns';
import { lookLines, printable } from './inbox-text';

/** Letters of one cause among those that were chosen. */
interface ChosenGroup extends Pick<Stopped, 'group' | 'place' | 'reason' | 'type'> {
  readonly count: number;
}

/** Most letters first. */
export const chosenGroups = (chosen: readonly Stopped[]): readonly ChosenGroup[] => {
  const groups = new Map<string, ChosenGroup>();
  for (const { group, place, reason, type } of chosen)
    groups.set(group, { group, place, reason, type, count: (groups.get(group)?.count ?? 0) + 1 });
  return [...groups.values()].sort((a, b) => b.count - a.count);
};

const groupsTable = (chosen: readonly Stopped[]): string =>
  inColumns(
    [
      ['group', 'letters', 'place', 'reason', 'type'],
      ...chosenGroups(chosen).map(({ group, count, place, reason, type }) => [
        group,
        String(count),
        place,
        printable(reason),
        printable(type ?? '–'),
      ]),
    ],
    (column) => column === 1,
  );

/** What a dry run found: how many, of which groups. */
export const chosenText = (inbox: Inbox): string => {
  const { stopped, places, readAtMs } = inbox;
  const met = places.reduce((sum, place) => sum + place.met, 0);
  const table = stopped.length === 0 ? '' : `\n${groupsTable(stopped)}\n\n`;
  const notes = lookLines({ inbox, isFromBefore: false }, readAtMs).map((line) => `${line}\n`);
  return `${stopped.length} of ${met} letters pass the filter.\n${table}${notes.join('')}`;
};

/** selected = …, with what is not nothing. */
export const countsText = ({ selected = 0, ...rest }: Readonly<Record<string, number>>): string =>
  `${selected} selected = ${Object.entries(rest)
    .map(([name, count]) => `${count} ${name}`)
    .join(' + ')}`;
