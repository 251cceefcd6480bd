import { loadIngestConfig, type Environment } from '../../../src/config';
import { isReadByIngest } from '../../../src/config-ingest';
import { variables } from '../../../src/config-variables';
import { ingestOutputs } from '../../../src/resources';
import { resolve } from '../resolved';
import { pathOf, resourceAt, resourcesOf, synthesize, type Context, type Properties } from '../synthesized';
import { existingNetwork, ingestOn } from './contexts';

/* The door's half of the stack: its task, its service, and that nothing of it is there where it is off. */

const at = (type: string, path: string, context: Context = {}): Properties => {
  const template = synthesize({ ...ingestOn, ...context });
  return resolve(template, resourceAt(template, type, `Ingest/${path}`).Properties) as Properties;
};
const containerOf = (context: Context = {}, program: 'Ingest' | 'Worker' = 'Ingest'): Properties => {
  const template = synthesize({ ...ingestOn, ...context });
  const { Properties: task } = resourceAt(template, 'AWS::ECS::TaskDefinition', `${program}/Task/Definition/Resource`);
  return (resolve(template, task) as { ContainerDefinitions: readonly [Properties] }).ContainerDefinitions[0];
};
const environmentOf = (context: Context = {}, program: 'Ingest' | 'Worker' = 'Ingest'): Environment =>
  Object.fromEntries(
    (containerOf(context, program)['Environment'] as readonly { Name: string; Value: string }[]).map(({ Name, Value }) => [
      Name,
      Value,
    ]),
  );

describe('where it is off', () => {
  test('there is nothing of it', () => {
    const { Resources, Outputs } = synthesize();
    expect(Object.values(Resources).filter((resource) => /ingest|ElasticLoadBalancing/i.test(pathOf(resource)))).toEqual([]);
    expect(Object.keys(Outputs).filter((name) => Object.values<string>(ingestOutputs).includes(name))).toEqual([]);
  });

  test('switching it on or off leaves all else as it is, but for who may use the endpoints, and what waits for them', () => {
    const [off, on] = [synthesize(), synthesize(ingestOn)];
    const withoutWaiting = (resource: object) => ({ ...resource, DependsOn: null });
    const changed = Object.entries(off.Resources)
      .filter(([id, resource]) => {
        const now = on.Resources[id];
        return now === undefined || JSON.stringify(withoutWaiting(now)) !== JSON.stringify(withoutWaiting(resource));
      })
      .map(([, resource]) => pathOf(resource));
    const endpoints = ['sqs', 'secretsmanager', 'logs'].map((name) => `Network/Endpoints/${name}/Resource`);
    expect(changed.sort()).toEqual(['Monitoring/Dashboard/Dashboard/Resource', ...endpoints].sort());
  });
});

test('the stack tells where the name that senders call is to point, and which secret to fill', () => {
  const { Outputs } = synthesize(ingestOn);
  expect(Object.values<string>(ingestOutputs).filter((name) => !Object.hasOwn(Outputs, name))).toEqual([]);
});

describe('the environment of the container', () => {
  test('is one that ingest starts with, and has what whoever deploys has chosen', () => {
    const config = loadIngestConfig(environmentOf({ INGEST_GATHER_MS: '20', IDEMPOTENCY_TTL: '1h', LOG_LEVEL: 'warn' }));
    expect(config).toMatchObject({
      ...{ aws: { region: 'us-east-1' }, tableName: 'tidemark-windows', host: '0.0.0.0', port: 8_000 },
      ...{ secrets: { kind: 'secret' }, gatherMs: 20, idempotencyMs: 3_600_000, logLevel: 'warn' },
      metricsNamespace: 'Tidemark/tidemark',
    });
    expect(config.queueUrl).toMatch(/tidemark-intake$/);
    expect(config.shutdownGraceMs).toBeLessThan(1_000 * Number(containerOf()['StopTimeout']));
  });

  test("holds nothing that ingest does not read, and the worker's nothing that only ingest does", () => {
    const chosen = { INGEST_GATHER_MS: '20', HOLD_MS: '30000', LOG_LEVEL: 'warn' };
    const isVariable = (name: string): name is keyof typeof variables => Object.hasOwn(variables, name);
    const strange = Object.keys(environmentOf(chosen)).filter((name) => !(isVariable(name) && isReadByIngest(name)));
    expect(strange).toEqual(['NODE_OPTIONS']);
    const ofWorker = environmentOf(chosen, 'Worker');
    expect(Object.keys(ofWorker).filter((name) => /^INGEST_|^IDEMPOTENCY_/.test(name))).toEqual([]);
    expect(ofWorker).toMatchObject({ HOLD_MS: '30000', LOG_LEVEL: 'warn' });
  });
});

