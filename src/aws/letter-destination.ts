import { PublishBatchCommand, type SNSClient } from '@aws-sdk/client-sns';
import { SendMessageBatchCommand, type SQSClient } from '@aws-sdk/client-sqs';
import { attributeBytes, limits, notificationBatches, utf8Bytes } from '../core/limits';
import type { LetterDestination, OutgoingLetter } from '../ports-on-call';
import { stringAttributes } from './message-attributes';
import { readNotification } from './notification-envelope';

/** A call's most, for SQS. */
const batchSize = 10;

const sizeOf = ({ body, attributes }: OutgoingLetter): number => utf8Bytes(body) + attributeBytes(attributes);

/** As few batches as hold them in their order: ten of them, and together as large as one message may be. */
const batchesOf = (letters: readonly OutgoingLetter[]): readonly (readonly OutgoingLetter[])[] => {
  const batches: OutgoingLetter[][] = [];
  let bytes = 0;
  for (const letter of letters) {
    const size = sizeOf(letter);
    const last = batches.at(-1);
    const hasRoom = last !== undefined && last.length < batchSize && bytes + size <= limits.messageBytes;
    if (hasRoom) last.push(letter);
    else batches.push([letter]);
    bytes = hasRoom ? bytes + size : size;
  }
  return batches;
};

interface Taken {
  readonly Id?: string | undefined;
  readonly MessageId?: string | undefined;
}

/**
 * Rejects only when nothing is known to have arrived. After that a batch that fails counts as not taken, though it may have been: such
 * a letter stays where it was as well, and admitting one twice changes nothing.
 */
const sendAll = async <T>(
  batches: readonly (readonly T[])[],
  sendBatch: (batch: readonly T[]) => Promise<readonly Taken[]>,
): Promise<readonly (string | null)[]> => {
  const ids: (string | null)[] = [];
  for (const batch of batches) {
    const taken = await sendBatch(batch).catch((error: unknown) => {
      if (ids.every((id) => id === null)) throw error;
      return [];
    });
    const byPlace = new Map(taken.map(({ Id, MessageId }) => [Id, MessageId]));
    ids.push(...batch.map((_, at) => byPlace.get(String(at)) ?? null));
  }
  return ids;
};

const lastPart = (name: string, mark: string): string => name.slice(name.lastIndexOf(mark) + 1);

/** Sends as it is given, ten or 1 MiB in a call. */
export const sqsLetterDestination = (sqs: SQSClient, queueUrl: string): LetterDestination => ({
  name: `queue ${lastPart(queueUrl, '/')}`,
  send: (letters) =>
    sendAll(batchesOf(letters), async (batch) => {
      const Entries = batch.map(({ body, attributes }, at) => ({
        Id: String(at),
        MessageBody: body,
        MessageAttributes: stringAttributes(attributes),
      }));
      return (await sqs.send(new SendMessageBatchCommand({ QueueUrl: queueUrl, Entries }))).Successful ?? [];
    }),
});

/**
 * Publishes again what was published: for letters of subscriptions whose endpoint is no queue, which nobody but SNS can reach. Every
 * other subscriber gets it once more, and knows it by (conversation, life, revision).
 */
export const snsLetterDestination = (sns: SNSClient, topicArn: string): LetterDestination => ({
  name: `topic ${lastPart(topicArn, ':')} (every subscriber gets it once more)`,
  send: (letters) =>
    sendAll(notificationBatches(letters.map(readNotification)), async (batch) => {
      const entries = batch.map(({ message, attributes }, at) => ({
        Id: String(at),
        Message: message,
        MessageAttributes: stringAttributes(attributes),
      }));
      return (
        (await sns.send(new PublishBatchCommand({ TopicArn: topicArn, PublishBatchRequestEntries: entries }))).Successful ?? []
      );
    }),
});
