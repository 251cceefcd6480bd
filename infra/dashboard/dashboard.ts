import { Duration } from 'aws-cdk-lib';
import {
  AlarmStatusWidget,
  Dashboard as CloudWatchDashboard,
  GraphWidget,
  PeriodOverride,
  TextWidget,
  type IAlarm,
  type IMetric,
  type IWidget,
} from 'aws-cdk-lib/aws-cloudwatch';
import { Construct } from 'constructs';
import { metricOf } from '../alarms/cloudwatch';
import type { AlarmPlaces } from '../alarms/definition';
import type { Series } from '../alarms/series';
import { anchorOf } from '../alarms/words';
import { metricsNamespace, type StackSettings } from '../settings';
import { dashboardRows } from './graphs';
import type { Graph, Row } from './row';

interface DashboardProps {
  readonly places: AlarmPlaces;
  readonly settings: StackSettings;
  readonly alarms: readonly IAlarm[];
}

/** CloudWatch's grid is 24 wide. */
const wholeRow = 24;

/** One page for whoever was woken: what rings, then the rows from the answer down to the bill. */
export class Dashboard extends Construct {
  readonly dashboard: CloudWatchDashboard;

  constructor(scope: Construct, id: string, { places, settings, alarms }: DashboardProps) {
    super(scope, id);
    const ringing = new AlarmStatusWidget({ title: 'What rings', alarms: [...alarms], width: wholeRow, height: 5 });
    const rows = dashboardRows(places).map((row) => widgetsOf(row, settings));
    this.dashboard = new CloudWatchDashboard(this, 'Dashboard', {
      dashboardName: settings.stackName,
      defaultInterval: Duration.hours(3),
      periodOverride: PeriodOverride.AUTO,
      widgets: [[ringing], ...rows.flat()],
    });
  }
}

const linesOf = (lines: Readonly<Record<string, Series>>, settings: StackSettings): IMetric[] =>
  Object.entries(lines).map(([label, series]) => metricOf(series, metricsNamespace(settings), 60).with({ label }));

const graphOf = ({ title, lines, right, stacked }: Graph, width: number, settings: StackSettings): GraphWidget =>
  new GraphWidget({
    ...{ title, width, height: 6, left: linesOf(lines, settings), leftYAxis: { min: 0 } },
    ...(right === undefined ? {} : { right: linesOf(right, settings), rightYAxis: { min: 0 } }),
    ...(stacked === undefined ? {} : { stacked }),
  });

const widgetsOf = ({ title, sections, graphs }: Row, settings: StackSettings): readonly IWidget[][] => {
  const links = sections.map((section) => `[${section}](${settings.runbookUrl}#${anchorOf(section)})`);
  const text = new TextWidget({ markdown: `## ${title}\n${links.join(' · ')}`, width: wholeRow, height: 2 });
  return [[text], graphs.map((graph) => graphOf(graph, wholeRow / graphs.length, settings))];
};
