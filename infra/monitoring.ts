import { CfnOutput } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { Alarms } from './alarms/alarms';
import { alarmPlaces, type WatchedParts } from './alarms/places';
import { Dashboard } from './dashboard/dashboard';
import type { StackSettings } from './settings';

interface MonitoringProps {
  readonly parts: WatchedParts;
  readonly settings: StackSettings;
}

/** What tells a person: alarms and their topics, and the page to look at. */
export class Monitoring extends Construct {
  constructor(scope: Construct, id: string, { parts, settings }: MonitoringProps) {
    super(scope, id);
    const places = alarmPlaces(settings, parts);
    const { alarms, topics } = new Alarms(this, 'Alarms', { places, settings });
    const { dashboard } = new Dashboard(this, 'Dashboard', { places, settings, alarms });
    // Nobody hears of anything before somebody has subscribed to these.
    new CfnOutput(this, 'Wake', { value: topics.wake.topicArn }).overrideLogicalId('WakeTopicArn');
    new CfnOutput(this, 'Day', { value: topics.day.topicArn }).overrideLogicalId('DayTopicArn');
    new CfnOutput(this, 'Page', { value: dashboard.dashboardName }).overrideLogicalId('DashboardName');
  }
}
