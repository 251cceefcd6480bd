import { SubscribeCommand } from '@aws-sdk/client-sns';
import { resources } from '../src/resources';
import { awsClients } from './clients';
import { createQueue } from './provision-queue';

export interface SubscriptionWithDeadLetters {
  readonly endpointUrl: string;
  readonly topicArn: string;
  /** Of the queue; its dead-letter queue is called `<name>-dead`. */
  readonly name: string;
  /** `lambda`: a function that is not there, of which a test only wants the subscription. */
  readonly protocol?: 'sqs' | 'lambda';
  /** The message as it was published, without SNS's envelope. */
  readonly isRaw?: boolean;
}

/** A subscription of the record topic as a warehouse or a CRM may have it: what it could not be delivered is in a queue of its own. */
export const subscribeWithDeadLetters = async ({
  endpointUrl,
  topicArn,
  name,
  protocol = 'sqs',
  isRaw = false,
}: SubscriptionWithDeadLetters): Promise<{ readonly queueUrl: string; readonly deadLetterQueueUrl: string }> => {
  const clients = awsClients(endpointUrl);
  try {
    const settings = resources().deadLetterQueue;
    const dead = await createQueue(clients.sqs, { ...settings, name: `${name}-dead` });
    const queue = await createQueue(clients.sqs, { ...settings, name });
    const endpoint = protocol === 'sqs' ? queue.arn : `arn:aws:lambda:us-east-1:000000000000:function:${name}`;
    const Attributes = {
      RedrivePolicy: JSON.stringify({ deadLetterTargetArn: dead.arn }),
      ...(isRaw ? { RawMessageDelivery: 'true' } : {}),
    };
    await clients.sns.send(new SubscribeCommand({ TopicArn: topicArn, Protocol: protocol, Endpoint: endpoint, Attributes }));
    return { queueUrl: queue.url, deadLetterQueueUrl: dead.url };
  } finally {
    clients.close();
  }
};
