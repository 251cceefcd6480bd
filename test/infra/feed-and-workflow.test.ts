import { Stack } from 'aws-cdk-lib';
import { Annotations, Match } from 'aws-cdk-lib/assertions';
import validate from 'asl-validator';
import { longestPattern } from '../../infra/event-patterns';
import { EventFeed } from '../../infra/event-feed';
import { IntakeQueues } from '../../infra/intake-queues';
import { readSettings } from '../../infra/read-settings';
import { resources } from '../../src/resources';
import { openSchemaRegistry } from '../../src/schema-files';
import {
  arnOf,
  inFolder,
  quietApp,
  logicalId,
  messagingAlone,
  resourceAt,
  resourcesOf,
  synthesize,
  type Context,
  type Template,
} from './synthesized';

/* Where events come in and executions go out, as the template has it. */

const source = 'aws.partner/genesys.com/cloud/0a1b2c3d-0000-4000-8000-000000000000/tidemark';
const partner: Context = { eventSource: source };
const full: Context = {
  ...partner,
  ...{ ruleMode: 'registered', onDelete: 'remove', sourcePrefixes: 'aws.partner/genesys.com,example.upstream' },
  ...{ crmUrl: 'https://crm.example.com/v1', ticketUrl: 'https://tickets.example.com', crmKeyHeader: 'Authorization' },
  ...{ ticketKeyVersion: '0123456789abcdef0123456789abcdef' },
};

const { stateMachine } = resources('tidemark');

interface Pattern {
  readonly source: readonly { readonly prefix: string }[];
  readonly 'detail-type'?: readonly string[];
}
const patternsOf = (template: Template): readonly Pattern[] =>
  Object.values(resourcesOf(template, 'AWS::Events::Rule')).map(({ Properties }) => Properties['EventPattern'] as Pattern);
const takes = ({ source: sources, 'detail-type': types }: Pattern, from: string, type: string): boolean =>
  sources.some(({ prefix }) => from.startsWith(prefix)) && (types?.includes(type) ?? true);

test('the rule takes everything of the Genesys source, known or not, and of nobody else', () => {
  const [pattern, ...others] = patternsOf(synthesize(partner));
  expect(others).toEqual([]);
  for (const from of [source, 'aws.partner/genesys.com.test/cloud/1/test'])
    expect(takes(pattern!, from, 'v2.of.tomorrow.{id}')).toBe(true);
  expect(takes(pattern!, 'example.upstream', 'conversation.end')).toBe(false);
});

test('rules for registered types take each type of the registry once, and no other, from each source that is named', () => {
  const patterns = patternsOf(synthesize(full));
  const names = openSchemaRegistry()
    .eventSubjects.filter(({ format }) => ['genesys', 'conversation-end'].includes(format))
    .flatMap(({ name, formerNames }) => [name, ...formerNames]);
  expect(names.length).toBeGreaterThan(60);
  for (const from of [source, 'example.upstream'])
    for (const name of names) expect([name, patterns.filter((pattern) => takes(pattern, from, name)).length]).toEqual([name, 1]);
  expect(patterns.some((pattern) => takes(pattern, source, 'v2.of.tomorrow.{id}'))).toBe(false);
  for (const pattern of patterns) expect(JSON.stringify(pattern).length).toBeLessThanOrEqual(longestPattern);
});

test.each([partner, full])('every rule tries for a day, then sets aside; %j', (context) => {
  const template = synthesize(context);
  const rules = Object.values(resourcesOf(template, 'AWS::Events::Rule'));
  expect(rules.length).toBe(context === full ? 2 : 1);
  for (const { Properties } of rules)
    expect(Properties).toMatchObject({
      State: 'ENABLED',
      EventBusName: { Ref: logicalId(template, 'Messaging/Feed/Bus/Resource') },
      Targets: [
        {
          Arn: arnOf(template, 'Messaging/Queues/Intake/Resource'),
          DeadLetterConfig: { Arn: arnOf(template, 'Messaging/Queues/EventDeadLetters/Resource') },
          RetryPolicy: { MaximumEventAgeInSeconds: 86_400, MaximumRetryAttempts: 185 },
        },
      ],
    });
});

