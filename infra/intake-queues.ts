import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import { Queue, QueueEncryption, type QueueProps } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import type { QueueDefinition, Resources } from '../src/resources';
import type { StackSettings } from './settings';

const propsOf = (queue: QueueDefinition, { onDelete }: StackSettings): QueueProps => ({
  queueName: queue.name,
  visibilityTimeout: Duration.seconds(queue.visibilitySeconds),
  retentionPeriod: Duration.seconds(queue.retentionSeconds),
  receiveMessageWaitTime: Duration.seconds(queue.receiveWaitSeconds),
  maxMessageSizeBytes: queue.maximumMessageBytes,
  encryption: QueueEncryption.SQS_MANAGED,
  enforceSSL: true,
  removalPolicy: onDelete === 'keep' ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY,
});

/** The intake queue, the dead letters, and what EventBridge could not deliver. */
export class IntakeQueues extends Construct {
  readonly intake: Queue;
  readonly deadLetters: Queue;
  readonly eventDeadLetters: Queue;

  constructor(scope: Construct, id: string, wanted: Resources, settings: StackSettings) {
    super(scope, id);
    const { intakeQueue, deadLetterQueue, eventDeadLetterQueue } = wanted;
    this.deadLetters = new Queue(this, 'DeadLetters', propsOf(deadLetterQueue, settings));
    this.eventDeadLetters = new Queue(this, 'EventDeadLetters', propsOf(eventDeadLetterQueue, settings));
    this.intake = new Queue(this, 'Intake', {
      ...propsOf(intakeQueue, settings),
      deadLetterQueue: { queue: this.deadLetters, maxReceiveCount: intakeQueue.maxReceiveCount },
    });
  }
}
