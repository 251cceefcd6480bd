import { Duration } from 'aws-cdk-lib';
import { AdjustmentType, CfnScalingPolicy } from 'aws-cdk-lib/aws-applicationautoscaling';
import type { ICluster, FargateService, ScalableTaskCount } from 'aws-cdk-lib/aws-ecs';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import type { StackSettings } from './settings';

interface Scaling {
  readonly cluster: ICluster;
  readonly queue: IQueue;
  readonly settings: StackSettings;
}

type DataQuery = CfnScalingPolicy.TargetTrackingMetricDataQueryProperty;

/** A worker that is taken away hands back what it holds, so nothing is lost by it; but a wave seldom comes alone. */
const scaleInCooldown = Duration.minutes(5);
/** As long as a task takes to start and to show in the queue's length. */
const scaleOutCooldown = Duration.minutes(1);

const metric = (id: string, namespace: string, metricName: string, dimensions: Readonly<Record<string, string>>): DataQuery => ({
  id,
  metricStat: {
    metric: { namespace, metricName, dimensions: Object.entries(dimensions).map(([name, value]) => ({ name, value })) },
    stat: 'Average',
  },
  returnData: false,
});

/** Messages that wait, for each task that runs. The shares of a number of tasks, so more tasks bring it down, which target tracking asks for. */
const backlogPerTask = (service: FargateService, { cluster, queue }: Scaling): readonly DataQuery[] => [
  metric('visible', 'AWS/SQS', 'ApproximateNumberOfMessagesVisible', { QueueName: queue.queueName }),
  metric('running', 'ECS/ContainerInsights', 'RunningTaskCount', {
    ClusterName: cluster.clusterName,
    ServiceName: service.serviceName,
  }),
  { id: 'backlog', label: 'Messages per task', expression: 'visible / IF(running > 0, running, 1)', returnData: true },
];

/** CDK's own target tracking takes no expression; CloudFormation's does. */
const trackBacklog = (count: ScalableTaskCount, queries: readonly DataQuery[], targetValue: number): void => {
  new CfnScalingPolicy(count, 'BacklogPerTask', {
    policyName: 'backlog-per-task',
    policyType: 'TargetTrackingScaling',
    scalingTargetId: count,
    targetTrackingScalingPolicyConfiguration: {
      customizedMetricSpecification: { metrics: [...queries] },
      targetValue,
      scaleInCooldown: scaleInCooldown.toSeconds(),
      scaleOutCooldown: scaleOutCooldown.toSeconds(),
    },
  });
};

/**
 * A message that waits for minutes, however few there are: batches are slow then, not many. (One that a worker fails at does not count:
 * SQS takes it out of this metric after its third receive.) While intake is paused or the table is away this adds tasks, up to the most,
 * that will be needed when it is back. Fewer tasks again is for the backlog to say.
 */
const addForAge = (count: ScalableTaskCount, queue: IQueue): void =>
  count.scaleOnMetric('Age', {
    metric: queue.metricApproximateAgeOfOldestMessage({ period: Duration.minutes(1), statistic: 'Maximum' }),
    adjustmentType: AdjustmentType.CHANGE_IN_CAPACITY,
    scalingSteps: [
      { upper: 60, change: 0 },
      { lower: 60, change: 1 },
      { lower: 300, change: 3 },
    ],
    cooldown: Duration.minutes(2),
  });

/** As many tasks as the queue needs. */
export const scaleOnBacklog = (service: FargateService, scaling: Scaling): void => {
  const { queue, settings } = scaling;
  const count = service.autoScaleTaskCount({ minCapacity: settings.leastTasks, maxCapacity: settings.mostTasks });
  trackBacklog(count, backlogPerTask(service, scaling), settings.backlogPerTask);
  addForAge(count, queue);
};