test.each(['Intake', 'EventDeadLetters'])('%s lets nobody in but the rules, and nothing in the clear', (queue) => {
  const template = synthesize(full);
  const policy = resourceAt(template, 'AWS::SQS::QueuePolicy', `Messaging/Queues/${queue}/Policy/Resource`).Properties;
  const { Statement } = policy['PolicyDocument'] as {
    Statement: readonly { Effect: string; Condition: Readonly<Record<string, object>>; Principal: object }[];
  };
  const allowed = Statement.filter(({ Effect }) => Effect === 'Allow');
  const rules = ['Rule', 'Rule2'].map((rule) => arnOf(template, `Messaging/Feed/${rule}/Resource`));
  expect(allowed.flatMap(({ Condition }) => Object.values(Condition))).toEqual(rules.map((arn) => ({ 'aws:SourceArn': arn })));
  expect(allowed.map(({ Principal }) => Principal)).toEqual(rules.map(() => ({ Service: 'events.amazonaws.com' })));
  expect(Statement.filter(({ Effect }) => Effect === 'Deny')).toMatchObject([
    { Condition: { Bool: { 'aws:SecureTransport': 'false' } } },
  ]);
});

test("the partner's bus is called like its source", () => {
  expect(resourceAt(synthesize(partner), 'AWS::Events::EventBus', 'Messaging/Feed/Bus/Resource').Properties).toMatchObject({
    Name: source,
    EventSourceName: source,
  });
});

test('of a bus that is there, only rule and archive are made', () => {
  const template = messagingAlone({ eventBus: 'calls' });
  expect(resourcesOf(template, 'AWS::Events::EventBus')).toEqual({});
  expect(resourceAt(template, 'AWS::Events::Rule', 'Messaging/Feed/Rule/Resource').Properties['EventBusName']).toBe('calls');
  expect(JSON.stringify(resourceAt(template, 'AWS::Events::Archive', 'Messaging/Feed/Archive/Archive'))).toContain(
    ':event-bus/calls',
  );
});

test('the archive keeps what every source sent, whatever the rules take, for as long as it is told', () => {
  const { Properties, DeletionPolicy } = resourceAt(
    messagingAlone({ ...full, onDelete: 'keep', archiveDays: '7' }),
    'AWS::Events::Archive',
    'Messaging/Feed/Archive/Archive',
  );
  expect(Properties).toMatchObject({
    ArchiveName: 'tidemark-events',
    RetentionDays: 7,
    EventPattern: { source: [{ prefix: 'aws.partner/genesys.com' }, { prefix: 'example.upstream' }] },
  });
  expect(Properties['EventPattern']).not.toHaveProperty('detail-type');
  expect(DeletionPolicy).toBe('RetainExceptOnCreate');
  expect(resourcesOf(messagingAlone({ archiveDays: '0' }), 'AWS::Events::Archive')).toEqual({});
});

test('the workflow logs errors without data, is traced, and is valid as it is synthesized', () => {
  const template = synthesize(full);
  const { Properties } = resourceAt(template, 'AWS::StepFunctions::StateMachine', 'Messaging/Enrichment/Workflow/Resource');
  expect(Properties).toMatchObject({
    StateMachineName: stateMachine.name,
    StateMachineType: 'STANDARD',
    LoggingConfiguration: {
      Level: 'ERROR',
      IncludeExecutionData: false,
      Destinations: [{ CloudWatchLogsLogGroup: { LogGroupArn: arnOf(template, 'Messaging/Enrichment/Log/Resource') } }],
    },
    TracingConfiguration: { Enabled: true },
    DefinitionSubstitutions: {
      TableName: { Ref: logicalId(template, 'Messaging/Windows/Table/Resource') },
      CrmApiEndpoint: 'https://crm.example.com/v1',
      CrmConnectionArn: arnOf(template, 'Messaging/Enrichment/Crm/Connection/Connection'),
      TicketApiEndpoint: 'https://tickets.example.com',
      TicketConnectionArn: arnOf(template, 'Messaging/Enrichment/Tickets/Connection/Connection'),
    },
  });
  expect(Object.keys(Properties['DefinitionSubstitutions'] as object).sort()).toEqual([...stateMachine.substitutions].sort());
  const { isValid, errorsText } = validate(JSON.parse(Properties['DefinitionString'] as string) as object, {
    checkPaths: true,
    checkArn: true,
  });
  expect([errorsText(), isValid]).toEqual(['', true]);
});

test('a key goes from its secret to its connection, and through no template', () => {
  const template = synthesize(full);
  const connection = (name: string) =>
    JSON.stringify(
      resourceAt(template, 'AWS::Events::Connection', `Messaging/Enrichment/${name}/Connection/Connection`).Properties,
    );
  const reference = (name: string, version: string) =>
    JSON.stringify([
      '{{resolve:secretsmanager:',
      { Ref: logicalId(template, `Messaging/Enrichment/${name}/Key/Resource`) },
      `:SecretString:::${version}}}`,
    ]);
  expect(connection('Crm')).toContain('"ApiKeyName":"Authorization"');
  expect(connection('Crm')).toContain(reference('Crm', ''));
  expect(connection('Tickets')).toContain('"ApiKeyName":"x-api-key"');
  expect(connection('Tickets')).toContain(reference('Tickets', full['ticketKeyVersion']!));
});

