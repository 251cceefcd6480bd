import { Queue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import type { Resources } from '../src/resources';
import { acknowledge } from './nag';
import { queueProps } from './queue-props';
import type { StackSettings } from './settings';

/** The intake queue, the dead letters, and what EventBridge could not deliver. */
export class IntakeQueues extends Construct {
  readonly intake: Queue;
  readonly deadLetters: Queue;
  readonly eventDeadLetters: Queue;

  constructor(scope: Construct, id: string, wanted: Resources, settings: StackSettings) {
    super(scope, id);
    const { intakeQueue, deadLetterQueue, eventDeadLetterQueue } = wanted;
    this.deadLetters = new Queue(this, 'DeadLetters', queueProps(deadLetterQueue, settings));
    this.eventDeadLetters = new Queue(this, 'EventDeadLetters', queueProps(eventDeadLetterQueue, settings));
    acknowledge(this.eventDeadLetters, {
      'AwsSolutions-SQS3': "It is a dead-letter queue, EventBridge's own: of the target of each rule of the feed.",
    });
    this.intake = new Queue(this, 'Intake', {
      ...queueProps(intakeQueue, settings),
      deadLetterQueue: { queue: this.deadLetters, maxReceiveCount: intakeQueue.maxReceiveCount },
    });
  }
}
