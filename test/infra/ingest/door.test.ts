import { variables } from '../../../src/config-variables';
import { resolve } from '../resolved';
import { logicalId, resourceAt, resourcesOf, synthesize, type Context, type Properties } from '../synthesized';
import { existingNetwork, ingestOn, publicDoor } from './contexts';

/* The load balancer: who may come, how, and where they are led. */

const ofType = (type: string, context: Context): Readonly<Record<string, Properties>> => {
  const template = synthesize(context);
  return Object.fromEntries(
    Object.entries(resourcesOf(template, type)).map(([path, { Properties }]) => [
      path,
      resolve(template, Properties) as Properties,
    ]),
  );
};
const balancerOf = (context: Context = ingestOn): Properties =>
  ofType('AWS::ElasticLoadBalancingV2::LoadBalancer', context)['Ingest/Door/Balancer/Resource']!;
const attributesOf = (properties: Properties, name: string): Readonly<Record<string, string>> =>
  Object.fromEntries((properties[name] as readonly { Key: string; Value: string }[]).map(({ Key, Value }) => [Key, Value]));
const targetsOf = (context: Context = ingestOn): Properties =>
  ofType('AWS::ElasticLoadBalancingV2::TargetGroup', context)['Ingest/Door/Tasks/Resource']!;

const door = 'Ingest/Door/Group/Resource';
const tasks = 'Ingest/Tasks/Resource';

test('whoever may connect comes by TLS; everybody else does not, and the load balancer reaches the tasks on one port alone', () => {
  for (const context of [ingestOn, { ...ingestOn, ...existingNetwork }]) {
    const template = synthesize(context);
    const groups = ofType('AWS::EC2::SecurityGroup', context);
    expect(groups[door]!['SecurityGroupIngress']).toEqual(
      ['203.0.113.0/24', '198.51.100.7/32'].map((CidrIp) => ({
        ...{ CidrIp, IpProtocol: 'tcp', FromPort: 443, ToPort: 443, Description: 'Senders' },
      })),
    );
    expect(groups[tasks]).toMatchObject({ SecurityGroupEgress: [{ CidrIp: '0.0.0.0/0', FromPort: 443, ToPort: 443 }] });
    expect(groups[tasks]!['SecurityGroupIngress']).toBeUndefined();
    const idOf = (path: string): string => `${logicalId(template, path)}.GroupId`;
    const rules = (type: string) => Object.values(ofType(type, context));
    const port = { IpProtocol: 'tcp', FromPort: 8_000, ToPort: 8_000 };
    const into = { GroupId: idOf(tasks), SourceSecurityGroupId: idOf(door), ...port };
    expect(rules('AWS::EC2::SecurityGroupEgress')).toEqual([
      expect.objectContaining({ GroupId: idOf(door), DestinationSecurityGroupId: idOf(tasks), ...port }),
    ]);
    const ofTasks = rules('AWS::EC2::SecurityGroupIngress').filter(({ GroupId }) => GroupId === idOf(tasks));
    expect(ofTasks).toEqual([expect.objectContaining(into)]);
  }
});

test('the workers are called by nobody, with a door or without', () => {
  for (const context of [ingestOn, publicDoor]) {
    const template = synthesize(context);
    const workers = 'Network/Tasks/Resource';
    expect(ofType('AWS::EC2::SecurityGroup', context)[workers]!['SecurityGroupIngress']).toBeUndefined();
    const into = Object.values(ofType('AWS::EC2::SecurityGroupIngress', context)).map(({ GroupId }) => GroupId);
    expect(into).not.toContain(`${logicalId(template, workers)}.GroupId`);
    const [worker] = Object.values(ofType('AWS::ECS::Service', context));
    expect(worker).toMatchObject({
      NetworkConfiguration: { AwsvpcConfiguration: { SecurityGroups: [`${logicalId(template, workers)}.GroupId`] } },
    });
  }
});

test('there is one listener: TLS 1.2 or newer, with the certificate that was given; nothing is heard in the clear', () => {
  const listeners = Object.values(ofType('AWS::ElasticLoadBalancingV2::Listener', ingestOn));
  expect(listeners).toMatchObject([
    {
      ...{ Port: 443, Protocol: 'HTTPS', SslPolicy: 'ELBSecurityPolicy-TLS13-1-2-2021-06' },
      Certificates: [{ CertificateArn: ingestOn['ingestCertificateArn'] }],
    },
  ]);
});

