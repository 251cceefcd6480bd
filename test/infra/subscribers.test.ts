import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readSettings, SettingsError } from '../../infra/read-settings';
import { eventNotification } from '../../src/core/event-notification';
import type { ConversationRecord } from '../../src/core/record';
import { recordNotification } from '../../src/core/travel';
import { subscriptionDeadLetterQueue } from '../../src/resources';
import { anEvent } from '../factories';
import { least, pathOf, resourcesOf, synthesize, type Properties } from './synthesized';

const queueArn = 'arn:aws:sqs:eu-central-1:123456789012:crm';
const functionArn = 'arn:aws:lambda:eu-central-1:123456789012:function:quality:live';
const template = synthesize({ subscribers: `${queueArn}, ${functionArn}`, warehouse: 'on' });

const subscriptions = Object.values(resourcesOf(template, 'AWS::SNS::Subscription'));
const toProtocol = (protocol: string): Properties =>
  subscriptions.find(({ Properties: { Protocol } }) => Protocol === protocol)!.Properties;
const idOf = (path: string): string => Object.entries(template.Resources).find(([, resource]) => pathOf(resource) === path)![0];

test('whoever is named gets the record as it is; a function gets it in the envelope of SNS, and may be called', () => {
  expect(subscriptions).toHaveLength(3);
  expect(toProtocol('sqs')).toMatchObject({ Endpoint: queueArn, RawMessageDelivery: true });
  expect(toProtocol('firehose')).toMatchObject({ RawMessageDelivery: true });
  expect(toProtocol('lambda')).toMatchObject({ Endpoint: functionArn, RawMessageDelivery: false });
  const [permission] = Object.values(resourcesOf(template, 'AWS::Lambda::Permission'));
  expect(permission!.Properties).toMatchObject({
    Action: 'lambda:InvokeFunction',
    FunctionName: functionArn,
    Principal: 'sns.amazonaws.com',
    SourceArn: toProtocol('lambda')['TopicArn'],
  });
});

test('each subscription has a dead-letter queue of its own, which this topic may fill and the commands on call find by it', () => {
  const queues = subscriptions.map((subscription) => {
    const id = idOf(pathOf(subscription).replace(/Subscription\/Resource$/, 'DeadLetters/Resource'));
    expect(subscription.Properties['RedrivePolicy']).toEqual({ deadLetterTargetArn: { 'Fn::GetAtt': [id, 'Arn'] } });
    const policy =
      template.Resources[idOf(pathOf(subscription).replace(/Subscription\/Resource$/, 'DeadLetters/Policy/Resource'))]!;
    expect(JSON.stringify(policy.Properties['PolicyDocument'])).toContain(
      JSON.stringify({ ArnEquals: { 'aws:SourceArn': subscription.Properties['TopicArn'] } }),
    );
    return template.Resources[id]!;
  });
  const wanted = ['crm', 'quality-live', 'warehouse'].map((name) => subscriptionDeadLetterQueue('tidemark', name));
  expect(queues.map((queue) => queue.Properties['QueueName']).sort()).toEqual(wanted.map(({ name }) => name));
  for (const { Properties, DeletionPolicy } of queues) {
    expect(Properties).toMatchObject({ MessageRetentionPeriod: 14 * 86_400, SqsManagedSseEnabled: true });
    expect(DeletionPolicy).toBe('RetainExceptOnCreate');
  }
});

/** SNS's own rule, as far as we use it: for each name one of the values. */
const passes = (filter: unknown, attributes: Readonly<Record<string, string>>): boolean =>
  Object.entries(filter as Readonly<Record<string, readonly string[]>>).every(([name, values]) =>
    values.includes(attributes[name] ?? ''),
  );

test('a subscriber gets every record, and nothing else of what is published', () => {
  const sample = join(__dirname, '../samples/tidemark.record/valid/late-revision.json');
  const record = JSON.parse(readFileSync(sample, 'utf8')) as ConversationRecord;
  const event = eventNotification(anEvent(), { life: record.life, revision: 1, position: 1 });
  for (const { Properties } of subscriptions) {
    expect(passes(Properties['FilterPolicy'], recordNotification(record).attributes)).toBe(true);
    expect(passes(Properties['FilterPolicy'], event.attributes)).toBe(false);
    expect(Properties['FilterPolicyScope'] ?? 'MessageAttributes').toBe('MessageAttributes');
  }
});

const problemsOf = (subscribers: string): readonly string[] => {
  try {
    readSettings({ ...least, subscribers });
    return [];
  } catch (error) {
    if (!(error instanceof SettingsError)) throw error;
    return error.problems;
  }
};

test.each([
  ['a FIFO queue, to which a standard topic delivers nothing', `${queueArn}.fifo`, 'expected ARNs of standard SQS queues'],
  ['an address', 'https://crm.example.com', 'expected ARNs of standard SQS queues'],
  ['a name whose dead letters are EventBridge’s', queueArn.replace('crm', 'event'), '`tidemark-event-dead-letters`'],
  ['a name whose dead letters are the warehouse’s', queueArn.replace('crm', 'warehouse'), '`tidemark-warehouse-dead-letters`'],
  ['two of one name', `${queueArn},${queueArn.replace('central', 'west')}`, '`tidemark-crm-dead-letters`'],
  ['a name too long for its dead letters', queueArn.replace('crm', 'c'.repeat(70)), 'at most 80 characters'],
])('%s is refused before anything is deployed', (_, given, problem) => {
  expect(problemsOf(given)).toEqual([expect.stringContaining(problem)]);
});
