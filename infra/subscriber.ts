import { resources, subscriptionDeadLetterQueue } from '../src/resources';

/** A subscriber of the record topic that is there already: somebody else's queue or function. */
export interface Subscriber {
  /** What its dead-letter queue is called after. */
  readonly name: string;
  readonly protocol: 'sqs' | 'lambda';
  readonly arn: string;
}

/** A standard topic delivers to no FIFO queue, so none is taken. */
export const subscriberArn =
  /^arn:[\w-]+:(?:(sqs):[\w-]+:\d{12}:([\w-]{1,80})|(lambda):[\w-]+:\d{12}:function:([\w-]{1,64}(?::[\w-]{1,128})?))$/;

/** By its ARN: a queue's name; a function's, with its alias. */
export const subscriberOf = (arn: string): Subscriber => {
  const [, sqs, queue, , named = ''] = subscriberArn.exec(arn) ?? [];
  return sqs === undefined
    ? { arn, protocol: 'lambda', name: named.replace(':', '-') }
    : { arn, protocol: 'sqs', name: queue ?? '' };
};

/** The stack's own subscriber, where `warehouse` is on. */
export const warehouseName = 'warehouse';

const longestQueueName = 80;

/** Two subscribers, or a subscriber and something that the stack has, would have one dead-letter queue. */
export const subscriberProblems = (stackName: string, arns: readonly string[]): readonly string[] => {
  const { deadLetterQueue, eventDeadLetterQueue } = resources(stackName);
  const queueOf = (name: string): string => subscriptionDeadLetterQueue(stackName, name).name;
  const taken = new Set([deadLetterQueue.name, eventDeadLetterQueue.name, queueOf(warehouseName)]);
  return arns.flatMap((arn) => {
    const queue = queueOf(subscriberOf(arn).name);
    const isGood = !taken.has(queue) && queue.length <= longestQueueName;
    taken.add(queue);
    const expected = `a dead-letter queue of its own of at most ${longestQueueName} characters for each`;
    return isGood ? [] : [`subscribers: expected ${expected}, got \`${queue}\` for ${arn}.`];
  });
};
