import { variables } from '../../src/config-variables';
import { loadConfig, type Environment } from '../../src/config';
import { resolve } from './resolved';
import { resourcesOf, synthesize, type Context, type Properties } from './synthesized';

/* The workers' half of the stack: what is lost here is a worker that does not start, stops badly, or can be got at. */

const only = (type: string, context: Context = {}): Properties => {
  const template = synthesize(context);
  const [found, ...more] = Object.values(resourcesOf(template, type));
  if (!found || more.length > 0) throw new Error(`Expected one ${type}, got ${more.length + (found ? 1 : 0)}.`);
  return resolve(template, found.Properties) as Properties;
};

const taskOf = (context: Context = {}): Properties => only('AWS::ECS::TaskDefinition', context);
const containerOf = (context: Context = {}): Properties => (taskOf(context)['ContainerDefinitions'] as readonly Properties[])[0]!;
const environmentOf = (context: Context = {}): Environment =>
  Object.fromEntries(
    (containerOf(context)['Environment'] as readonly { Name: string; Value: string }[]).map(({ Name, Value }) => [Name, Value]),
  );
const serviceOf = (context: Context = {}): Properties => only('AWS::ECS::Service', context);

const existingNetwork: Context = {
  vpcId: 'vpc-0123456789abcdef0',
  availabilityZones: 'us-east-1a,us-east-1b',
  subnetIds: 'subnet-0123456789abcdef0,subnet-0123456789abcdef1',
};
const inEcr = '123456789012.dkr.ecr.eu-central-1.amazonaws.com/team/tidemark@sha256:' + 'a'.repeat(64);
const other: Context = { spot: 'on', architecture: 'arm64', image: inEcr, crmUrl: 'https://crm.example.com', ...existingNetwork };

describe('the environment of the container', () => {
  test('is one that the worker starts with', () => {
    const config = loadConfig(environmentOf());
    expect(config).toMatchObject({
      aws: { region: 'us-east-1', endpointUrl: undefined },
      tableName: 'tidemark-windows',
      metricsNamespace: 'Tidemark/tidemark',
      callDetails: { kind: 'genesys', credentials: { kind: 'secret' } },
    });
    expect(config.queueUrl).toMatch(/tidemark-intake$/);
    expect(config.deadLetterQueueUrl).toMatch(/tidemark-dead-letters$/);
    expect(config.shutdownGraceMs).toBeLessThan(1_000 * Number(containerOf()['StopTimeout']));
  });

  test('names nothing that the worker does not know', () => {
    expect(Object.keys(environmentOf()).filter((name) => !(name in variables))).toEqual(['NODE_OPTIONS']);
  });

  test('has what whoever deploys has chosen', () => {
    const config = loadConfig(environmentOf({ HOLD_MS: '30000', METRICS_NAMESPACE: 'Calls', stackName: 'other' }));
    expect(config).toMatchObject({ holdMs: 30_000, metricsNamespace: 'Calls', tableName: 'other-windows' });
  });

  test('leaves out the steps for which there is no address', () => {
    expect(loadConfig(environmentOf()).enrichmentSteps).toEqual(['analyze_sentiment']);
    expect(loadConfig(environmentOf(other)).enrichmentSteps).toEqual(['fetch_crm_contact', 'analyze_sentiment']);
  });

  test('gives Node three quarters of the memory', () => {
    expect(environmentOf()['NODE_OPTIONS']).toBe('--enable-source-maps --max-old-space-size=768');
  });
});

describe('the container', () => {
  test('runs as nobody of importance, writes nowhere, and has the time to stop', () => {
    expect(containerOf()).toMatchObject({
      User: '1000:1000',
      ReadonlyRootFilesystem: true,
      LinuxParameters: { Capabilities: { Drop: ['ALL'] } },
      StopTimeout: 110,
    });
    expect(containerOf()['Privileged']).toBeUndefined();
  });

  test('is asked for its health', () => {
    expect(containerOf()['HealthCheck']).toEqual({
      Command: ['CMD', 'node', 'dist/health-check.js'],
      Interval: 30,
      Timeout: 5,
      Retries: 3,
      StartPeriod: 60,
    });
  });

  test('never waits for the log service', () => {
    expect(containerOf()['LogConfiguration']).toMatchObject({ LogDriver: 'awslogs', Options: { mode: 'non-blocking' } });
  });

  test('has the architecture of its image', () => {
    expect(taskOf()['RuntimePlatform']).toMatchObject({ CpuArchitecture: 'X86_64' });
    expect(taskOf(other)['RuntimePlatform']).toMatchObject({ CpuArchitecture: 'ARM64' });
  });
});

