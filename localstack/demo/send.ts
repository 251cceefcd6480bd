import { SendMessageBatchCommand, type SQSClient } from '@aws-sdk/client-sqs';
import type { PlannedMessage } from '../traffic/traffic';
import { inBatches } from './batches';

/** SQS's limits for one batch: ten messages, and a mebibyte of them together. */
const limits = { items: 10, bytes: 1_048_576 };

/** Conversations whose events are in flight together. */
const burstConversations = 25;

/**
 * Bursts of some conversations each, the order within as it was. A hold lasts seconds here: the events of one conversation
 * must not be spread over the whole wave, as they are not spread over a whole day.
 */
export const inBursts = <M extends Pick<PlannedMessage, 'conversationId'>>(messages: readonly M[]): readonly (readonly M[])[] => {
  const seen = new Map<unknown, number>();
  const bursts: M[][] = [];
  for (const message of messages) {
    const who = message.conversationId ?? message;
    const place = seen.get(who) ?? seen.size;
    seen.set(who, place);
    (bursts[Math.floor(place / burstConversations)] ??= []).push(message);
  }
  return bursts;
};

const sendBatch = async (sqs: SQSClient, queueUrl: string, bodies: readonly string[]): Promise<void> => {
  const Entries = bodies.map((MessageBody, index) => ({ Id: String(index), MessageBody }));
  const { Failed = [] } = await sqs.send(new SendMessageBatchCommand({ QueueUrl: queueUrl, Entries }));
  if (Failed.length > 0) throw new Error(`Expected the queue to take every message; it refused one: ${Failed[0]!.Message}`);
};

/** Sends one burst after the other, each as fast as the queue takes it. */
export const sendAll = async (
  sqs: SQSClient,
  queueUrl: string,
  messages: readonly Pick<PlannedMessage, 'conversationId' | 'body'>[],
): Promise<void> => {
  for (const burst of inBursts(messages)) {
    const bodies = burst.map(({ body }) => body);
    const batches = [...inBatches(bodies, (body) => Buffer.byteLength(body), limits)];
    const sender = async (): Promise<void> => {
      for (let batch = batches.shift(); batch; batch = batches.shift()) await sendBatch(sqs, queueUrl, batch);
    };
    await Promise.all([sender(), sender(), sender()]);
  }
};
