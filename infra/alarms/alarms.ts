import { Alarm, ComparisonOperator, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import { Construct } from 'constructs';
import { AlarmTopics } from '../alarm-topics';
import { metricsNamespace, type StackSettings } from '../settings';
import { watchedMetric } from './cloudwatch';
import type { AlarmDefinition, AlarmPlaces } from './definition';
import { alarmDefinitions } from './definitions';
import { anchorOf } from './words';

interface AlarmsProps {
  readonly places: AlarmPlaces;
  readonly settings: StackSettings;
}

const operators = {
  '>': ComparisonOperator.GREATER_THAN_THRESHOLD,
  '>=': ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
  '<': ComparisonOperator.LESS_THAN_THRESHOLD,
} as const;

const missing = {
  breaching: TreatMissingData.BREACHING,
  notBreaching: TreatMissingData.NOT_BREACHING,
  ignore: TreatMissingData.IGNORE,
} as const;

/** The alarms of docs/runbook.md, each with a link to its section. */
export class Alarms extends Construct {
  readonly alarms: readonly Alarm[];
  readonly topics: AlarmTopics['topics'];

  constructor(scope: Construct, id: string, { places, settings }: AlarmsProps) {
    super(scope, id);
    this.topics = new AlarmTopics(this, 'Topics', settings).topics;
    this.alarms = alarmDefinitions(places).map((definition) => this.alarm(definition, settings));
  }

  private alarm(definition: AlarmDefinition, settings: StackSettings): Alarm {
    const { id, section, urgency, means, watched, is, threshold, periodSeconds, periods, silence } = definition;
    const alarm = new Alarm(this, id, {
      alarmName: `${settings.stackName}-${id}`,
      alarmDescription: `${means} ${settings.runbookUrl}#${anchorOf(section)}`,
      metric: watchedMetric(watched, metricsNamespace(settings), periodSeconds),
      comparisonOperator: operators[is],
      threshold,
      evaluationPeriods: periods,
      datapointsToAlarm: periods,
      treatMissingData: missing[silence],
    });
    const tell = new SnsAction(this.topics[urgency]);
    alarm.addAlarmAction(tell);
    // Who was woken is told when it is over; a ticket is closed by a person.
    if (urgency === 'wake') alarm.addOkAction(tell);
    return alarm;
  }
}
