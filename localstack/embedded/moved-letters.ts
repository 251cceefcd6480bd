import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

/*
 * SQS says of a message that it moved to a dead-letter queue by itself which queue it came from; fauxqs moves it and says nothing. So
 * its moves are watched, and what it answers is completed.
 */

interface Moved {
  readonly messageId: string;
}

interface Queue {
  readonly arn: string;
  readonly enqueue: (message: Moved) => void;
  dequeue: (this: Queue, most: number, hideSeconds?: number, queueOf?: (arn: string) => Queue | undefined) => unknown;
}

interface Received {
  readonly MessageId: string;
  Attributes?: Readonly<Record<string, string>>;
}

export interface ReceiveRequest {
  readonly MessageSystemAttributeNames?: readonly string[];
}

/** By message id: it keeps it in its new queue. */
const movedFrom = new Map<string, string>();

const watch = async (): Promise<void> => {
  const file = pathToFileURL(join(__dirname, '../../node_modules/fauxqs/dist/sqs/sqsStore.js')).href;
  const { SqsQueue: queues } = (await import(file)) as { SqsQueue: { prototype: Queue } };
  const { dequeue } = queues.prototype;
  queues.prototype.dequeue = function watched(most, hideSeconds, queueOf) {
    const watchedQueueOf = (arn: string): Queue | undefined => {
      const into = queueOf?.(arn);
      if (!into) return undefined;
      const enqueue = (message: Moved): void => {
        movedFrom.set(message.messageId, this.arn);
        into.enqueue(message);
      };
      return { arn, dequeue: into.dequeue, enqueue };
    };
    return dequeue.call(this, most, hideSeconds, watchedQueueOf);
  };
};

let watching: Promise<void> | undefined;
/** Once in a process, however many stand-ins it starts. */
export const watchMoves = (): Promise<void> => (watching ??= watch());

/** Adds to what was received where it was moved from, if that was asked for. */
export const sayWhereFrom = (request: ReceiveRequest | null, answer: { readonly Messages?: readonly Received[] }): void => {
  const name = 'DeadLetterQueueSourceArn';
  const asked = request?.MessageSystemAttributeNames ?? [];
  if (!asked.includes(name) && !asked.includes('All')) return;
  for (const message of answer.Messages ?? []) {
    const arn = movedFrom.get(message.MessageId);
    if (arn !== undefined) message.Attributes = { ...message.Attributes, [name]: arn };
  }
};
