import type { Stopped } from '../../core/on-call/stopped';
import type { Inbox } from '../../on-call/read-inbox';
import { inColumns } from '../columns';

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
      ...chosenGroups(chosen).map(({ group, count, place, reason, type }) => [group, String(count), place, reason, type ?? '-']),
    ],
    (column) => column === 1,
  );

const notThrough = ({ places }: Inbox): string =>
  places.some(({ end }) => end !== 'through') ? 'Not every letter was met: run it again for the rest.\n' : '';

const whatWasHidden = ({ places }: Inbox): string => {
  const seconds = Math.max(0, ...places.map(({ hideSeconds }) => hideSeconds));
  return seconds === 0 ? '' : `Others may have missed a letter for at most ${seconds} seconds while it was looked at.\n`;
};

/** What a dry run found: how many, of which groups. */
export const chosenText = (inbox: Inbox): string => {
  const { stopped, places, notLookedAt } = inbox;
  const met = places.reduce((sum, place) => sum + place.met, 0);
  const missing = notLookedAt.map(({ place, why }) => `Not looked at: ${place}. ${why}\n`).join('');
  const table = stopped.length === 0 ? '' : `\n${groupsTable(stopped)}\n\n`;
  return `${stopped.length} of ${met} letters pass the filter.\n${table}${notThrough(inbox)}${whatWasHidden(inbox)}${missing}`;
};

/** selected = …, with what is not nothing. */
export const countsText = ({ selected = 0, ...rest }: Readonly<Record<string, number>>): string =>
  `${selected} selected = ${Object.entries(rest)
    .map(([name, count]) => `${count} ${name}`)
    .join(' + ')}`;
