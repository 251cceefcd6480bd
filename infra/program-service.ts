import {
  FargateService,
  PropagatedTagSource,
  type FargateServiceProps,
  type FargateTaskDefinition,
  type ICluster,
} from 'aws-cdk-lib/aws-ecs';
import type { ISecurityGroup } from 'aws-cdk-lib/aws-ec2';
import type { LogGroup } from 'aws-cdk-lib/aws-logs';
import type { Construct } from 'constructs';
import type { Network } from './network';
import type { Right } from './worker-rights';

interface ProgramServiceProps {
  readonly name: string;
  readonly cluster: ICluster;
  readonly task: FargateTaskDefinition;
  readonly network: Network;
  readonly securityGroup: ISecurityGroup;
  /** Null: no task on Spot; else all but so many. */
  readonly spotBeyond: number | null;
  readonly more?: Partial<FargateServiceProps>;
}

/** Tasks of one program, in the private subnets, replaced without a gap. How many there are is left to scaling. */
export const programService = (scope: Construct, id: string, props: ProgramServiceProps): FargateService => {
  const { name, cluster, task, network, securityGroup, spotBeyond, more } = props;
  const service = new FargateService(scope, id, {
    serviceName: name,
    cluster,
    taskDefinition: task,
    vpcSubnets: { subnets: [...network.subnets] },
    securityGroups: [securityGroup],
    assignPublicIp: false,
    // Always by providers, never by launch type: going to Spot and back must not replace the service. How many tasks there are
    // is left to scaling; a number here would put a fleet at work back to it with every deploy.
    capacityProviderStrategies:
      spotBeyond === null
        ? [{ capacityProvider: 'FARGATE', weight: 1 }]
        : [
            { capacityProvider: 'FARGATE', base: spotBeyond, weight: 0 },
            { capacityProvider: 'FARGATE_SPOT', weight: 1 },
          ],
    // New tasks join before old ones leave. Both versions work side by side for that long, as they are made to.
    minHealthyPercent: 100,
    maxHealthyPercent: 200,
    circuitBreaker: { enable: true, rollback: true },
    propagateTags: PropagatedTagSource.SERVICE,
    enableECSManagedTags: true,
    ...more,
  });
  // Its subnets are there minutes before their way out and the endpoints are, and a role before its rights: a first task could not
  // fetch its image, and a few such tasks make ECS take the deploy back.
  service.node.addDependency(network, task);
  return service;
};

/** What the program may do and what ECS does to start it; nothing else passes the endpoints. */
export const letThrough = ({ endpoints }: Network, rights: readonly Right[], logGroup: LogGroup): void => {
  if (!endpoints) return;
  for (const { actions, resources } of rights) endpoints.letThrough(actions, resources);
  endpoints.letThrough(['logs:CreateLogStream', 'logs:PutLogEvents'], [logGroup.logGroupArn]);
  endpoints.letThrough(
    ['ecr:GetAuthorizationToken', 'ecr:BatchCheckLayerAvailability', 'ecr:GetDownloadUrlForLayer', 'ecr:BatchGetImage'],
    ['*'],
  );
};
