import { resources, type QueueDefinition } from '../../src/resources';
import { arnOf, messagingAlone, pathOf, resourceAt, resourcesOf, synthesize, type Context } from './synthesized';

/* What events pass through and rest in, as the template has it. A setting that gets lost fails here. */

const partner: Context = { eventSource: 'aws.partner/genesys.com/cloud/0a1b2c3d-0000-4000-8000-000000000000/tidemark' };
const full: Context = {
  ...partner,
  ...{ ruleMode: 'registered', onDelete: 'remove', sourcePrefixes: 'aws.partner/genesys.com,example.upstream' },
  ...{ crmUrl: 'https://crm.example.com/v1', ticketUrl: 'https://tickets.example.com', crmKeyHeader: 'Authorization' },
  ...{ ticketKeyVersion: '0123456789abcdef0123456789abcdef' },
};

const wanted = resources('tidemark');
const queuePaths = {
  intakeQueue: 'Messaging/Queues/Intake/Resource',
  deadLetterQueue: 'Messaging/Queues/DeadLetters/Resource',
  eventDeadLetterQueue: 'Messaging/Queues/EventDeadLetters/Resource',
} as const;
const tablePath = 'Messaging/Windows/Table/Resource';

const propertiesOf = (queue: QueueDefinition) => ({
  QueueName: queue.name,
  VisibilityTimeout: queue.visibilitySeconds,
  MessageRetentionPeriod: queue.retentionSeconds,
  ReceiveMessageWaitTimeSeconds: queue.receiveWaitSeconds,
  MaximumMessageSize: queue.maximumMessageBytes,
  SqsManagedSseEnabled: true,
});

test.each(['intakeQueue', 'deadLetterQueue', 'eventDeadLetterQueue'] as const)('%s is the one that is described', (name) => {
  const template = synthesize(partner);
  const redrive = {
    RedrivePolicy: {
      deadLetterTargetArn: arnOf(template, queuePaths.deadLetterQueue),
      maxReceiveCount: wanted.intakeQueue.maxReceiveCount,
    },
  };
  expect(resourceAt(template, 'AWS::SQS::Queue', queuePaths[name])).toMatchObject({
    Properties: { ...propertiesOf(wanted[name]), ...(name === 'intakeQueue' ? redrive : {}) },
    DeletionPolicy: 'RetainExceptOnCreate',
    UpdateReplacePolicy: 'Retain',
  });
});

test('table, index, expiry, recovery, encryption and protection are those that are described', () => {
  const { Properties, DeletionPolicy } = resourceAt(synthesize(partner), 'AWS::DynamoDB::Table', tablePath);
  const { table } = wanted;
  const { dueIndex } = table;
  const key = (HASH: string, RANGE: string) => [
    { AttributeName: HASH, KeyType: 'HASH' },
    { AttributeName: RANGE, KeyType: 'RANGE' },
  ];
  expect(Properties).toEqual({
    TableName: table.name,
    BillingMode: 'PAY_PER_REQUEST',
    KeySchema: key(table.partitionKey, table.sortKey),
    AttributeDefinitions: [
      ...[table.partitionKey, table.sortKey, dueIndex.partitionKey].map((AttributeName) => ({
        AttributeName,
        AttributeType: 'S',
      })),
      { AttributeName: dueIndex.sortKey, AttributeType: 'N' },
    ],
    GlobalSecondaryIndexes: [
      {
        IndexName: dueIndex.name,
        KeySchema: key(dueIndex.partitionKey, dueIndex.sortKey),
        Projection: { ProjectionType: 'KEYS_ONLY' },
      },
    ],
    TimeToLiveSpecification: { AttributeName: table.timeToLive, Enabled: true },
    PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: table.pointInTimeRecovery },
    SSESpecification: { SSEEnabled: true },
    DeletionProtectionEnabled: true,
  });
  expect(DeletionPolicy).toBe('Retain');
});

