import {
  GatewayVpcEndpoint,
  GatewayVpcEndpointAwsService,
  InterfaceVpcEndpoint,
  InterfaceVpcEndpointAwsService,
  Port,
  SecurityGroup,
  type ISecurityGroup,
  type IVpc,
} from 'aws-cdk-lib/aws-ec2';
import { AnyPrincipal, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';

/** By the prefix of the actions that pass through them. */
const gateways = { dynamodb: GatewayVpcEndpointAwsService.DYNAMODB, s3: GatewayVpcEndpointAwsService.S3 } as const;

const interfaces = {
  sqs: [InterfaceVpcEndpointAwsService.SQS],
  sns: [InterfaceVpcEndpointAwsService.SNS],
  states: [InterfaceVpcEndpointAwsService.STEP_FUNCTIONS],
  secretsmanager: [InterfaceVpcEndpointAwsService.SECRETS_MANAGER],
  logs: [InterfaceVpcEndpointAwsService.CLOUDWATCH_LOGS],
  ecr: [InterfaceVpcEndpointAwsService.ECR, InterfaceVpcEndpointAwsService.ECR_DOCKER],
} as const;

interface NetworkEndpointsProps {
  readonly vpc: IVpc;
  readonly hasInterfaces: boolean;
  readonly callers: ISecurityGroup;
}

type Endpoint = GatewayVpcEndpoint | InterfaceVpcEndpoint;

/**
 * Ways to AWS that do not leave the network. Those of DynamoDB, which carries most of the bytes, and S3, where images lie, cost
 * nothing. The others cost by the hour, and keep intake and closing going when a NAT gateway or its zone is lost.
 */
export class NetworkEndpoints extends Construct {
  private readonly byService: ReadonlyMap<string, readonly Endpoint[]>;
  /** Of those that have one. */
  private group: SecurityGroup | null = null;

  constructor(scope: Construct, id: string, props: NetworkEndpointsProps) {
    super(scope, id);
    const { vpc, hasInterfaces } = props;
    const free = Object.entries(gateways).map(
      ([name, service]) => [name, [new GatewayVpcEndpoint(this, name, { vpc, service })]] as const,
    );
    this.byService = new Map<string, readonly Endpoint[]>([...free, ...(hasInterfaces ? this.priced(props) : [])]);
    // No service has a way of its own for what nobody has named; whatever is not let through here is refused, whoever asks.
    // An image's layers lie in buckets of AWS, and a transcript in one of Genesys's, behind a URL that is its own permission.
    this.letThrough(['s3:GetObject'], ['*']);
  }

  private priced({ vpc, callers }: NetworkEndpointsProps): readonly (readonly [string, readonly Endpoint[]])[] {
    const group = new SecurityGroup(this, 'Group', {
      vpc,
      description: 'Endpoints of AWS: from the Tidemark workers, by TLS',
      allowAllOutbound: false,
    });
    this.group = group;
    this.admit(callers, 'Tidemark workers');
    return Object.entries(interfaces).map(([name, services]) => [
      name,
      services.map(
        (service, index) =>
          new InterfaceVpcEndpoint(this, index === 0 ? name : `${name}${index + 1}`, {
            vpc,
            service,
            securityGroups: [group as ISecurityGroup],
            open: false,
          }),
      ),
    ]);
  }

  admit(callers: ISecurityGroup, who: string): void {
    this.group?.addIngressRule(callers, Port.tcp(443), who);
  }

  /** Actions of one service. Where that service has no endpoint, its traffic goes another way and is not looked at here. */
  letThrough(actions: readonly string[], resources: readonly string[]): void {
    const service = actions[0]?.split(':')[0] ?? '';
    for (const endpoint of this.byService.get(service) ?? [])
      endpoint.addToPolicy(
        new PolicyStatement({ principals: [new AnyPrincipal()], actions: [...actions], resources: [...resources] }),
      );
  }
}
