import type { Outlook, Stopped } from './stopped';

/** All that stopped for one cause. */
export interface StoppedGroup extends Pick<Stopped, 'group' | 'place' | 'reason' | 'subject' | 'type' | 'rule'> {
  readonly count: number;
  /** Of its sample; those of the others differ in numbers and ids. */
  readonly detail: string;
  /** Stopped, or where that is not known began, epoch ms; null where nobody knows of any. */
  readonly firstMs: number | null;
  readonly lastMs: number | null;
  readonly outlooks: Readonly<Record<Outlook, number>>;
  /** Moved back before, and here again. */
  readonly movedBack: number;
  /** The one that stopped first. */
  readonly sample: string;
}

/** When it came to a halt, as far as anybody knows. */
export const haltOf = ({ stoppedAtMs, beganAtMs }: Stopped): number | null => stoppedAtMs ?? beganAtMs;

const inOrder = (a: Stopped, b: Stopped): number =>
  (haltOf(a) ?? Infinity) - (haltOf(b) ?? Infinity) || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0);

const countOutlooks = (members: readonly Stopped[]): StoppedGroup['outlooks'] => {
  const counts = { 'would-pass': 0, 'would-fail': 0, 'would-duplicate': 0, unknown: 0 };
  for (const { outlook } of members) counts[outlook] += 1;
  return counts;
};

const describe = (members: readonly Stopped[], first: Stopped): StoppedGroup => {
  const { group, place, reason, subject, type, rule, detail, id } = first;
  const halts = members.map(haltOf).filter((ms) => ms !== null);
  return {
    ...{ group, place, reason, subject, type, rule, detail },
    count: members.length,
    firstMs: halts.length === 0 ? null : halts.reduce((a, b) => Math.min(a, b)),
    lastMs: halts.length === 0 ? null : halts.reduce((a, b) => Math.max(a, b)),
    outlooks: countOutlooks(members),
    movedBack: members.filter(({ history }) => history !== null).length,
    sample: id,
  };
};

/** Biggest first. The same for the same things, in whatever order they were met. */
export const groupStopped = (stopped: readonly Stopped[]): readonly StoppedGroup[] => {
  const byGroup = new Map<string, Stopped[]>();
  for (const one of stopped) {
    const members = byGroup.get(one.group);
    if (members) members.push(one);
    else byGroup.set(one.group, [one]);
  }
  return [...byGroup.values()]
    .map((members) =>
      describe(
        members,
        members.reduce((first, one) => (inOrder(one, first) < 0 ? one : first)),
      ),
    )
    .sort((a, b) => b.count - a.count || (a.group < b.group ? -1 : 1));
};
