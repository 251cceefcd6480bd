import { Aws } from 'aws-cdk-lib';
import {
  Cluster,
  ContainerInsights,
  FargateService,
  PropagatedTagSource,
  type CfnCluster,
  type ContainerDefinition,
  type FargateTaskDefinition,
  type ICluster,
} from 'aws-cdk-lib/aws-ecs';
import type { LogGroup } from 'aws-cdk-lib/aws-logs';
import type { ISecret } from 'aws-cdk-lib/aws-secretsmanager';
import { Construct } from 'constructs';
import type { Messaging } from './messaging';
import type { Network } from './network';
import { scaleOnBacklog } from './scaling';
import type { StackSettings } from './settings';
import { workerEnvironment } from './worker-environment';
import { rightsAt, workerStatements, type WorkerPlaces } from './worker-rights';
import { WorkerTask } from './worker-task';

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
    const { definition, container, logGroup } = new WorkerTask(this, 'Task', {
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
    // Its subnets are there minutes before their way out and the endpoints are, and a role before its rights: a first task could not
    // fetch its image, and a few such tasks make ECS take the deploy back.
    this.service.node.addDependency(network, this.task);
    this.letThrough(network, places);
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
    return new FargateService(this, 'Service', {
      serviceName: `${stackName}-worker`,
      cluster: this.cluster as ICluster,
      taskDefinition: this.task,
      vpcSubnets: { subnets: [...network.subnets] },
      securityGroups: [network.taskSecurityGroup],
      assignPublicIp: false,
      // Always by providers, never by launch type: going to Spot and back must not replace the service. How many tasks there are
      // is left to scaling; a number here would put a fleet at work back to it with every deploy.
      capacityProviderStrategies: spot
        ? [
            { capacityProvider: 'FARGATE', base: leastTasks, weight: 0 },
            { capacityProvider: 'FARGATE_SPOT', weight: 1 },
          ]
        : [{ capacityProvider: 'FARGATE', weight: 1 }],
      // New workers join before old ones leave. Both versions work side by side for that long, as they are made to.
      minHealthyPercent: 100,
      maxHealthyPercent: 200,
      circuitBreaker: { enable: true, rollback: true },
      propagateTags: PropagatedTagSource.SERVICE,
      enableECSManagedTags: true,
    });
  }

  /** What the worker may do and what ECS does to start it; nothing else passes the endpoints. */
  private letThrough({ endpoints }: Network, places: WorkerPlaces): void {
    if (!endpoints) return;
    for (const { actions, resources } of rightsAt(places)) endpoints.letThrough(actions, resources);
    endpoints.letThrough(['logs:CreateLogStream', 'logs:PutLogEvents'], [this.logGroup.logGroupArn]);
    endpoints.letThrough(
      ['ecr:GetAuthorizationToken', 'ecr:BatchCheckLayerAvailability', 'ecr:GetDownloadUrlForLayer', 'ecr:BatchGetImage'],
      ['*'],
    );
  }
}
