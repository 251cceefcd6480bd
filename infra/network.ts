import { type ISubnet, type IVpc, Subnet, SubnetType, Vpc } from 'aws-cdk-lib/aws-ec2';
import { Construct } from 'constructs';
import type { NetworkSetting } from './settings';

/** Where the tasks run: private subnets with a way out to Genesys, and endpoints that keep the way to AWS inside. */
export class Network extends Construct {
  readonly vpc: IVpc;
  readonly subnets: readonly ISubnet[];

  constructor(scope: Construct, id: string, setting: NetworkSetting) {
    super(scope, id);
    if (setting.kind === 'existing') {
      const { vpcId, availabilityZones, subnetIds } = setting;
      this.vpc = Vpc.fromVpcAttributes(this, 'Vpc', {
        vpcId,
        availabilityZones: [...availabilityZones],
        privateSubnetIds: [...subnetIds],
      });
      this.subnets = subnetIds.map((subnetId, index) => Subnet.fromSubnetId(this, `Subnet${index}`, subnetId));
      return;
    }
    this.vpc = new Vpc(this, 'Vpc', { maxAzs: 2, natGateways: setting.natGateways }) as IVpc;
    this.subnets = this.vpc.selectSubnets({ subnetType: SubnetType.PRIVATE_WITH_EGRESS }).subnets;
  }
}
