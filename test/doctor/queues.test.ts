import { judgeDeadLetters, judgeEventDeadLetters } from '../../src/doctor/dead-letter-check';
import { judgeIntake } from '../../src/doctor/intake-check';
import { letsIn, sendersOf } from '../../src/doctor/queue-policy';
import { ruleArnOf, ruleNameIn, ruleNameOfOutputs } from '../../src/doctor/rule-name';
import type { QueueAttributes } from '../../src/ports-doctor';
import { amiss, busName, deadLetters, eventDeadLetters, intake, policyFor, queueArn, ruleArn, wanted } from './samples';

const judged = (changed: QueueAttributes, rule: string | null = ruleArn) =>
  judgeIntake(
    { ...intake, ...changed },
    { wanted: wanted.intakeQueue, deadLetterArn: queueArn('tidemark-dead-letters'), ruleArn: rule },
  );

test('queues as the stack makes them have nothing amiss', () => {
  expect(amiss(judged({}))).toEqual([]);
  expect(amiss(judgeDeadLetters(deadLetters, wanted.deadLetterQueue, queueArn('tidemark-intake')))).toEqual([]);
  expect(amiss(judgeEventDeadLetters(eventDeadLetters, wanted.eventDeadLetterQueue, ruleArn))).toEqual([]);
});

const toAnother = JSON.stringify({ deadLetterTargetArn: queueArn('other'), maxReceiveCount: 1000 });
const after = (maxReceiveCount: number): string =>
  JSON.stringify({ deadLetterTargetArn: queueArn('tidemark-dead-letters'), maxReceiveCount });
const another = ruleArn.replace('tidemark-genesys', 'other');
const openPolicy = JSON.stringify({
  Statement: { Effect: 'Allow', Principal: { Service: 'events.amazonaws.com' }, Action: ['sqs:SendMessage'], Resource: '*' },
});

test.each<readonly [string, QueueAttributes, readonly string[]]>([
  ['no redrive policy', { RedrivePolicy: '' }, ['redrive: wrong']],
  ['a redrive policy to another queue', { RedrivePolicy: toAnother }, ['redrive: wrong']],
  ['a few receives, which an outage uses up', { RedrivePolicy: after(5) }, ['receives before it: wrong']],
  ['fewer receives than the most', { RedrivePolicy: after(500) }, ['receives before it: warn']],
  ['a FIFO queue', { FifoQueue: 'true' }, ['kind: wrong']],
  ['a retention of four days', { MessageRetentionPeriod: '345600' }, ['retention: warn']],
  ['messages of 256 KiB at most', { MaximumMessageSize: '262144' }, ['message size: warn']],
  ['another visibility', { VisibilityTimeout: '30' }, ['visibility: warn']],
  ['short polls', { ReceiveMessageWaitTimeSeconds: '0' }, ['long poll: warn']],
  ['no encryption', { SqsManagedSseEnabled: 'false' }, ['encryption: warn']],
  ["AWS's own KMS key, which EventBridge may not use", { KmsMasterKeyId: 'alias/aws/sqs' }, ['encryption: wrong']],
  ['no policy', { Policy: '' }, ['who may send: wrong']],
  ['a policy for another rule', { Policy: policyFor(another, 'tidemark-intake') }, ['who may send: wrong']],
  ['a policy for any rule of anybody', { Policy: openPolicy }, ['who may send: warn']],
])('an intake queue with %s', (_, changed, expected) => {
  const findings = judged(changed);
  expect(amiss(findings)).toEqual(expected);
  for (const finding of findings.filter(({ status }) => status === 'wrong' || status === 'warn'))
    expect(finding.todo).not.toBe('');
});

test('how many wait is told, and is no judgement', () => {
  const found = judged({ ApproximateNumberOfMessages: '12345', ApproximateNumberOfMessagesNotVisible: '7' });
  expect(found.find(({ check }) => check === 'depth')).toMatchObject({
    status: 'info',
    actual: 'about 12345 waiting, 7 in hand',
  });
});

test('without a rule that is known, a policy that lets some rule in is taken to be right', () => {
  expect(amiss(judged({}, null))).toEqual([]);
  expect(amiss(judged({ Policy: '' }, null))).toEqual(['who may send: warn']);
});

test.each<readonly [string, QueueAttributes, readonly string[]]>([
  ['letters in it', { ApproximateNumberOfMessages: '3' }, ['letters: warn']],
  [
    'a redrive allow policy that denies all',
    { RedriveAllowPolicy: '{"redrivePermission":"denyAll"}' },
    ['who may redrive here: wrong'],
  ],
  [
    'a redrive allow policy that leaves our queue out',
    { RedriveAllowPolicy: JSON.stringify({ redrivePermission: 'byQueue', sourceQueueArns: [queueArn('other')] }) },
    ['who may redrive here: wrong'],
  ],
])('a dead-letter queue with %s', (_, changed, expected) => {
  const attributes = { ...deadLetters, ...changed };
  expect(amiss(judgeDeadLetters(attributes, wanted.deadLetterQueue, queueArn('tidemark-intake')))).toEqual(expected);
});

test('EventBridge must be able to set aside what it gives up on', () => {
  const attributes = { ...eventDeadLetters, Policy: '' };
  expect(amiss(judgeEventDeadLetters(attributes, wanted.eventDeadLetterQueue, ruleArn))).toEqual(['who may send: wrong']);
});

describe('a policy', () => {
  test('names rules by pattern or by account, too', () => {
    const byAccount = { StringEquals: { 'aws:SourceAccount': '123456789012' } };
    const byPattern = { ArnLike: { 'AWS:SourceArn': ['arn:aws:events:eu-west-1:123456789012:rule/*'] } };
    for (const Condition of [byAccount, byPattern]) {
      const statement = { Effect: 'Allow', Principal: '*', Action: 'SQS:SendMessage', Resource: '*', Condition };
      const senders = sendersOf(JSON.stringify({ Statement: [statement] }));
      expect(senders.isOpenToAll).toBe(false);
      expect(letsIn(senders, ruleArn)).toBe(true);
      expect(letsIn(senders, ruleArn.replaceAll('123456789012', '999999999999'))).toBe(false);
    }
  });

  test('that lets others send, or EventBridge do something else, lets no rule in', () => {
    const allow = { Effect: 'Allow', Resource: '*' };
    const others = [
      { ...allow, Principal: { Service: 'sns.amazonaws.com' }, Action: 'sqs:SendMessage' },
      { ...allow, Principal: { Service: 'events.amazonaws.com' }, Action: 'sqs:ReceiveMessage' },
      { Effect: 'Deny', Principal: '*', Action: 'sqs:*', Resource: '*' },
    ];
    expect(sendersOf(JSON.stringify({ Statement: others }))).toEqual({ rules: [], isOpenToAll: false });
  });
});

test('a rule is known by its ARN, whatever slashes the name of its bus has', () => {
  expect(ruleNameIn(ruleArn)).toEqual({ bus: busName, rule: 'tidemark-genesys' });
  expect(ruleNameIn('arn:aws:events:eu-west-1:123456789012:rule/plain')).toEqual({ bus: 'default', rule: 'plain' });
  expect(ruleNameIn('arn:aws:events:eu-west-1:123456789012:rule/*')).toBeNull();
  expect(ruleArnOf({ bus: busName, rule: 'tidemark-genesys' }, queueArn('q'))).toBe(ruleArn);
  expect(ruleNameOfOutputs(busName, `${busName}|tidemark-genesys`)).toEqual({ bus: busName, rule: 'tidemark-genesys' });
});
