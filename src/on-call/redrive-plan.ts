import type { Outlook, Stopped, StoppedPlace } from '../core/on-call/stopped';
import type { OnCallOutside } from './outside';

export interface SkippedAhead {
  readonly stopped: Stopped;
  readonly why: string;
}

/** What one job would do: one place, one queue. */
export interface RedrivePlan {
  readonly place: StoppedPlace;
  readonly queueUrl: string | null;
  /** Where to, as a person calls it; null where nobody knows. */
  readonly to: string | null;
  readonly toMove: readonly Stopped[];
  readonly toSkip: readonly SkippedAhead[];
}

/** How many of each group, and what would come of them. */
export interface GroupPlan {
  readonly group: string;
  readonly reason: string;
  readonly type: string | null;
  readonly count: number;
  readonly outlooks: Readonly<Record<Outlook, number>>;
  readonly skipped: number;
}

const failedAgain = 'it failed again after an earlier redrive';

/**
 * Why it stays where it is, unless it is asked for by --again: nothing is redriven in a loop, and what the code of today refuses
 * comes back.
 */
const whySkipped = ({ history, outlook }: Stopped): string | null => {
  if (history !== null) return failedAgain;
  return outlook === 'would-fail' ? 'it would still fail' : null;
};

const nameOfPlace: Readonly<Record<'window' | 'execution', string>> = {
  window: 'the workers',
  execution: 'Step Functions, under other names',
};

type PlanOutside = Pick<OnCallOutside, 'letterQueues' | 'destinationOf'>;

const destinationName = ({ letterQueues, destinationOf }: PlanOutside, { place, queueUrl }: Stopped): string | null => {
  if (place === 'window' || place === 'execution') return nameOfPlace[place];
  const queue = letterQueues.find(({ url }) => url === queueUrl);
  return (queue && destinationOf(queue)?.name) ?? null;
};

/** One plan for each place and queue, in the order in which they were met. */
export const planRedrives = (
  outside: PlanOutside,
  stopped: readonly Stopped[],
  { again }: { readonly again: boolean },
): readonly RedrivePlan[] => {
  const plans = new Map<string, RedrivePlan & { readonly toMove: Stopped[]; readonly toSkip: SkippedAhead[] }>();
  for (const one of stopped) {
    const { place, queueUrl } = one;
    const key = `${place} ${queueUrl ?? ''}`;
    const plan = plans.get(key) ?? { place, queueUrl, to: destinationName(outside, one), toMove: [], toSkip: [] };
    plans.set(key, plan);
    const why = again ? null : whySkipped(one);
    if (why === null) plan.toMove.push(one);
    else plan.toSkip.push({ stopped: one, why });
  }
  return [...plans.values()];
};

const noOutlooks: Readonly<Record<Outlook, number>> = { 'would-pass': 0, 'would-fail': 0, 'would-duplicate': 0, unknown: 0 };

/** Largest first. */
export const groupsOf = ({ toMove, toSkip }: RedrivePlan): readonly GroupPlan[] => {
  const groups = new Map<string, GroupPlan>();
  const count = ({ group, reason, type, outlook }: Stopped, skipped: number): void => {
    const before = groups.get(group) ?? { group, reason, type, count: 0, outlooks: noOutlooks, skipped: 0 };
    const outlooks = { ...before.outlooks, [outlook]: before.outlooks[outlook] + 1 };
    groups.set(group, { ...before, count: before.count + 1, outlooks, skipped: before.skipped + skipped });
  };
  for (const one of toMove) count(one, 0);
  for (const { stopped } of toSkip) count(stopped, 1);
  return [...groups.values()].sort((a, b) => b.count - a.count);
};

export const outlooksOf = (plan: RedrivePlan): Readonly<Record<Outlook, number>> =>
  groupsOf(plan).reduce(
    (sum, { outlooks }) => ({
      'would-pass': sum['would-pass'] + outlooks['would-pass'],
      'would-fail': sum['would-fail'] + outlooks['would-fail'],
      'would-duplicate': sum['would-duplicate'] + outlooks['would-duplicate'],
      unknown: sum.unknown + outlooks.unknown,
    }),
    noOutlooks,
  );
