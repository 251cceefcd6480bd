import type { Pause } from '../core/on-call/levers';
import { judge, type Finding } from './finding';
import { ifSeen, type Seen } from './seen';

/** As the runbook has it: above that it rings. */
const longestLagMs = 300_000;

export interface FleetNews {
  readonly alive: number;
  readonly silent: number;
  /** How far the fleet's watermark is behind; null where none is known. */
  readonly lagMs: number | null;
  readonly paused: readonly Pause[];
}

const seconds = (ms: number): string => `${Math.round(ms / 1_000)} s`;

const judgeAlive = ({ alive, silent }: FleetNews): Finding =>
  judge({
    check: 'alive',
    expected: 'at least one',
    actual: `${alive}${silent > 0 ? `, and ${silent} that fell silent` : ''}`,
    isRight: alive > 0,
    todo: 'Start the service, or read its log: a worker that runs is heard of every few seconds.',
  });

const judgeLag = ({ alive, lagMs }: FleetNews): readonly Finding[] =>
  // Nobody moves it.
  alive === 0
    ? []
    : [
        judge({
          check: 'watermark',
          expected: `less than ${seconds(longestLagMs)} behind`,
          actual: lagMs === null ? 'none yet' : `${seconds(lagMs)} behind`,
          isRight: lagMs !== null && lagMs < longestLagMs,
          otherwise: 'warn',
          todo: 'The runbook says what holds it: "The watermark lags".',
        }),
      ];

const judgeLevers = ({ paused }: FleetNews): Finding =>
  judge({
    check: 'levers',
    expected: 'none pulled',
    actual:
      paused.length === 0
        ? 'none pulled'
        : paused.map(({ lever, sinceMs, who }) => `${lever} since ${new Date(sinceMs).toISOString()} by ${who}`).join('; '),
    isRight: paused.length === 0,
    otherwise: 'warn',
    todo: '`tidemark levers` says why; `tidemark resume LEVER --reason TEXT` ends it.',
  });

export const judgeFleet = (seen: Seen<FleetNews>): readonly Finding[] =>
  ifSeen(seen, { check: 'workers', expected: 'a table to read them from', todo: 'Mend the table first.' }, (news) => [
    judgeAlive(news),
    ...judgeLag(news),
    judgeLevers(news),
  ]);
