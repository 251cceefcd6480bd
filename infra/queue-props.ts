import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import { QueueEncryption, type QueueProps } from 'aws-cdk-lib/aws-sqs';
import type { QueueDefinition } from '../src/resources';
import type { StackSettings } from './settings';

/** A queue as `src/resources.ts` describes it, encrypted, and over TLS alone. */
export const queueProps = (queue: QueueDefinition, { onDelete }: Pick<StackSettings, 'onDelete'>): QueueProps => ({
  queueName: queue.name,
  visibilityTimeout: Duration.seconds(queue.visibilitySeconds),
  retentionPeriod: Duration.seconds(queue.retentionSeconds),
  receiveMessageWaitTime: Duration.seconds(queue.receiveWaitSeconds),
  maxMessageSizeBytes: queue.maximumMessageBytes,
  encryption: QueueEncryption.SQS_MANAGED,
  enforceSSL: true,
  // Kept when the stack goes; but a first deploy that fails takes them along, or the next one finds their names taken.
  removalPolicy: onDelete === 'keep' ? RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE : RemovalPolicy.DESTROY,
});
