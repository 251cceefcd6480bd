import type { AwsClients } from '../aws/clients';
import { snsLetterDestination, sqsLetterDestination } from '../aws/letter-destination';
import { sqsLetterQueue } from '../aws/letter-queue';
import { findSubscriptionLetters, type SubscriptionLetters } from '../aws/subscriptions';
import type { OnCallConfig } from '../config';
import type { NotLookedAt, OnCallOutside } from '../on-call/outside';
import type { LetterDestination, LetterQueue } from '../ports-on-call';

type Clients = Pick<AwsClients, 'sqs' | 'sns'>;
type Way = readonly [queue: LetterQueue, destination: LetterDestination | null];

export interface LetterWays extends Pick<OnCallOutside, 'letterQueues' | 'destinationOf'> {
  readonly notLookedAt: readonly NotLookedAt[];
}

/** What was not delivered to a queue goes back to that queue alone, as it lies there; what only SNS can deliver, through the topic. */
const destinationFor = ({ sqs, sns }: Clients, topicArn: string, sharing: readonly SubscriptionLetters[]) => {
  const endpoints = new Set(sharing.map(({ endpoint }) => endpoint));
  const [first] = sharing;
  // A letter does not say which of those that share a dead-letter queue it was for.
  if (endpoints.size > 1 || first?.protocol !== 'sqs') return snsLetterDestination(sns, topicArn);
  return first.endpointQueueUrl === null ? null : sqsLetterDestination(sqs, first.endpointQueueUrl);
};

const subscriptionWays = async (clients: Clients, topicArn: string) => {
  const { found, unknown } = await findSubscriptionLetters(clients, topicArn);
  const urls = new Set(found.map(({ deadLetterQueueUrl }) => deadLetterQueueUrl));
  const ways = [...urls].map((url): Way => {
    const sharing = found.filter(({ deadLetterQueueUrl }) => deadLetterQueueUrl === url);
    return [sqsLetterQueue(clients.sqs, url, 'subscription'), destinationFor(clients, topicArn, sharing)];
  });
  return { ways, notLookedAt: unknown.map((why): NotLookedAt => ({ place: 'subscription', why })) };
};

/** Every queue where letters lie, and where they go back to. What EventBridge could not deliver was for the intake queue. */
export const findLetterWays = async (clients: Clients, config: OnCallConfig): Promise<LetterWays> => {
  const { queueUrl, deadLetterQueueUrl, eventDeadLetterQueueUrl, recordTopicArn } = config;
  const intake = sqsLetterDestination(clients.sqs, queueUrl);
  const ofSubscriptions =
    recordTopicArn === null ? { ways: [], notLookedAt: [] } : await subscriptionWays(clients, recordTopicArn);
  const ways: readonly Way[] = [
    [sqsLetterQueue(clients.sqs, deadLetterQueueUrl, 'worker'), intake],
    ...(eventDeadLetterQueueUrl === null
      ? []
      : [[sqsLetterQueue(clients.sqs, eventDeadLetterQueueUrl, 'eventbridge'), intake] as const]),
    ...ofSubscriptions.ways,
  ];
  const destinations = new Map(ways.map(([{ url }, destination]) => [url, destination]));
  return {
    letterQueues: ways.map(([queue]) => queue),
    destinationOf: ({ url }) => destinations.get(url) ?? null,
    notLookedAt: ofSubscriptions.notLookedAt,
  };
};
