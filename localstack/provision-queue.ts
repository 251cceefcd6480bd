import {
  CreateQueueCommand,
  DeleteQueueCommand,
  GetQueueAttributesCommand,
  GetQueueUrlCommand,
  QueueDoesNotExist,
  SetQueueAttributesCommand,
  type SQSClient,
} from '@aws-sdk/client-sqs';
import type { QueueDefinition } from '../src/resources';

export interface RedrivePolicy {
  readonly deadLetterTargetArn: string;
  readonly maxReceiveCount: number;
}

const attributes = (queue: QueueDefinition, redrive: RedrivePolicy | undefined): Record<string, string> => ({
  VisibilityTimeout: String(queue.visibilitySeconds),
  MessageRetentionPeriod: String(queue.retentionSeconds),
  ReceiveMessageWaitTimeSeconds: String(queue.receiveWaitSeconds),
  MaximumMessageSize: String(queue.maximumMessageBytes),
  ...(redrive && { RedrivePolicy: JSON.stringify(redrive) }),
});

/** In two calls: creating a queue that is there already fails if its settings differ, setting them does not. */
export const createQueue = async (
  sqs: SQSClient,
  queue: QueueDefinition,
  redrive?: RedrivePolicy,
): Promise<{ readonly url: string; readonly arn: string }> => {
  const { QueueUrl } = await sqs.send(new CreateQueueCommand({ QueueName: queue.name }));
  await sqs.send(new SetQueueAttributesCommand({ QueueUrl, Attributes: attributes(queue, redrive) }));
  const { Attributes } = await sqs.send(new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['QueueArn'] }));
  return { url: QueueUrl!, arn: Attributes!['QueueArn']! };
};

export const deleteQueue = async (sqs: SQSClient, name: string): Promise<void> => {
  try {
    const { QueueUrl } = await sqs.send(new GetQueueUrlCommand({ QueueName: name }));
    await sqs.send(new DeleteQueueCommand({ QueueUrl }));
  } catch (error) {
    if (!(error instanceof QueueDoesNotExist)) throw error;
  }
};
