import { judge, type Finding } from './finding';

export interface SeenSettings {
  /** Outputs that the stack should have and lacks; null: the names came from the environment. */
  readonly lacking: readonly string[] | null;
  /** What a worker would say of this environment. */
  readonly problems: readonly string[];
  readonly retentionDays: number;
  readonly eventRetentionDays: number;
}

/** A dead letter lives 14 days; one that comes back then must find its window. */
const shortestRetentionDays = 15;

const judgeOutputs = (lacking: readonly string[]): Finding =>
  judge({
    check: 'outputs',
    expected: 'all that the stack tells',
    actual: lacking.length === 0 ? 'all there' : `lacks ${lacking.join(', ')}`,
    isRight: lacking.length === 0,
    otherwise: 'warn',
    todo: 'Deploy the stack with this version: what has no name here is not looked at.',
  });

const judgeWorkers = (problems: readonly string[]): readonly Finding[] =>
  problems.length === 0
    ? [judge({ check: 'a worker’s', expected: 'complete', actual: 'complete', isRight: true, todo: '' })]
    : problems.map((actual) =>
        judge({
          check: 'a worker’s',
          expected: 'what a worker can start with',
          actual,
          isRight: false,
          otherwise: 'warn',
          todo: 'Set it as the workers have it, or take no notice where this is not their environment.',
        }),
      );

export const judgeSettings = (seen: SeenSettings): readonly Finding[] => {
  const days = Math.min(seen.retentionDays, seen.eventRetentionDays);
  return [
    ...(seen.lacking === null ? [] : [judgeOutputs(seen.lacking)]),
    ...judgeWorkers(seen.problems),
    judge({
      check: 'retention',
      expected: `at least ${shortestRetentionDays} days`,
      actual: `records ${seen.retentionDays} days, events ${seen.eventRetentionDays}`,
      isRight: days >= shortestRetentionDays,
      otherwise: 'warn',
      todo: 'Raise RETENTION_DAYS and EVENT_RETENTION_DAYS: a dead letter that is moved back on its 14th day starts a second record.',
    }),
  ];
};
