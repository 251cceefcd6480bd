import type { Finding } from '../../src/doctor/finding';
import { resources } from '../../src/resources';
import type { DescribedRule, DescribedTable, QueueAttributes, RuleTarget } from '../../src/ports-doctor';

/* What AWS says of an installation that is as it should be, in AWS's own shapes. */

const account = '123456789012';
const region = 'eu-west-1';
export const busName = 'aws.partner/genesys.com/cloud/0b5e9f0a-5f5c-4f0e-9a63-2d1c0c4c7a11/contact-centre';
export const ruleArn = `arn:aws:events:${region}:${account}:rule/${busName}/tidemark-genesys`;
export const queueArn = (name: string): string => `arn:aws:sqs:${region}:${account}:${name}`;
export const wanted = resources();

export const policyFor = (rule: string, queue: string): string =>
  JSON.stringify({
    Version: '2012-10-17',
    Statement: [
      {
        Sid: 'HTTPSOnly',
        Effect: 'Deny',
        Principal: { AWS: '*' },
        Action: 'sqs:*',
        Resource: queueArn(queue),
        Condition: { Bool: { 'aws:SecureTransport': 'false' } },
      },
      {
        Effect: 'Allow',
        Principal: { Service: 'events.amazonaws.com' },
        Action: 'sqs:SendMessage',
        Resource: queueArn(queue),
        Condition: { ArnEquals: { 'aws:SourceArn': rule } },
      },
    ],
  });

const ofAny = (name: string): QueueAttributes => ({
  QueueArn: queueArn(name),
  ApproximateNumberOfMessages: '0',
  ApproximateNumberOfMessagesNotVisible: '0',
  VisibilityTimeout: '60',
  MaximumMessageSize: '1048576',
  MessageRetentionPeriod: '1209600',
  ReceiveMessageWaitTimeSeconds: '20',
  SqsManagedSseEnabled: 'true',
});

export const intake: QueueAttributes = {
  ...ofAny('tidemark-intake'),
  RedrivePolicy: JSON.stringify({ deadLetterTargetArn: queueArn('tidemark-dead-letters'), maxReceiveCount: 1000 }),
  Policy: policyFor(ruleArn, 'tidemark-intake'),
};

export const deadLetters: QueueAttributes = {
  ...ofAny('tidemark-dead-letters'),
  RedriveAllowPolicy: JSON.stringify({ redrivePermission: 'byQueue', sourceQueueArns: [queueArn('tidemark-intake')] }),
};

export const eventDeadLetters: QueueAttributes = {
  ...ofAny('tidemark-event-dead-letters'),
  Policy: policyFor(ruleArn, 'tidemark-event-dead-letters'),
};

export const table: DescribedTable = {
  arn: `arn:aws:dynamodb:${region}:${account}:table/tidemark-windows`,
  status: 'ACTIVE',
  billing: 'PAY_PER_REQUEST',
  isProtected: true,
  keys: [
    { name: 'pk', type: 'S' },
    { name: 'sk', type: 'S' },
  ],
  indexes: [
    {
      name: 'due',
      status: 'ACTIVE',
      projection: 'KEYS_ONLY',
      keys: [
        { name: 'dueOn', type: 'S' },
        { name: 'dueAt', type: 'N' },
      ],
    },
  ],
};

export const rule: DescribedRule = {
  arn: ruleArn,
  state: 'ENABLED',
  pattern: '{"source":[{"prefix":"aws.partner/genesys.com"}]}',
};

export const target: RuleTarget = {
  arn: queueArn('tidemark-intake'),
  deadLetterArn: queueArn('tidemark-event-dead-letters'),
  retryAttempts: 185,
  maxAgeSeconds: 86_400,
};

/** `check: status` of all that is neither as it should be nor mere news. */
export const amiss = (findings: readonly Finding[]): readonly string[] =>
  findings.filter(({ status }) => status !== 'ok' && status !== 'info').map(({ check, status }) => `${check}: ${status}`);
