import type { WorkerDependency } from '../../src/core/metric-names';
import { levers, type Lever } from '../../src/core/on-call/levers';
import {
  type AlarmDefinition,
  type AlarmPlaces,
  daySeconds,
  fiveMinutes,
  inEach,
  minuteSeconds,
  quarterHour,
  within,
} from './definition';
import { ofAws, orNone, ours, percent, watch, type Watched } from './series';

/* What closing needs: dependencies, people's levers, Genesys, the workflow; and whether the feed is complete. */

/** Minutes for which one may be open. Without the table nothing goes on at all. */
const patience: Readonly<Record<WorkerDependency, number>> = { table: 5, genesys: 15, 'step-functions': 15, sns: 15 };

const breaker = ([dependency, minutes]: [string, number]): AlarmDefinition => ({
  id: `breaker-${dependency}`,
  section: 'A breaker is open',
  urgency: 'wake',
  means: `Calls of ${dependency} are held back because it does not answer.`,
  watched: watch(ours('BreakerOpen', 'Maximum', { dependency: dependency as WorkerDependency })),
  of: dependency,
  ...{ is: '>=', threshold: 1, ...inEach(minutes, minuteSeconds), silence: 'ignore' },
});

const lever = (name: Lever): AlarmDefinition => ({
  id: `lever-${name}`,
  section: 'A lever is pulled',
  urgency: 'day',
  means: `A person paused ${name} an hour ago and has not resumed it.`,
  watched: watch(ours('LeverPaused', 'Maximum', { lever: name })),
  of: name,
  ...{ is: '>=', threshold: 1, ...inEach(60, minuteSeconds), silence: 'ignore' },
});

const failedExecutions = ({ stateMachineArn: StateMachineArn }: AlarmPlaces): Watched => ({
  expression: ['failed', 'timedOut', 'aborted'].map(orNone).join(' + '),
  over: {
    failed: ofAws('AWS/States', 'ExecutionsFailed', 'Sum', { StateMachineArn }),
    timedOut: ofAws('AWS/States', 'ExecutionsTimedOut', 'Sum', { StateMachineArn }),
    aborted: ofAws('AWS/States', 'ExecutionsAborted', 'Sum', { StateMachineArn }),
  },
  words: 'AWS/States `ExecutionsFailed` + `ExecutionsTimedOut` + `ExecutionsAborted`',
});

const executions = (places: AlarmPlaces): readonly AlarmDefinition[] =>
  ([['executions-failed', 'day', 1] as const, ['executions-failed-many', 'wake', 10] as const] as const).map(
    ([id, urgency, threshold]) => ({
      ...{ id, urgency, threshold, section: 'Failed executions' },
      means: 'Revisions were handed off, and their enrichment failed.',
      watched: failedExecutions(places),
      ...{ is: '>=', ...within(quarterHour), silence: 'notBreaching' },
    }),
  );

const genesys: readonly AlarmDefinition[] = [
  {
    id: 'genesys-held-back',
    section: 'Genesys holds us back',
    urgency: 'day',
    means: 'The quota of requests to Genesys is used up, and windows wait for their details.',
    watched: watch(ours('GenesysHeldBack', 'Sum', { purpose: 'live' }), ' of purpose `live`'),
    ...{ is: '>=', threshold: 1, ...inEach(12, fiveMinutes), silence: 'notBreaching' },
  },
  {
    id: 'genesys-refuses',
    section: 'Genesys holds us back',
    urgency: 'day',
    means: 'Genesys refuses requests with 429: somebody else may use our OAuth client.',
    watched: {
      expression: percent(orNone('refused'), 'asked'),
      over: { refused: ours('GenesysRequests', 'Sum', { status: '429' }), asked: ours('GenesysRequests', 'Sum') },
      words: '`GenesysRequests` of status `429` over all `GenesysRequests`',
    },
    ...{ is: '>', threshold: 1, unit: '%', ...inEach(3, fiveMinutes), silence: 'notBreaching' },
  },
];

const completeness: readonly AlarmDefinition[] = [
  {
    id: 'analytics-differ',
    section: 'Analytics say otherwise',
    urgency: 'day',
    means: "Genesys's analytics know of conversations, or of parts of them, that did not come.",
    watched: {
      expression: percent(`${orNone('differed')} + ${orNone('unknown')}`, 'compared'),
      over: {
        differed: ours('ReconciliationDiffered', 'Sum'),
        unknown: ours('ReconciliationUnknown', 'Sum'),
        compared: ours('ReconciliationCompared', 'Sum'),
      },
      words: '`ReconciliationDiffered` + `ReconciliationUnknown` over `ReconciliationCompared`',
    },
    ...{ is: '>', threshold: 1, unit: '%', ...within(daySeconds), silence: 'notBreaching' },
  },
  {
    id: 'feed-drifts',
    section: 'The feed drifts',
    urgency: 'day',
    means: 'Genesys sends what the newest schema does not know.',
    watched: watch(ours('SchemaDrift', 'Sum')),
    ...{ is: '>=', threshold: 1, ...within(daySeconds), silence: 'notBreaching' },
  },
];

export const downstreamAlarms = (places: AlarmPlaces): readonly AlarmDefinition[] => [
  ...executions(places),
  ...Object.entries(patience).map(breaker),
  ...levers.map(lever),
  ...genesys,
  ...completeness,
];