describe('the load balancer', () => {
  test('is internal, among the tasks, unless it is asked to be public', () => {
    const internal = balancerOf();
    expect(internal['Scheme']).toBe('internal');
    expect(internal['Subnets']).toEqual(
      [1, 2].map((zone) => logicalId(synthesize(ingestOn), `Network/Vpc/tasksSubnet${zone}/Subnet`)),
    );
    expect(balancerOf({ ...ingestOn, ...existingNetwork })['Subnets']).toEqual(existingNetwork['subnetIds']!.split(','));
  });

  test('a public one has subnets of its own, with room for it and a way out; the others keep their addresses', () => {
    const template = synthesize(publicDoor);
    const subnets = ofType('AWS::EC2::Subnet', publicDoor);
    const doors = [1, 2].map((zone) => `Network/Vpc/doorsSubnet${zone}/Subnet`);
    expect(balancerOf(publicDoor)).toMatchObject({
      Scheme: 'internet-facing',
      Subnets: doors.map((path) => logicalId(template, path)),
    });
    expect(doors.map((path) => [subnets[path]!['MapPublicIpOnLaunch'], subnets[path]!['CidrBlock']])).toEqual([
      [false, expect.stringMatching(/\/26$/)],
      [false, expect.stringMatching(/\/26$/)],
    ]);
    const before = ofType('AWS::EC2::Subnet', {});
    expect(subnets).toMatchObject(before);
    expect(Object.keys(ofType('AWS::EC2::NatGateway', publicDoor))).toEqual(Object.keys(ofType('AWS::EC2::NatGateway', {})));
    const id = logicalId(template, 'Network/Vpc/doorsSubnet1/DefaultRoute');
    expect(resourceAt(template, 'AWS::ElasticLoadBalancingV2::LoadBalancer', 'Ingest/Door/Balancer/Resource')).toMatchObject({
      DependsOn: expect.arrayContaining([id]) as unknown,
    });
  });

  test('one in a network that is there is in the subnets that were given', () => {
    const ingestSubnetIds = 'subnet-0123456789abcdef8,subnet-0123456789abcdef9';
    const given = balancerOf({ ...publicDoor, ...existingNetwork, ingestSubnetIds });
    expect(given).toMatchObject({ Scheme: 'internet-facing', Subnets: ingestSubnetIds.split(',') });
  });

  test('has no name, so that a public one can take the place of an internal one', () => {
    expect(balancerOf()['Name']).toBeUndefined();
    expect(targetsOf()['Name']).toBeUndefined();
  });

  test('drops what is no header, waits longer than any sender is let wait, and logs only where it is told to', () => {
    const attributes = attributesOf(balancerOf(), 'LoadBalancerAttributes');
    expect(attributes).toMatchObject({ 'routing.http.drop_invalid_header_fields.enabled': 'true' });
    // The grace of a shutdown bounds what INGEST_TIMEOUT_MS may be: half of 109 s.
    expect(Number(attributes['idle_timeout.timeout_seconds'])).toBeGreaterThan(109 / 2);
    expect(Object.keys(attributes).filter((name) => name.startsWith('access_logs'))).toEqual([]);
    const logging = attributesOf(balancerOf({ ...ingestOn, ingestLogBucket: 'our-access-logs' }), 'LoadBalancerAttributes');
    expect(logging).toMatchObject({ 'access_logs.s3.enabled': 'true', 'access_logs.s3.bucket': 'our-access-logs' });
  });
});

describe('the target group', () => {
  test('asks each task whether it lives: one that waits for its secret or for the queue must not be replaced for it', () => {
    expect(targetsOf()).toMatchObject({
      ...{ Protocol: 'HTTP', Port: 8_000, TargetType: 'ip' },
      ...{ HealthCheckPath: '/healthz', HealthCheckProtocol: 'HTTP', Matcher: { HttpCode: '200' } },
    });
  });

  test('leaves a task that goes as long as its longest post takes', () => {
    const delayOf = (context: Context): number =>
      Number(
        attributesOf(targetsOf({ ...ingestOn, ...context }), 'TargetGroupAttributes')['deregistration_delay.timeout_seconds'],
      );
    expect(delayOf({})).toBe((2 * variables.INGEST_TIMEOUT_MS.default) / 1_000);
    expect(delayOf({ INGEST_TIMEOUT_MS: '30500' })).toBe(61);
  });
});

/** Of logical ids, by what refers to what. */
const cycleIn = (template: { readonly Resources: Readonly<Record<string, object>> }): readonly string[] | null => {
  const ids = new Set(Object.keys(template.Resources));
  const named = (value: unknown): readonly string[] => {
    if (typeof value === 'string') return ids.has(value) ? [value] : [];
    return typeof value === 'object' && value !== null ? Object.values(value).flatMap(named) : [];
  };
  const done = new Set<string>();
  const follow = (id: string, path: readonly string[]): readonly string[] | null => {
    if (path.includes(id)) return [...path, id];
    if (done.has(id)) return null;
    for (const next of named({ ...template.Resources[id], Metadata: null })) {
      const found = next === id ? null : follow(next, [...path, id]);
      if (found) return found;
    }
    done.add(id);
    return null;
  };
  return [...ids].map((id) => follow(id, [])).find((found) => found !== null) ?? null;
};

test('nothing waits for itself: groups, endpoints, load balancer and services refer to each other', () => {
  for (const context of [ingestOn, publicDoor, { ...ingestOn, ...existingNetwork }])
    expect(cycleIn(synthesize(context))).toBeNull();
});
