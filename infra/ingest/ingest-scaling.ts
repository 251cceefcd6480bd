import { Duration } from 'aws-cdk-lib';
import type { FargateService } from 'aws-cdk-lib/aws-ecs';
import type { ApplicationTargetGroup } from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import type { IngestSetting } from '../settings';

/** Posts in a minute for each task, above which there are more tasks: 200 a second, a fifth of what one takes by default with one secret. */
const postsPerTask = 12_000;

/** Half of a task is left for the minutes until another one has started. */
const mostCpuPercent = 50;

const cooldowns = { scaleInCooldown: Duration.minutes(5), scaleOutCooldown: Duration.minutes(1) };

/** By what comes, which shows at once, and by what it costs, which is true of large posts, too. The one that wants more tasks has its way. */
export const scaleOnPosts = (service: FargateService, targets: ApplicationTargetGroup, setting: IngestSetting): void => {
  const count = service.autoScaleTaskCount({ minCapacity: setting.leastTasks, maxCapacity: setting.mostTasks });
  count.scaleOnRequestCount('Posts', { requestsPerTarget: postsPerTask, targetGroup: targets, ...cooldowns });
  count.scaleOnCpuUtilization('Cpu', { targetUtilizationPercent: mostCpuPercent, ...cooldowns });
};
