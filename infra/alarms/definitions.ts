import type { AlarmDefinition, AlarmPlaces } from './definition';
import { downstreamAlarms } from './of-downstream';
import { ingestAlarms } from './of-ingest';
import { intakeAlarms } from './of-intake';
import { letterAlarms } from './of-letters';
import { windowAlarms } from './of-windows';

/** Every alarm, in the order of the runbook. */
export const alarmDefinitions = (places: AlarmPlaces): readonly AlarmDefinition[] => [
  ...letterAlarms(places),
  ...windowAlarms,
  ...downstreamAlarms(places),
  ...intakeAlarms(places),
  ...ingestAlarms(places),
];
