import path from 'node:path';
import { Duration } from 'aws-cdk-lib';
import {
  Cluster,
  ContainerImage,
  FargateService,
  FargateTaskDefinition,
  LogDrivers,
  type ContainerDefinition,
  type ICluster,
} from 'aws-cdk-lib/aws-ecs';
import type { ISecret } from 'aws-cdk-lib/aws-secretsmanager';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import type { Messaging } from './messaging';
import type { Network } from './network';
import type { StackSettings } from './settings';

export interface WorkerServiceProps {
  readonly messaging: Messaging;
  readonly network: Network;
  readonly genesysSecret: ISecret;
  readonly settings: StackSettings;
}

/** The workers: cluster, task, service. */
export class WorkerService extends Construct {
  readonly cluster: Cluster;
  readonly task: FargateTaskDefinition;
  readonly container: ContainerDefinition;
  readonly service: FargateService;
  readonly logGroup: LogGroup;

  constructor(scope: Construct, id: string, { messaging, network, genesysSecret, settings }: WorkerServiceProps) {
    super(scope, id);
    this.cluster = new Cluster(this, 'Cluster', { vpc: network.vpc });
    this.logGroup = new LogGroup(this, 'Log', { retention: RetentionDays.THREE_MONTHS });
    this.task = new FargateTaskDefinition(this, 'Task', { cpu: settings.cpu, memoryLimitMiB: settings.memoryMib });
    this.container = this.task.addContainer('worker', {
      image:
        settings.image.kind === 'build'
          ? ContainerImage.fromAsset(path.join(__dirname, '..'))
          : ContainerImage.fromRegistry(settings.image.uri),
      environment: { ...messaging.places, GENESYS_SECRET_ARN: genesysSecret.secretArn },
      logging: LogDrivers.awsLogs({ logGroup: this.logGroup, streamPrefix: 'worker' }),
      stopTimeout: Duration.seconds(110),
    });
    this.service = new FargateService(this, 'Service', {
      cluster: this.cluster as ICluster,
      taskDefinition: this.task,
      desiredCount: settings.leastTasks,
      vpcSubnets: { subnets: [...network.subnets] },
    });
  }
}
