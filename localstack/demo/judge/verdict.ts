import type { Plan } from '../plan';
import type { Observed } from '../observe';
import { judgeWritten } from './back-office';
import type { Difference } from './difference';
import { judgeDoor, type DoorEvidence } from './door';
import { judgeExecutions, type ServedDetails } from './executions';
import { judgeLeaks, maskCanaries, type Output } from './leaks';
import { judgeAttached, judgeDeadLetters, judgePublications } from './messages';
import { judgeEconomy, judgeRecords } from './records';

export interface Evidence {
  readonly observed: Observed;
  readonly served: ServedDetails;
  /** Everything that was logged or printed. */
  readonly outputs: readonly Output[];
  /** How each worker ended after SIGTERM. */
  readonly exits: readonly { readonly name: string; readonly exit: string }[];
  /** Where traffic came over HTTP. */
  readonly door?: DoorEvidence | undefined;
}

const judgeExits = (exits: Evidence['exits']): readonly Difference[] =>
  exits
    .filter(({ exit }) => exit !== '0')
    .map(({ name, exit }) => ({ where: name, what: `exit code after SIGTERM: expected 0, got ${exit}` }));

/** Stories of dead letters are read by people, too. */
const storiesOf = ({ deadLetters, failureNotes }: Observed): Output => ({
  name: 'stories of dead letters',
  text: JSON.stringify([deadLetters.map(({ attributes }) => attributes), [...failureNotes.values()]]),
});

/** All that differs from what must be. */
export const judge = (plan: Plan, { observed, served, outputs, exits, door }: Evidence): readonly Difference[] => {
  const records = [...observed.records.values()].flat();
  return [
    ...judgeRecords(plan.conversations, observed),
    ...judgeEconomy(plan.conversations, observed),
    ...judgeExecutions(records, observed.executions, { served, beside: plan.beside }),
    ...judgeWritten(observed.records, observed.executions, observed.written),
    ...judgeDeadLetters(plan.deadLetters, observed),
    ...judgePublications(records, plan, observed),
    ...judgeAttached(records, plan, observed),
    ...(door ? judgeDoor(plan, door) : []),
    ...judgeExits(exits),
    ...judgeLeaks([...outputs, storiesOf(observed)], plan.canaries),
  ];
};

const shownAtMost = 20;

/** A list that can be read, by conversation; what it quotes is masked. */
export const describeDifferences = (differences: readonly Difference[], plan: Pick<Plan, 'canaries'>): string => {
  const shown = differences.slice(0, shownAtMost);
  const lines = shown.flatMap(({ where, what }, index) => [
    ...(shown[index - 1]?.where === where ? [] : [`  ${where}`]),
    `    ${what}`,
  ]);
  const more = differences.length > shown.length ? [`  and ${differences.length - shown.length} more`] : [];
  return maskCanaries([`What is not as it must be (${differences.length}):`, ...lines, ...more].join('\n'), plan.canaries);
};
