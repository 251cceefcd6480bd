import { Consumer, type ConsumerOptions } from 'sqs-consumer';
import { failLoudly } from './fail-loudly';
import { plainItem, writeItems } from './items';
import type { Contender, Place } from './place';
import { messageOf } from './queue';

/** So many of sqs-consumer, with all else as it comes. */
export const startConsumers = (
  { sqs, queueUrl }: Place,
  count: number,
  options: Pick<ConsumerOptions, 'batchSize' | 'handleMessage' | 'handleMessageBatch'>,
): (() => void) => {
  let isStopped = false;
  const fail = (error: Error): void => {
    if (!isStopped) failLoudly(error);
  };
  const consumers = Array.from({ length: count }, () => Consumer.create({ queueUrl, sqs, ...options }));
  for (const consumer of consumers) consumer.on('error', fail).on('processing_error', fail).start();
  return () => {
    isStopped = true;
    consumers.forEach((consumer) => consumer.stop({ abort: true }));
  };
};

/** sqs-consumer as its users have it for throughput: each batch is written and acknowledged whole. */
export const consumerBatch: Contender = (place, pollers) =>
  startConsumers(place, pollers, {
    batchSize: 10,
    handleMessageBatch: async (messages) => {
      await writeItems(
        place,
        messages.map((message) => plainItem(messageOf(message))),
      );
      return messages;
    },
  });
