import { GetQueueAttributesCommand, type SQSClient } from '@aws-sdk/client-sqs';
import type { QueueAttributes } from '../ports-doctor';

/** It takes `sqs:GetQueueAttributes`. */
export const describeQueue = async (sqs: SQSClient, queueUrl: string, abortSignal: AbortSignal): Promise<QueueAttributes> => {
  const asked = new GetQueueAttributesCommand({ QueueUrl: queueUrl, AttributeNames: ['All'] });
  const { Attributes: attributes = {} } = await sqs.send(asked, { abortSignal });
  return attributes;
};
