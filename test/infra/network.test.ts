import { resolve } from './resolved';
import { resourcesOf, synthesize, type Context, type Properties } from './synthesized';

/* The network that is made: nothing comes in, and what goes out to AWS goes by endpoints that let through what a worker does. */

const ofType = (type: string, context: Context = {}): Readonly<Record<string, Properties>> =>
  Object.fromEntries(
    Object.entries(resourcesOf(synthesize(context), type)).map(([path, { Properties }]) => [
      path,
      resolve(synthesize(context), Properties) as Properties,
    ]),
  );

const existing: Context = {
  vpcId: 'vpc-0123456789abcdef0',
  availabilityZones: 'us-east-1a,us-east-1b',
  subnetIds: 'subnet-0123456789abcdef0,subnet-0123456789abcdef1',
};

/** Without the region. */
const serviceOf = ({ ServiceName }: Properties): string => String(ServiceName).replace('com.amazonaws.us-east-1.', '');
const endpointsOf = (context: Context = {}): Readonly<Record<string, Properties>> =>
  Object.fromEntries(Object.values(ofType('AWS::EC2::VPCEndpoint', context)).map((found) => [serviceOf(found), found]));

test('workers are called by nobody, and call by TLS alone', () => {
  for (const context of [{}, existing]) {
    const { 'Network/Tasks/Resource': tasks } = ofType('AWS::EC2::SecurityGroup', context);
    expect(tasks!['SecurityGroupIngress']).toBeUndefined();
    expect(tasks!['SecurityGroupEgress']).toMatchObject([{ IpProtocol: 'tcp', FromPort: 443, ToPort: 443 }]);
  }
  const into = Object.values(ofType('AWS::EC2::SecurityGroupIngress'));
  expect(into).toHaveLength(1);
  expect(into[0]).toMatchObject({ FromPort: 443, ToPort: 443, Description: 'Tidemark workers' });
});

test('the group that a network has by default lets nothing pass', () => {
  expect(Object.keys(ofType('Custom::VpcRestrictDefaultSG'))).toHaveLength(1);
});

test('tasks are in two zones, and only the ways out have public addresses', () => {
  const subnets = Object.values(ofType('AWS::EC2::Subnet'));
  expect(subnets).toHaveLength(4);
  expect(subnets.filter(({ MapPublicIpOnLaunch }) => MapPublicIpOnLaunch)).toEqual([]);
  const gateways = (context: Context) => Object.keys(ofType('AWS::EC2::NatGateway', context)).length;
  expect([gateways({}), gateways({ natGateways: '2' })]).toEqual([1, 2]);
});

test('what is refused is kept', () => {
  expect(Object.values(ofType('AWS::EC2::FlowLog'))).toMatchObject([{ TrafficType: 'REJECT' }]);
});

describe('endpoints', () => {
  const free = ['dynamodb', 's3'];
  const priced = ['ecr.api', 'ecr.dkr', 'logs', 'secretsmanager', 'sns', 'sqs', 'states'];

  test('there is one for whatever a worker, and whoever starts it, calls in AWS', () => {
    expect(Object.keys(endpointsOf()).sort()).toEqual([...free, ...priced].sort());
  });

  test('those that cost can be left out; a network that is there has its own', () => {
    expect(Object.keys(endpointsOf({ endpoints: 'off' })).sort()).toEqual(free);
    expect(endpointsOf(existing)).toEqual({});
  });

  test('each lets through what is done through it, on what is ours, and nothing else', () => {
    const letThrough = Object.fromEntries(
      Object.entries(endpointsOf()).map(([service, { PolicyDocument }]) => [
        service,
        (PolicyDocument as { Statement: readonly Properties[] }).Statement.map(({ Action, Resource }) => [Action, Resource]),
      ]),
    );
    const queue = (name: string) => `arn:aws:sqs:us-east-1:000000000000:tidemark-${name}`;
    const table = 'arn:aws:dynamodb:us-east-1:000000000000:table/tidemark-windows';
    const dynamodb = [
      ...['BatchGetItem', 'BatchWriteItem', 'DeleteItem', 'GetItem'],
      ...['PartiQLInsert', 'PartiQLUpdate', 'PutItem', 'Query', 'UpdateItem'],
    ];
    const pulls = ['BatchCheckLayerAvailability', 'BatchGetImage', 'GetAuthorizationToken', 'GetDownloadUrlForLayer'];
    const ecr = [[pulls.map((name) => `ecr:${name}`), '*']];
    expect(letThrough).toEqual({
      sqs: [
        [['sqs:ChangeMessageVisibility', 'sqs:DeleteMessage', 'sqs:ReceiveMessage'], queue('intake')],
        ['sqs:SendMessage', queue('dead-letters')],
      ],
      dynamodb: [
        [dynamodb.map((name) => `dynamodb:${name}`), table],
        ['dynamodb:Query', `${table}/index/due`],
      ],
      sns: [['sns:Publish', 'arn:aws:sns:us-east-1:000000000000:tidemark-records']],
      states: [['states:StartExecution', 'arn:aws:states:us-east-1:000000000000:stateMachine:tidemark-enrichment']],
      secretsmanager: [['secretsmanager:GetSecretValue', expect.stringContaining(':secret:') as string]],
      logs: [[['logs:CreateLogStream', 'logs:PutLogEvents'], expect.any(String) as string]],
      s3: [['s3:GetObject', '*']],
      'ecr.api': ecr,
      'ecr.dkr': ecr,
    });
  });
});
