import {
  FlowLogDestination,
  FlowLogTrafficType,
  Subnet,
  SubnetType,
  Vpc,
  type ISecurityGroup,
  type ISubnet,
  type IVpc,
} from 'aws-cdk-lib/aws-ec2';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import { Annotations, RemovalPolicy } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { NetworkEndpoints } from './network-endpoints';
import { outwardsOnly } from './outwards-only';
import type { NetworkSetting } from './settings';

type NewNetwork = Extract<NetworkSetting, { readonly kind: 'new' }>;
type ExistingNetwork = Extract<NetworkSetting, { readonly kind: 'existing' }>;

/** Public subnets for a load balancer. */
const doors = 'doors';

/** Where the tasks run: private subnets with a way out to Genesys, and endpoints that keep the way to AWS inside. */
export class Network extends Construct {
  readonly vpc: IVpc;
  readonly subnets: readonly ISubnet[];
  readonly taskSecurityGroup: ISecurityGroup;
  /** Of a network that is there already, whoever made it has made its endpoints. */
  readonly endpoints: NetworkEndpoints | null;
  private readonly setting: NetworkSetting;

  constructor(scope: Construct, id: string, setting: NetworkSetting) {
    super(scope, id);
    this.setting = setting;
    this.vpc = setting.kind === 'existing' ? this.existingVpc(setting) : this.newVpc(setting);
    this.subnets =
      setting.kind === 'existing'
        ? setting.subnetIds.map((subnetId, index) => Subnet.fromSubnetId(this, `Subnet${index}`, subnetId))
        : this.vpc.selectSubnets({ subnetType: SubnetType.PRIVATE_WITH_EGRESS }).subnets;
    this.taskSecurityGroup = outwardsOnly(this, 'Tasks', {
      vpc: this.vpc,
      description: 'Tidemark workers: out by TLS, nothing in',
      whom: 'AWS and Genesys Cloud',
    });
    this.endpoints =
      setting.kind === 'existing'
        ? null
        : new NetworkEndpoints(this, 'Endpoints', {
            vpc: this.vpc,
            hasInterfaces: setting.hasEndpoints,
            callers: this.taskSecurityGroup,
          });
  }

  private existingVpc({ vpcId, availabilityZones, subnetIds }: ExistingNetwork): IVpc {
    const zones = { availabilityZones: [...availabilityZones], privateSubnetIds: [...subnetIds] };
    const vpc = Vpc.fromVpcAttributes(this, 'Vpc', { vpcId, ...zones });
    // Nobody here looks at its route tables.
    Annotations.of(this).acknowledgeWarning('@aws-cdk/aws-ec2:noSubnetRouteTableId');
    return vpc;
  }

  private newVpc({ natGateways, hasPublicDoor }: NewNetwork): IVpc {
    const vpc = new Vpc(this, 'Vpc', {
      maxAzs: 2,
      natGateways,
      natGatewaySubnets: { subnetGroupName: 'ways-out' },
      subnetConfiguration: [
        // For the NAT gateways alone: nothing else gets a public address.
        { name: 'ways-out', subnetType: SubnetType.PUBLIC, cidrMask: 28, mapPublicIpOnLaunch: false },
        { name: 'tasks', subnetType: SubnetType.PRIVATE_WITH_EGRESS, cidrMask: 22 },
        // Last, so that the others keep their addresses. A load balancer takes no smaller subnet than of /27, and eight free addresses.
        ...(hasPublicDoor ? [{ name: doors, subnetType: SubnetType.PUBLIC, cidrMask: 26, mapPublicIpOnLaunch: false }] : []),
      ],
    });
    // What was refused says what is misconfigured, or who tries; what was let through would be a line for every connection.
    const logGroup = new LogGroup(this, 'Refused', { retention: RetentionDays.ONE_MONTH, removalPolicy: RemovalPolicy.DESTROY });
    vpc.addFlowLog('Flow', {
      destination: FlowLogDestination.toCloudWatchLogs(logGroup),
      trafficType: FlowLogTrafficType.REJECT,
    });
    return vpc as IVpc;
  }

  /** Where a load balancer is that only the network reaches, or that everybody does: of the subnets that were given, if any were. */
  subnetsOfDoor(isPublic: boolean, given: readonly string[] | null): readonly ISubnet[] {
    if (given !== null) return given.map((subnetId, index) => Subnet.fromSubnetId(this, `Door${index}`, subnetId));
    return isPublic && this.setting.kind === 'new' ? this.vpc.selectSubnets({ subnetGroupName: doors }).subnets : this.subnets;
  }
}