describe('the service', () => {
  test('replaces workers without a gap, and takes a deploy back that does not start', () => {
    expect(serviceOf()['DeploymentConfiguration']).toEqual({
      DeploymentCircuitBreaker: { Enable: true, Rollback: true },
      MinimumHealthyPercent: 100,
      MaximumPercent: 200,
    });
  });

  test('leaves the number of tasks to scaling, so that no deploy shrinks a fleet at work', () => {
    expect(serviceOf()['DesiredCount']).toBeUndefined();
    expect(only('AWS::ApplicationAutoScaling::ScalableTarget')).toMatchObject({ MinCapacity: 2, MaxCapacity: 10 });
  });

  test('goes to Spot and back without being replaced: always by providers, and the least number on none that is taken away', () => {
    expect([serviceOf()['LaunchType'], serviceOf(other)['LaunchType']]).toEqual([undefined, undefined]);
    expect(serviceOf()['CapacityProviderStrategy']).toEqual([{ CapacityProvider: 'FARGATE', Weight: 1 }]);
    expect(serviceOf(other)['CapacityProviderStrategy']).toEqual([
      { CapacityProvider: 'FARGATE', Base: 2, Weight: 0 },
      { CapacityProvider: 'FARGATE_SPOT', Weight: 1 },
    ]);
    expect(only('AWS::ECS::Cluster')['CapacityProviders']).toEqual(['FARGATE', 'FARGATE_SPOT']);
  });

  test('starts no task before the network has its way out and its endpoints, and roles have their rights', () => {
    const template = synthesize();
    const needed = ['AWS::EC2::Route', 'AWS::EC2::VPCEndpoint', 'AWS::IAM::Policy']
      .flatMap((type) => Object.entries(resourcesOf(template, type)))
      .flatMap(([path, resource]) => (/^(Network|Worker)/.test(path) ? [resource] : []));
    const idOf = (resource: unknown) => Object.entries(template.Resources).find(([, one]) => one === resource)?.[0];
    const [service] = Object.values(resourcesOf(template, 'AWS::ECS::Service'));
    expect(service).toMatchObject({ DependsOn: expect.arrayContaining(needed.map(idOf)) as unknown });
    expect(needed.length).toBeGreaterThan(10);
  });

  test('gives no task a public address', () => {
    for (const context of [{}, other])
      expect(serviceOf(context)['NetworkConfiguration']).toMatchObject({ AwsvpcConfiguration: { AssignPublicIp: 'DISABLED' } });
  });
});

describe('scaling', () => {
  const policies = () =>
    Object.values(resourcesOf(synthesize({ backlogPerTask: '400' }), 'AWS::ApplicationAutoScaling::ScalingPolicy')).map(
      ({ Properties }) => resolve(synthesize({ backlogPerTask: '400' }), Properties) as Properties,
    );
  const ofType = (type: string): Properties => policies().find(({ PolicyType }) => PolicyType === type)!;

  test('keeps the messages for each running task at the target', () => {
    const tracking = ofType('TargetTrackingScaling')['TargetTrackingScalingPolicyConfiguration'] as Properties;
    expect(tracking).toMatchObject({ TargetValue: 400, ScaleInCooldown: 300, ScaleOutCooldown: 60 });
    const { Metrics } = tracking['CustomizedMetricSpecification'] as { Metrics: readonly Properties[] };
    expect(
      Metrics.map(({ Id, ReturnData, MetricStat }) => [
        Id,
        ReturnData,
        (MetricStat as { Metric?: Properties } | undefined)?.Metric?.['MetricName'],
      ]),
    ).toEqual([
      ['visible', false, 'ApproximateNumberOfMessagesVisible'],
      ['running', false, 'RunningTaskCount'],
      ['backlog', true, undefined],
    ]);
    expect(Metrics.at(-1)?.['Expression']).toBe('visible / IF(running > 0, running, 1)');
    // Without it there is no such metric, and nothing would ever scale.
    expect(only('AWS::ECS::Cluster')['ClusterSettings']).toEqual([{ Name: 'containerInsights', Value: 'enabled' }]);
  });

  test('adds tasks for a message that waits for a minute, more for one that waits for five', () => {
    expect(ofType('StepScaling')['StepScalingPolicyConfiguration']).toMatchObject({
      AdjustmentType: 'ChangeInCapacity',
      StepAdjustments: [
        { MetricIntervalLowerBound: 0, MetricIntervalUpperBound: 240, ScalingAdjustment: 1 },
        { MetricIntervalLowerBound: 240, ScalingAdjustment: 3 },
      ],
    });
    const alarms = Object.entries(resourcesOf(synthesize(), 'AWS::CloudWatch::Alarm'));
    const [, age] = alarms.find(([path]) => path.startsWith('Worker/Service/'))!;
    expect(age.Properties).toMatchObject({ MetricName: 'ApproximateAgeOfOldestMessage', Threshold: 60, Period: 60 });
  });
});

describe('an image in ECR', () => {
  const statements = (context: Context): readonly Properties[] => {
    const template = synthesize(context);
    const found = Object.entries(resourcesOf(template, 'AWS::IAM::Policy')).find(([path]) => path.includes('ExecutionRole'))!;
    const { PolicyDocument } = resolve(template, found[1].Properties) as { PolicyDocument: { Statement: readonly Properties[] } };
    return PolicyDocument.Statement;
  };

  test('may be pulled by the task that runs it, from whatever account and region it is in; nothing else may', () => {
    expect(containerOf(other)['Image']).toBe(inEcr);
    const repository = 'arn:aws:ecr:eu-central-1:123456789012:repository/team/tidemark';
    const pulls = ['ecr:BatchCheckLayerAvailability', 'ecr:BatchGetImage', 'ecr:GetDownloadUrlForLayer'];
    expect(statements(other)).toEqual([
      { Effect: 'Allow', Action: pulls, Resource: repository },
      { Effect: 'Allow', Action: 'ecr:GetAuthorizationToken', Resource: '*' },
      { Effect: 'Allow', Action: ['logs:CreateLogStream', 'logs:PutLogEvents'], Resource: expect.any(String) as string },
    ]);
  });

  test('a public one takes no right but to log', () => {
    expect(statements({}).map(({ Action }) => Action)).toEqual([['logs:CreateLogStream', 'logs:PutLogEvents']]);
  });
});

test('the secret is made without a value: none passes through the template, and no deploy replaces what was filled in', () => {
  const secret = only('AWS::SecretsManager::Secret');
  expect(Object.keys(secret)).toEqual(['Description']);
});