test('a table that is there is used, and none is made', () => {
  const template = synthesize({ ...partner, tableName: 'restored' });
  expect(resourcesOf(template, 'AWS::DynamoDB::Table')).toEqual({});
  expect(template.Outputs['TableName']).toEqual({ Value: 'restored' });
  expect(JSON.stringify(resourceAt(template, 'AWS::IAM::Policy', 'Messaging/Enrichment/Role/DefaultPolicy/Resource'))).toContain(
    ':table/restored',
  );
});

test('the topic is standard, encrypted, and refuses what is sent in the clear', () => {
  const template = synthesize(partner);
  expect(resourceAt(template, 'AWS::SNS::Topic', 'Messaging/Records/Topic/Resource').Properties).toEqual({
    TopicName: wanted.topic.name,
    KmsMasterKeyId: 'alias/aws/sns',
  });
  expect(resourceAt(template, 'AWS::SNS::TopicPolicy', 'Messaging/Records/Topic/Policy/Resource').Properties).toMatchObject({
    PolicyDocument: {
      Statement: [{ Effect: 'Deny', Action: 'sns:Publish', Condition: { Bool: { 'aws:SecureTransport': 'false' } } }],
    },
  });
});

test('what a trial leaves behind is nothing', () => {
  const kept = Object.values(messagingAlone(full).Resources).filter(
    ({ DeletionPolicy = 'Delete' }) => DeletionPolicy !== 'Delete',
  );
  expect(kept.map(pathOf)).toEqual([]);
  expect(resourceAt(synthesize(full), 'AWS::DynamoDB::Table', tablePath).Properties['DeletionProtectionEnabled']).toBe(false);
});

/** Names of everything that a part of a template refers to, AWS's own pseudo parameters excepted. */
const referredTo = (value: unknown): readonly string[] => {
  if (Array.isArray(value)) return value.flatMap(referredTo);
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, inner]): readonly string[] => {
    if (name === 'Ref') return [String(inner)];
    if (name === 'Fn::GetAtt') return [String((inner as readonly unknown[])[0])];
    if (name === 'DependsOn') return [inner].flat().map(String);
    if (name === 'Fn::Sub' || name === 'Fn::ImportValue' || (name === 'Condition' && typeof inner === 'string'))
      return [`${name} ${JSON.stringify(inner)}`];
    return referredTo(inner);
  });
};

test.each([partner, full, { tableName: 'restored', eventBus: 'calls' }])(
  'messaging refers to nothing outside of itself: %j',
  (context) => {
    const parts = Object.entries(synthesize(context).Resources).filter(([, resource]) =>
      pathOf(resource).startsWith('Messaging/'),
    );
    const inside = new Set(parts.map(([id]) => id));
    const outside = parts
      .flatMap(([, part]) => referredTo(part))
      .filter((name) => !inside.has(name) && !name.startsWith('AWS::'));
    expect(outside).toEqual([]);
  },
);

test('what holds data keeps its logical id: another one would have CloudFormation make it anew', () => {
  const types = ['AWS::DynamoDB::Table', 'AWS::SQS::Queue', 'AWS::SNS::Topic', 'AWS::Events::EventBus', 'AWS::Events::Archive'];
  const stateful = Object.entries(messagingAlone(partner).Resources).filter(([, { Type }]) => types.includes(Type));
  expect(Object.fromEntries(stateful.map(([id, { Type }]) => [id, Type]))).toEqual({
    MessagingFeedArchiveA6EEA2DA: 'AWS::Events::Archive',
    MessagingFeedBus00D40FA2: 'AWS::Events::EventBus',
    MessagingQueuesDeadLetters1354488D: 'AWS::SQS::Queue',
    MessagingQueuesEventDeadLetters11577BEF: 'AWS::SQS::Queue',
    MessagingQueuesIntake2D3FBD65: 'AWS::SQS::Queue',
    MessagingRecordsTopic3114469C: 'AWS::SNS::Topic',
    MessagingWindowsTable90273E5E: 'AWS::DynamoDB::Table',
  });
});
