import { Duration } from 'aws-cdk-lib';
import { Peer, Port, SecurityGroup } from 'aws-cdk-lib/aws-ec2';
import type { FargateService } from 'aws-cdk-lib/aws-ecs';
import {
  ApplicationLoadBalancer,
  ApplicationProtocol,
  ApplicationTargetGroup,
  ListenerCertificate,
  Protocol,
  SslPolicy,
  TargetType,
} from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import { Construct } from 'constructs';
import { acknowledge } from '../nag';
import type { Network } from '../network';
import type { IngestSetting } from '../settings';
import { ingestPort } from './ingest-environment';
import { everybody } from './ipv4-ranges';

interface IngestDoorProps {
  readonly network: Network;
  readonly setting: IngestSetting;
  readonly longestPostSeconds: number;
}

/**
 * Longer than a sender is let wait, for which no byte moves. Shorter than ingest keeps a connection that nobody uses, or the load
 * balancer would send a post on one that is just being closed, and answer 502.
 */
const idleTimeout = Duration.seconds(60);

/** The load balancer: TLS from senders, plain HTTP within the network to tasks that take posts. */
export class IngestDoor extends Construct {
  readonly loadBalancer: ApplicationLoadBalancer;
  readonly targets: ApplicationTargetGroup;

  constructor(scope: Construct, id: string, props: IngestDoorProps) {
    super(scope, id);
    this.loadBalancer = this.balancer(props);
    this.targets = this.targetGroup(props);
    this.loadBalancer.addListener('Https', {
      protocol: ApplicationProtocol.HTTPS,
      port: 443,
      certificates: [ListenerCertificate.fromArn(props.setting.certificateArn)],
      sslPolicy: SslPolicy.RECOMMENDED_TLS,
      // Its security group says who may come, and CDK's own rule would be everybody.
      open: false,
      defaultTargetGroups: [this.targets],
    });
  }

  /** Registers tasks, and lets the load balancer reach them on that port alone. */
  leadTo(service: FargateService): void {
    this.targets.addTarget(service.loadBalancerTarget({ containerName: 'ingest', containerPort: ingestPort }));
  }

  private balancer({ network, setting }: IngestDoorProps): ApplicationLoadBalancer {
    const balancer = new ApplicationLoadBalancer(this, 'Balancer', {
      // No name of its own: public after internal is another one, and both are there for a while.
      vpc: network.vpc,
      vpcSubnets: { subnets: [...network.subnetsOfDoor(setting.isPublic, setting.subnetIds)] },
      internetFacing: setting.isPublic,
      securityGroup: this.group(network, setting),
      idleTimeout,
      // What is no name of a header would reach the tasks, and each layer would read it in its own way.
      dropInvalidHeaderFields: true,
    });
    this.log(balancer, setting);
    return balancer;
  }

  private group({ vpc }: Network, { from }: IngestSetting): SecurityGroup {
    const description = 'Tidemark ingest: senders, by TLS';
    const group = new SecurityGroup(this, 'Group', { vpc, description, allowAllOutbound: false });
    for (const range of from) group.addIngressRule(Peer.ipv4(range), Port.tcp(443), 'Senders');
    if (from.includes(everybody))
      acknowledge(group, {
        'AwsSolutions-EC23': 'Whoever deploys has written that everybody may connect; who proves nothing posts nothing.',
      });
    return group;
  }

  /** By attributes, and not by CDK's own way, which writes the policy of the bucket: that is its owner's, and wants to know the region. */
  private log(balancer: ApplicationLoadBalancer, { logBucket }: IngestSetting): void {
    if (logBucket === null)
      acknowledge(balancer, {
        'AwsSolutions-ELB2':
          'Such a log names the addresses of senders: whoever deploys says whether there is one (ingestLogBucket).',
      });
    else {
      balancer.setAttribute('access_logs.s3.enabled', 'true');
      balancer.setAttribute('access_logs.s3.bucket', logBucket);
    }
  }

  private targetGroup({ network, longestPostSeconds }: IngestDoorProps): ApplicationTargetGroup {
    return new ApplicationTargetGroup(this, 'Tasks', {
      vpc: network.vpc,
      targetType: TargetType.IP,
      protocol: ApplicationProtocol.HTTP,
      port: ingestPort,
      // Not whether it is ready: ECS replaces whoever fails here, and takes the deploy back. A first deploy has no secret yet, and a task
      // whose queue is away says so itself. One that stops was taken out before.
      healthCheck: {
        protocol: Protocol.HTTP,
        path: '/healthz',
        healthyHttpCodes: '200',
        interval: Duration.seconds(10),
        timeout: Duration.seconds(5),
        healthyThresholdCount: 2,
        unhealthyThresholdCount: 3,
      },
      // ECS stops a task only after it: posts that are under way are answered first.
      deregistrationDelay: Duration.seconds(longestPostSeconds),
    });
  }
}
