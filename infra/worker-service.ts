import { Aws } from 'aws-cdk-lib';
import {
  Cluster,
  ContainerInsights,
  type CfnCluster,
  type ContainerDefinition,
  type FargateService,
  type FargateTaskDefinition,
  type ICluster,
} from 'aws-cdk-lib/aws-ecs';
import type { LogGroup } from 'aws-cdk-lib/aws-logs';
import type { ISecret } from 'aws-cdk-lib/aws-secretsmanager';
import { Construct } from 'constructs';
import type { Messaging } from './messaging';
import type { Network } from './network';
import { letThrough, programService } from './program-service';
import { ProgramTask } from './program-task';
import { scaleOnBacklog } from './scaling';
import type { StackSettings } from './settings';
import { workerEnvironment } from './worker-environment';
import { rightsAt, workerStatements, type WorkerPlaces } from './worker-rights';

export interface WorkerServiceProps {
  readonly messaging: Messaging;
  readonly network: Network;
  readonly genesysSecret: ISecret;
  readonly settings: StackSettings;
}

const placesOf = ({ messaging, genesysSecret }: WorkerServiceProps): WorkerPlaces => {
  const { queues, windowTable, recordTopic, enrichment } = messaging;
  return {
    intakeQueue: queues.intake.queueArn,
    deadLetterQueue: queues.deadLetters.queueArn,
    table: windowTable.table.tableArn,
    dueIndex: `${windowTable.table.tableArn}/index/due`,
    stateMachine: enrichment.stateMachine.stateMachineArn,
    topic: recordTopic.topic.topicArn,
    genesysSecret: genesysSecret.secretArn,
  };
};

/** The workers: cluster, task, service. */
export class WorkerService extends Construct {
  readonly cluster: Cluster;
  readonly task: FargateTaskDefinition;
  readonly container: ContainerDefinition;
  readonly service: FargateService;
  readonly logGroup: LogGroup;

  constructor(scope: Construct, id: string, props: WorkerServiceProps) {
    super(scope, id);
    const { messaging, network, genesysSecret, settings } = props;
    const places = placesOf(props);
    const { definition, container, logGroup } = new ProgramTask(this, 'Task', {
      program: 'worker',
      port: null,
      environment: workerEnvironment(
        { ...messaging.places, GENESYS_SECRET_ARN: genesysSecret.secretArn, AWS_REGION: Aws.REGION },
        settings,
      ),
      statements: workerStatements(places, settings.genesysSecretKeyArn),
      settings,
    });
    this.task = definition;
    this.container = container;
    this.logGroup = logGroup;
    this.cluster = this.makeCluster(network, settings);
    this.service = this.run(network, settings);
    letThrough(network, rightsAt(places), logGroup);
    scaleOnBacklog(this.service, { cluster: this.cluster as ICluster, queue: messaging.queues.intake, settings });
  }

  private makeCluster({ vpc }: Network, { stackName }: StackSettings): Cluster {
    const cluster = new Cluster(this, 'Cluster', {
      clusterName: stackName,
      vpc,
      // Counts the tasks that run, which scaling divides by.
      containerInsightsV2: ContainerInsights.ENABLED,
    });
    // Here, and not by CDK's own switch: that makes a resource of its own, for which the service would not wait.
    (cluster.node.defaultChild as CfnCluster).capacityProviders = ['FARGATE', 'FARGATE_SPOT'];
    return cluster;
  }

  private run(network: Network, { stackName, spot, leastTasks }: StackSettings): FargateService {
    return programService(this, 'Service', {
      name: `${stackName}-worker`,
      cluster: this.cluster as ICluster,
      task: this.task,
      network,
      securityGroup: network.taskSecurityGroup,
      spotBeyond: spot ? leastTasks : null,
    });
  }
}
