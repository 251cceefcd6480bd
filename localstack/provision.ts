import { SubscribeCommand } from '@aws-sdk/client-sns';
import { resources } from '../src/resources';
import { withClients } from './clients';
import type { Installation, Provisioned } from './installation';
import { makesStacks } from './messaging/deploy';
import { deprovisionByStack, provisionByStack } from './messaging/provision';
import { deprovisionByCalls, provisionByCalls } from './provision-by-calls';
import { createQueue } from './provision-queue';

/**
 * Creates all that Tidemark's messages pass through. Where the endpoint makes stacks, as LocalStack, it is the messaging part of the stack
 * that production gets. Twice is the same as once.
 */
export const provision = async (installation: Installation): Promise<Provisioned> =>
  (await makesStacks(installation.endpointUrl)) ? provisionByStack(installation) : provisionByCalls(installation);

/** Removes it all; what is not there is fine. */
export const deprovision = async (installation: Installation): Promise<void> =>
  (await makesStacks(installation.endpointUrl)) ? deprovisionByStack(installation) : deprovisionByCalls(installation);

export interface Subscription {
  readonly queueUrl: string;
  readonly queueArn: string;
}

/** A queue that receives, as they are published, all records from now on: how a demo or a test sees them. */
export const subscribeQueue = (endpointUrl: string, topicArn: string, queueName: string): Promise<Subscription> =>
  withClients(endpointUrl, async ({ sqs, sns }) => {
    const settings = { ...resources().deadLetterQueue, name: queueName };
    const queue = await createQueue(sqs, settings);
    // Raw: the message's body is the record, and the notification's attributes are the message's.
    const Attributes = { RawMessageDelivery: 'true' };
    await sns.send(new SubscribeCommand({ TopicArn: topicArn, Protocol: 'sqs', Endpoint: queue.arn, Attributes }));
    return { queueUrl: queue.url, queueArn: queue.arn };
  });