test("the container is the worker's, but for what it runs and the port that it listens on", () => {
  const { Command, PortMappings, Name, LogConfiguration, ...others } = containerOf();
  const rest = Object.fromEntries(Object.entries(others).filter(([name]) => name !== 'Environment'));
  expect([Command, PortMappings, Name]).toEqual([['ingest'], [{ ContainerPort: 8_000, Protocol: 'tcp' }], 'ingest']);
  expect(containerOf({}, 'Worker')).toMatchObject(rest);
  expect(rest).toMatchObject({ ReadonlyRootFilesystem: true, User: '1000:1000', StopTimeout: 110 });
  expect(LogConfiguration).toMatchObject({ Options: { mode: 'non-blocking', 'awslogs-stream-prefix': 'ingest' } });
});

describe('the service', () => {
  const serviceOf = (context: Context = {}): Properties => at('AWS::ECS::Service', 'Service/Service', context);

  test('replaces tasks without a gap, takes a deploy back that does not start, and is never on Spot', () => {
    expect(serviceOf({ spot: 'on' })).toMatchObject({
      DeploymentConfiguration: {
        DeploymentCircuitBreaker: { Enable: true, Rollback: true },
        MinimumHealthyPercent: 100,
        MaximumPercent: 200,
      },
      CapacityProviderStrategy: [{ CapacityProvider: 'FARGATE', Weight: 1 }],
      LoadBalancers: [{ ContainerName: 'ingest', ContainerPort: 8_000 }],
      HealthCheckGracePeriodSeconds: 60,
    });
    expect(serviceOf()['DesiredCount']).toBeUndefined();
  });

  test("runs in the workers' cluster and subnets, without a public address", () => {
    for (const context of [{}, existingNetwork]) {
      const template = synthesize({ ...ingestOn, ...context });
      const [worker, ingest] = ['Worker', 'Ingest'].map(
        (program) => resourceAt(template, 'AWS::ECS::Service', `${program}/Service/Service`).Properties,
      ) as [Properties, Properties];
      const placeOf = ({ Cluster, NetworkConfiguration: place }: Properties) => {
        const { Subnets, AssignPublicIp } = (place as { AwsvpcConfiguration: Properties }).AwsvpcConfiguration;
        return { Cluster, Subnets, AssignPublicIp };
      };
      expect(placeOf(ingest)).toEqual(placeOf(worker));
      expect(placeOf(ingest).AssignPublicIp).toBe('DISABLED');
    }
  });

  test('starts no task before the load balancer leads to it, the network has its way out, and the role its rights', () => {
    const template = synthesize(ingestOn);
    const idsOf = (type: string, path: RegExp): readonly string[] =>
      Object.entries(template.Resources)
        .filter(([, resource]) => resource.Type === type && path.test(pathOf(resource)))
        .map(([id]) => id);
    const needed = [
      ...idsOf('AWS::ElasticLoadBalancingV2::Listener', /^Ingest/),
      ...idsOf('AWS::IAM::Policy', /^Ingest\/Task\/Role/),
      ...idsOf('AWS::EC2::Route', /^Network/),
      ...idsOf('AWS::EC2::VPCEndpoint', /^Network/),
    ];
    expect(needed.length).toBeGreaterThan(10);
    expect(resourceAt(template, 'AWS::ECS::Service', 'Ingest/Service/Service')).toMatchObject({
      DependsOn: expect.arrayContaining(needed) as unknown,
    });
  });

  test('has as many tasks as posts and their cost need', () => {
    const context = { ingestLeastTasks: '3', ingestMostTasks: '7' };
    const target = at('AWS::ApplicationAutoScaling::ScalableTarget', 'Service/TaskCount/Target/Resource', context);
    expect(target).toMatchObject({ MinCapacity: 3, MaxCapacity: 7 });
    const tracked = ['Posts', 'Cpu'].map(
      (name) =>
        at('AWS::ApplicationAutoScaling::ScalingPolicy', `Service/TaskCount/Target/${name}/Resource`)[
          'TargetTrackingScalingPolicyConfiguration'
        ] as Properties,
    );
    expect(tracked).toMatchObject([
      { TargetValue: 12_000, PredefinedMetricSpecification: { PredefinedMetricType: 'ALBRequestCountPerTarget' } },
      { TargetValue: 50, PredefinedMetricSpecification: { PredefinedMetricType: 'ECSServiceAverageCPUUtilization' } },
    ]);
  });
});

test("the senders' secret is made without a value; one that is given is used, and none is made", () => {
  expect(Object.keys(at('AWS::SecretsManager::Secret', 'Senders/Secret'))).toEqual(['Description']);
  const ingestSecretArn = 'arn:aws:secretsmanager:us-east-1:000000000000:secret:senders-AbCdEf';
  const template = synthesize({ ...ingestOn, ingestSecretArn });
  expect(Object.keys(resourcesOf(template, 'AWS::SecretsManager::Secret'))).toEqual(['Genesys/Secret']);
  expect(environmentOf({ ingestSecretArn })['INGEST_SECRET_ARN']).toBe(ingestSecretArn);
});
