import {
  GetSubscriptionAttributesCommand,
  NotFoundException,
  paginateListSubscriptionsByTopic,
  type SNSClient,
} from '@aws-sdk/client-sns';
import { GetQueueUrlCommand, type SQSClient } from '@aws-sdk/client-sqs';
import { isObject } from '../core/json';

/** A subscription that has a dead-letter queue of its own. */
export interface SubscriptionLetters {
  readonly protocol: string;
  /** ARN of a queue or function, an address. */
  readonly endpoint: string;
  readonly deadLetterQueueUrl: string;
  /** Of a subscription whose endpoint is a queue, where that can be found. */
  readonly endpointQueueUrl: string | null;
}

export interface FoundSubscriptions {
  readonly found: readonly SubscriptionLetters[];
  /** What could not be looked at, and what it would take; a sentence each. */
  readonly unknown: readonly string[];
}

interface Clients {
  readonly sns: SNSClient;
  readonly sqs: SQSClient;
}

interface Search extends Clients {
  readonly abortSignal: AbortSignal;
}

/** An SNS that hangs keeps nobody from all the other places. */
const longestSearchMs = 10_000;

/** Until it is confirmed, a subscription has no ARN, and nothing is delivered. */
const isConfirmed = (arn: string | undefined): arn is string => arn?.startsWith('arn:') ?? false;

/** Why it could not be had, and what it would take. */
const takes = (error: unknown, permission: string): string => {
  const name = error instanceof Error ? error.name : 'an unknown error';
  const isTooLate = name === 'AbortError' || name === 'TimeoutError';
  return isTooLate ? `(no answer in ${longestSearchMs / 1_000} s): it takes another try.` : `(${name}): it takes ${permission}.`;
};

const deadLetterArn = (redrivePolicy: string | undefined): string | null => {
  if (redrivePolicy === undefined || redrivePolicy === '') return null;
  const policy: unknown = JSON.parse(redrivePolicy);
  return isObject(policy) && typeof policy['deadLetterTargetArn'] === 'string' ? policy['deadLetterTargetArn'] : null;
};

/** `arn:aws:sqs:<region>:<account>:<name>`. It may be another account's. */
const queueUrlOf = async ({ sqs, abortSignal }: Search, arn: string): Promise<string> => {
  const [, , , , owner = '', name = ''] = arn.split(':');
  const asked = new GetQueueUrlCommand({ QueueName: name, QueueOwnerAWSAccountId: owner });
  const { QueueUrl: url } = await sqs.send(asked, { abortSignal });
  if (url === undefined) throw new Error(`Expected the address of ${arn}, got none.`);
  return url;
};

const arnsOf = async ({ sns, abortSignal }: Search, topicArn: string): Promise<readonly string[]> => {
  const arns: string[] = [];
  const pages = paginateListSubscriptionsByTopic({ client: sns }, { TopicArn: topicArn }, { abortSignal });
  for await (const { Subscriptions: some = [] } of pages)
    arns.push(...some.map(({ SubscriptionArn: arn }) => arn).filter(isConfirmed));
  return arns;
};

/** Null: it has no dead-letter queue, and what it cannot be delivered is lost. A text: what it would take to look there. */
const readSubscription = async (search: Search, arn: string): Promise<SubscriptionLetters | string | null> => {
  let queueArn: string | null = null;
  try {
    const { Attributes = {} } = await search.sns.send(new GetSubscriptionAttributesCommand({ SubscriptionArn: arn }), {
      abortSignal: search.abortSignal,
    });
    const { Protocol: protocol = '', Endpoint: endpoint = '', RedrivePolicy: policy } = Attributes;
    queueArn = deadLetterArn(policy);
    if (queueArn === null) return null;
    const deadLetterQueueUrl = await queueUrlOf(search, queueArn);
    // Without it letters can still be looked at.
    const endpointQueueUrl = protocol === 'sqs' ? await queueUrlOf(search, endpoint).catch(() => null) : null;
    return { protocol, endpoint, deadLetterQueueUrl, endpointQueueUrl };
  } catch (error) {
    return queueArn === null
      ? `Subscription ${arn} could not be read ${takes(error, 'sns:GetSubscriptionAttributes')}`
      : `Dead-letter queue ${queueArn} of subscription ${arn} could not be found ${takes(error, 'sqs:GetQueueUrl there')}`;
  }
};

/** Subscriptions in hand at once: a topic has few, and SNS grants few requests a second. */
const atOnce = 5;

/** Which dead-letter queues the topic's subscriptions have. What may not be read is no error: the rest can be looked at. */
export const findSubscriptionLetters = async (clients: Clients, topicArn: string): Promise<FoundSubscriptions> => {
  const search = { ...clients, abortSignal: AbortSignal.timeout(longestSearchMs) };
  let arns: readonly string[];
  try {
    arns = await arnsOf(search, topicArn);
  } catch (error) {
    const wanting = error instanceof NotFoundException ? 'a topic of that name' : 'sns:ListSubscriptionsByTopic';
    return { found: [], unknown: [`Subscriptions of ${topicArn} could not be listed ${takes(error, wanting)}`] };
  }
  const read: (SubscriptionLetters | string | null)[] = [];
  for (let from = 0; from < arns.length; from += atOnce)
    read.push(...(await Promise.all(arns.slice(from, from + atOnce).map((arn) => readSubscription(search, arn)))));
  return {
    found: read.filter((one) => typeof one === 'object').filter((one) => one !== null),
    unknown: read.filter((one) => typeof one === 'string'),
  };
};