test('without CRM and ticket system there is neither key nor connection', () => {
  const template = messagingAlone(partner);
  expect(['AWS::Events::Connection', 'AWS::SecretsManager::Secret'].map((type) => resourcesOf(template, type))).toEqual([{}, {}]);
});

test.each([
  ['aws.partner/genesys.com', /yourself\. .* give sourcePrefixes, too\. \[ack/],
  ['example.upstream', /no event comes but what you put on the bus of this stack yourself\. \[ack/],
])('whoever deploys without a source of Genesys is told that nothing will come; sources of %s', (sourcePrefixes, told) => {
  const settings = readSettings({ GENESYS_REGION: 'us-east-1', sourcePrefixes });
  const warnings = inFolder((outdir) => {
    const stack = new Stack(quietApp({}, outdir), 'tidemark');
    new EventFeed(stack, 'Feed', { queues: new IntakeQueues(stack, 'Queues', resources('tidemark'), settings), settings });
    return Annotations.fromStack(stack).findWarning('*', Match.anyValue());
  });
  expect(warnings.map(({ entry }) => entry.data)).toEqual([expect.stringMatching(told)]);
});

/** What IAM asks of a task's resource. */
const actionsOf = (resource: string): readonly string[] => {
  const [, service = '', operation = ''] = /^arn:aws:states:::(?:aws-sdk:)?(\w+):(\w+)$/.exec(resource) ?? [];
  if (`${service}:${operation}` === 'http:invoke')
    return [
      ...['states:InvokeHTTPEndpoint', 'events:RetrieveConnectionCredentials'],
      ...['secretsmanager:DescribeSecret', 'secretsmanager:GetSecretValue'],
    ];
  return [`${service === 'sfn' ? 'states' : service}:${operation.charAt(0).toUpperCase()}${operation.slice(1)}`];
};

interface Granted {
  readonly Sid?: string;
  readonly Action: string | readonly string[];
  readonly Resource: unknown;
  readonly Condition?: unknown;
}
const grantedTo = (template: Template): readonly Granted[] => {
  const policies = Object.entries(resourcesOf(template, 'AWS::IAM::Policy')).filter(([path]) => path.startsWith('Messaging/'));
  return policies.flatMap(([, { Properties }]) => (Properties['PolicyDocument'] as { Statement: readonly Granted[] }).Statement);
};

test('the workflow may do what its tasks do, where they do it, and nothing else but log and trace', () => {
  const template = synthesize(full);
  const granted = grantedTo(template);
  const { Properties } = resourceAt(template, 'AWS::StepFunctions::StateMachine', 'Messaging/Enrichment/Workflow/Resource');
  const used = String(Properties['DefinitionString']).matchAll(/"Resource": "(arn:[^"]+)"/g);
  const needed = new Set([...used].flatMap(([, resource = '']) => actionsOf(resource)));
  const actions = granted.flatMap(({ Action }) => Action).filter((action) => !/^(logs|xray):/.test(action));
  expect([...actions].sort()).toEqual([...needed].sort());
  const anywhere = granted.filter(({ Resource }) => Resource === '*').flatMap(({ Action }) => Action);
  expect(anywhere.filter((action) => !/^(logs|xray):/.test(action))).toEqual(['comprehend:BatchDetectSentiment']);
  const of = (sid: string) => granted.find(({ Sid }) => Sid === sid);
  expect(of('KeepGuards')).toMatchObject({
    Resource: arnOf(template, 'Messaging/Windows/Table/Resource'),
    Condition: { 'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': ['X#*'] }, Null: { 'dynamodb:LeadingKeys': 'false' } },
  });
  expect(JSON.stringify(of('LookAtHolders')?.Resource)).toContain(`:execution:${stateMachine.name}:*`);
  expect(JSON.stringify(of('CallOut')?.Resource)).toContain(`:stateMachine:${stateMachine.name}"`);
  expect(of('CallOut')?.Condition).toEqual({
    StringEquals: { 'states:HTTPMethod': ['GET', 'PUT'] },
    StringLike: { 'states:HTTPEndpoint': ['https://crm.example.com/v1/*', 'https://tickets.example.com/*'] },
  });
});

test('a workflow that calls nobody may call nobody', () => {
  const actions = grantedTo(synthesize(partner)).flatMap(({ Action }) => Action);
  expect(actions.filter((action) => /HTTP|events:|secretsmanager:/.test(action))).toEqual([]);
});
