import { Peer, Port, SecurityGroup, type ISecurityGroup, type IVpc } from 'aws-cdk-lib/aws-ec2';
import type { Construct } from 'constructs';

interface OutwardsOnlyProps {
  readonly vpc: IVpc;
  readonly description: string;
  /** Whom its tasks call. */
  readonly whom: string;
}

/** Calls by TLS, and nobody calls it, unless a rule is added. The resolver of a VPC is beyond security groups. */
export const outwardsOnly = (scope: Construct, id: string, { vpc, description, whom }: OutwardsOnlyProps): ISecurityGroup => {
  const group = new SecurityGroup(scope, id, { vpc, description, allowAllOutbound: false });
  group.addEgressRule(Peer.anyIpv4(), Port.tcp(443), whom);
  return group;
};
