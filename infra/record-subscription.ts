import { CfnPermission } from 'aws-cdk-lib/aws-lambda';
import { Subscription, SubscriptionFilter, SubscriptionProtocol, type ITopic } from 'aws-cdk-lib/aws-sns';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { subscriptionDeadLetterQueue } from '../src/resources';
import { acknowledge } from './nag';
import { queueProps } from './queue-props';
import type { StackSettings } from './settings';

/** Attributes of what is published (docs/record.md), and the values that are wanted of each; all of them must fit. */
export type NotificationFilter = Readonly<
  Partial<Record<'kind' | 'status' | 'pane' | 'revision' | 'mediaType' | 'direction' | 'orgId' | 'subject', readonly string[]>>
>;

interface RecordSubscriptionProps {
  readonly topic: ITopic;
  readonly settings: Pick<StackSettings, 'stackName' | 'onDelete'>;
  /** The subscriber's: its dead letters are called after it. */
  readonly name: string;
  readonly to:
    | { readonly protocol: 'sqs' | 'lambda'; readonly arn: string }
    /** SNS writes to a stream as this role. */
    | { readonly protocol: 'firehose'; readonly arn: string; readonly roleArn: string };
  /** Unset: every record, and nothing else of what is published. */
  readonly filter?: NotificationFilter;
}

const filterPolicyOf = (filter: NotificationFilter): Record<string, SubscriptionFilter> =>
  Object.fromEntries(
    Object.entries(filter).map(([name, values]) => [name, SubscriptionFilter.stringFilter({ allowlist: [...values] })]),
  );

/** A subscriber of the record topic, and the queue of what it could not be delivered: the `dead-letters` commands find it by the topic. */
export class RecordSubscription extends Construct {
  readonly deadLetters: Queue;

  constructor(scope: Construct, id: string, { topic, settings, name, to, filter }: RecordSubscriptionProps) {
    super(scope, id);
    const wanted = subscriptionDeadLetterQueue(settings.stackName, name);
    this.deadLetters = new Queue(this, 'DeadLetters', queueProps(wanted, settings));
    acknowledge(this.deadLetters, { 'AwsSolutions-SQS3': 'It is a dead-letter queue itself, of a subscription.' });
    new Subscription(this, 'Subscription', {
      topic,
      endpoint: to.arn,
      protocol: SubscriptionProtocol[to.protocol.toUpperCase() as 'SQS' | 'LAMBDA' | 'FIREHOSE'],
      // The record as it is, its attributes beside it. A function gets SNS's envelope: there is no other way to one.
      rawMessageDelivery: to.protocol !== 'lambda',
      filterPolicy: filterPolicyOf(filter ?? { kind: ['record'] }),
      deadLetterQueue: this.deadLetters,
      ...('roleArn' in to ? { subscriptionRoleArn: to.roleArn } : {}),
    });
    // A queue's policy is its owner's to write: it may be in another stack, or in another account.
    if (to.protocol === 'lambda') {
      const permission = { functionName: to.arn, action: 'lambda:InvokeFunction', principal: 'sns.amazonaws.com' };
      new CfnPermission(this, 'MayInvoke', { ...permission, sourceArn: topic.topicArn });
    }
  }
}
