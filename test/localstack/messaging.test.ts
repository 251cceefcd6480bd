import { cutMessaging } from '../../localstack/messaging/cut';
import { forLocalStack } from '../../localstack/messaging/deviations';
import { withOverrides } from '../../localstack/messaging/overrides';
import { templateFor } from '../../localstack/messaging/read-template';
import { referencesIn, type Template } from '../../localstack/messaging/template';

const at = (path: string) => ({ Metadata: { 'aws:cdk:path': `tidemark/${path}` } });

const template: Template = {
  Resources: {
    Queue: { Type: 'AWS::SQS::Queue', ...at('Messaging/Queue/Resource') },
    Policy: { Type: 'AWS::SQS::QueuePolicy', Properties: { Queues: [{ Ref: 'Queue' }] }, ...at('Messaging/Policy/Resource') },
    Service: { Type: 'AWS::ECS::Service', Properties: { Queue: { Ref: 'Queue' } }, ...at('Worker/Service') },
    Nowhere: { Type: 'AWS::CDK::Metadata' },
  },
  Outputs: {
    QueueUrl: { Value: { Ref: 'Queue' } },
    RetentionDays: { Value: '100' },
    ServiceName: { Value: { 'Fn::GetAtt': ['Service', 'Name'] } },
  },
};

describe('what is cut out of the template', () => {
  test('is what is under Messaging, and the outputs that speak of nothing else', () => {
    const { Resources, Outputs = {} } = cutMessaging(template);
    expect(Object.keys(Resources)).toEqual(['Queue', 'Policy']);
    expect(Object.keys(Outputs)).toEqual(['QueueUrl', 'RetentionDays']);
    expect(Resources['Policy']).toEqual(template.Resources['Policy']);
  });

  test('refers to nothing outside, or is refused by name', () => {
    const leaning = {
      Type: 'AWS::SNS::Topic',
      Properties: { Name: { 'Fn::Sub': 'for-${Service.Name}' } },
      ...at('Messaging/Topic'),
    };
    const leans = (): unknown => cutMessaging({ ...template, Resources: { ...template.Resources, Leaning: leaning } });
    expect(leans).toThrow('Leaning (Service)');
  });
});

test.each([
  ['a reference', { Ref: 'A' }, ['A']],
  ['what every template has', { Ref: 'AWS::Region' }, []],
  ['an attribute', { 'Fn::GetAtt': ['A', 'Arn'] }, ['A']],
  ['an attribute in a text', { 'Fn::GetAtt': 'A.Arn' }, ['A']],
  ['a text with names', { 'Fn::Sub': '${A}-${B.Arn}-${!C}-${AWS::Region}' }, ['A', 'B']],
  ['a text with names of its own', { 'Fn::Sub': ['${A}-${B}', { A: { Ref: 'C' } }] }, ['B', 'C']],
  ['what it waits for', { DependsOn: ['A', 'B'] }, ['A', 'B']],
  ['a condition, and what it chooses', { Condition: 'A', Then: [{ Ref: 'B' }] }, ['A', 'B']],
  ['a condition of a policy', { Condition: { StringEquals: { 'aws:SourceArn': { Ref: 'A' } } } }, ['A']],
])('%s is known as what a part refers to', (_, part, names) => {
  expect(referencesIn(part)).toEqual(names);
});

test('shorter waits are settings of the intake queue; its dead-letter queue stays', () => {
  const queue = (name: string) => ({
    Type: 'AWS::SQS::Queue',
    Properties: { QueueName: name, VisibilityTimeout: 60, RedrivePolicy: { maxReceiveCount: 1000, deadLetterTargetArn: 'arn' } },
  });
  const { Resources } = withOverrides({ Resources: { A: queue('intake'), B: queue('other') } }, 'intake', {
    visibilitySeconds: 2,
    maxReceiveCount: 3,
  });
  expect(Resources['A']!.Properties).toEqual({
    QueueName: 'intake',
    VisibilityTimeout: 2,
    RedrivePolicy: { maxReceiveCount: 3, deadLetterTargetArn: 'arn' },
  });
  expect(Resources['B']).toEqual(queue('other'));
  expect(() => withOverrides({ Resources: {} }, 'intake', {})).toThrow('Expected a queue called intake');
});

describe('of the synthesized template', () => {
  const whole = templateFor('an-installation');
  const deployed = forLocalStack(whole);
  const changed = Object.entries(whole.Resources).filter(([id, resource]) => {
    const there = deployed.Resources[id];
    return !there || JSON.stringify(there) !== JSON.stringify(resource);
  });

  test('LocalStack gets all but the archive, and as it is but for the workflow and a policy', () => {
    expect(changed.map(([, { Type }]) => Type).toSorted()).toEqual([
      'AWS::Events::Archive',
      'AWS::IAM::Policy',
      'AWS::StepFunctions::StateMachine',
    ]);
    const left = Object.keys(whole.Resources).filter((id) => !deployed.Resources[id]);
    expect(left.map((id) => whole.Resources[id]!.Type)).toEqual(['AWS::Events::Archive']);
  });

  test('LocalStack gets little enough for one call', () => {
    expect(Buffer.byteLength(JSON.stringify(deployed))).toBeLessThan(51_200);
  });

  test('every name begins with that of the installation', () => {
    const named = ['QueueName', 'TableName', 'TopicName', 'StateMachineName'];
    const names = Object.values(deployed.Resources).flatMap(({ Properties = {} }) =>
      named.flatMap((name) => (Properties[name] as string | undefined) ?? []),
    );
    expect(names).toHaveLength(6);
    expect(names.filter((name) => !name.startsWith('an-installation-'))).toEqual([]);
  });
});
