import {
  GetSubscriptionAttributesCommand,
  GetTopicAttributesCommand,
  paginateListSubscriptionsByTopic,
  type SNSClient,
  type Subscription,
} from '@aws-sdk/client-sns';
import type { DescribedSubscription, DescribedTopic } from '../ports-doctor';

/** It takes `sns:GetTopicAttributes`. */
export const describeTopic = async (sns: SNSClient, topicArn: string, abortSignal: AbortSignal): Promise<DescribedTopic> => {
  const { Attributes: attributes = {} } = await sns.send(new GetTopicAttributesCommand({ TopicArn: topicArn }), { abortSignal });
  return { isFifo: attributes['FifoTopic'] === 'true' || topicArn.endsWith('.fifo') };
};

const describeSubscription = async (
  sns: SNSClient,
  { SubscriptionArn: arn = '', Protocol: protocol = '', Endpoint: endpoint = '' }: Subscription,
  abortSignal: AbortSignal,
): Promise<DescribedSubscription> => {
  // Until it is confirmed it has no ARN to ask for.
  if (!arn.startsWith('arn:')) return { protocol, endpoint, isConfirmed: false, hasDeadLetterQueue: false };
  const asked = new GetSubscriptionAttributesCommand({ SubscriptionArn: arn });
  const { Attributes: attributes = {} } = await sns.send(asked, { abortSignal });
  const policy = attributes['RedrivePolicy'] ?? '';
  return { protocol, endpoint, isConfirmed: true, hasDeadLetterQueue: policy.includes('deadLetterTargetArn') };
};

/** It takes `sns:ListSubscriptionsByTopic` and `sns:GetSubscriptionAttributes`. One after the other: SNS grants few requests a second. */
export const describeSubscriptions = async (
  sns: SNSClient,
  topicArn: string,
  abortSignal: AbortSignal,
): Promise<readonly DescribedSubscription[]> => {
  const described: DescribedSubscription[] = [];
  for await (const { Subscriptions: some = [] } of paginateListSubscriptionsByTopic({ client: sns }, { TopicArn: topicArn }))
    for (const one of some) described.push(await describeSubscription(sns, one, abortSignal));
  return described;
};
