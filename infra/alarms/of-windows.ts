import { type AlarmDefinition, fiveMinutes, hourSeconds, inEach, minuteSeconds, within } from './definition';
import { orNone, ours, percent, unlessPaused, watch } from './series';

/* Whether windows close, in time, and for good. */

const parked = (id: string, urgency: AlarmDefinition['urgency'], threshold: number): AlarmDefinition => ({
  ...{ id, urgency, threshold, section: 'Parked windows' },
  means: 'Windows failed too often and wait for a person.',
  watched: watch(ours('WindowsParked', 'Sum')),
  ...{ is: '>=', ...within(fiveMinutes), silence: 'notBreaching' },
});

export const windowAlarms: readonly AlarmDefinition[] = [
  parked('windows-parked', 'day', 1),
  parked('windows-parked-many', 'wake', 10),
  {
    id: 'watermark-lag',
    section: 'The watermark lags',
    urgency: 'wake',
    means: 'Windows wait for messages that were sent minutes ago: records come late.',
    watched: unlessPaused('intake', ours('WatermarkLag', 'Maximum'), 0),
    ...{ is: '>', threshold: 300_000, unit: 'ms', ...inEach(10, minuteSeconds), silence: 'ignore' },
  },
  {
    id: 'closes-late',
    section: 'Windows close late',
    urgency: 'wake',
    means: 'Windows are claimed more than a minute after they are due.',
    watched: watch(ours('CloseDelay', 'p99')),
    ...{ is: '>', threshold: 60_000, unit: 'ms', ...inEach(15, minuteSeconds), silence: 'notBreaching' },
  },
  {
    id: 'windows-overdue',
    section: 'Windows close late',
    urgency: 'wake',
    means: 'A window has been due for more than five minutes, and nobody closes it.',
    watched: watch(ours('OldestOverdue', 'Maximum')),
    ...{ is: '>', threshold: 300_000, unit: 'ms', ...inEach(10, minuteSeconds), silence: 'ignore' },
  },
  {
    id: 'closes-fail',
    section: 'Closes fail',
    urgency: 'wake',
    means: 'Closes fail and are tried again.',
    watched: watch(ours('ClosesFailed', 'Sum')),
    ...{ is: '>=', threshold: 10, ...inEach(3, fiveMinutes), silence: 'notBreaching' },
  },
  {
    id: 'late-revisions',
    section: 'Many late revisions',
    urgency: 'day',
    means: 'Many records are revised after they had left, because events came late.',
    watched: {
      expression: `IF(${orNone('late')} >= 10, ${percent(orNone('late'), 'all')}, 0)`,
      over: { late: ours('RecordsPut', 'Sum', { pane: 'late' }), all: ours('RecordsPut', 'Sum') },
      words: '`RecordsPut` of pane `late` over all `RecordsPut`, where ten or more were late',
    },
    ...{ is: '>', threshold: 5, unit: '%', ...inEach(3, hourSeconds), silence: 'notBreaching' },
  },
];
