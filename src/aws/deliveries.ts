import { ChangeMessageVisibilityBatchCommand, DeleteMessageBatchCommand, type SQSClient } from '@aws-sdk/client-sqs';
import { backoffMs } from '../core/backoff';
import type { Clock, Log, Message, Random } from '../ports';

export interface Deliveries {
  readonly sqs: Pick<SQSClient, 'send'>;
  readonly queueUrl: string;
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Log;
}

const deleteRounds = 3;
const longestDelaySeconds = 60;

/** Position in the batch names an entry: a message id may come twice in one batch, and SQS then refuses the whole call. */
const entries = (messages: readonly Message[]) =>
  messages.map(({ handle }, index) => ({ Id: String(index), ReceiptHandle: handle }));

/** Deletes up to ten deliveries and answers those that SQS confirmed. Partial failures are tried again, whole ones the SDK already has. */
export const deleteDeliveries = async (
  { sqs, queueUrl, clock, random, log }: Deliveries,
  messages: readonly Message[],
): Promise<readonly Message[]> => {
  const gone: Message[] = [];
  let left = messages;
  for (let round = 0; round < deleteRounds && left.length > 0; round += 1) {
    if (round > 0) await clock.sleep(backoffMs(round, 50, 1_000, random.fraction()));
    try {
      const answer = await sqs.send(new DeleteMessageBatchCommand({ QueueUrl: queueUrl, Entries: entries(left) }));
      const failed = new Set((answer.Failed ?? []).map(({ Id }) => Number(Id)));
      gone.push(...left.filter((_, index) => !failed.has(index)));
      left = left.filter((_, index) => failed.has(index));
    } catch (error) {
      log.warn('Messages could not be deleted and will come again.', { messages: left.length }, error);
      return gone;
    }
  }
  if (left.length > 0) log.warn('SQS refused to delete messages, they will come again.', { messages: left.length });
  return gone;
};

/** 1 s for the first receive, then 2, 4, … 60: what fails again and again must not turn in a tight circle. */
const handBackSeconds = (receiveCount: number): number => Math.min(longestDelaySeconds, 2 ** Math.max(0, receiveCount - 1));

/** Makes deliveries visible again, soon or at once. If that fails they come back by themselves when their visibility timeout ends. */
export const handBack = async (
  { sqs, queueUrl, log }: Deliveries,
  messages: readonly Message[],
  atOnce: boolean,
): Promise<void> => {
  if (messages.length === 0) return;
  const delays = entries(messages).map((entry, index) => ({
    ...entry,
    VisibilityTimeout: atOnce ? 0 : handBackSeconds(messages[index]?.receiveCount ?? 1),
  }));
  try {
    await sqs.send(new ChangeMessageVisibilityBatchCommand({ QueueUrl: queueUrl, Entries: delays }));
  } catch (error) {
    log.warn('Messages could not be handed back, they wait for their visibility timeout.', { messages: messages.length }, error);
  }
};
