import {
  ChangeMessageVisibilityBatchCommand,
  DeleteMessageBatchCommand,
  GetQueueAttributesCommand,
  type Message,
  type MessageAttributeValue,
  ReceiveMessageCommand,
  type SQSClient,
} from '@aws-sdk/client-sqs';
import type { StoppedPlace } from '../core/on-call/stopped';
import type { HeldLetter, LetterQueue } from '../ports-on-call';

/** A call's most, for SQS. */
const batchSize = 10;
const removeRounds = 3;

/** EventBridge tells its story in attributes, this one as a number; the story stays behind when a letter is moved. */
const toldAsNumbers: readonly string[] = ['RETRY_ATTEMPTS'];

/** As text can be sent again: only what came as a String, a type without a label of its own. */
const isReadable = ([name, { DataType }]: readonly [string, MessageAttributeValue]): boolean =>
  DataType === 'String' || (DataType === 'Number' && toldAsNumbers.includes(name));

const readLetter = ({ MessageId, Body, ReceiptHandle, Attributes = {}, MessageAttributes = {} }: Message): HeldLetter => {
  const { SentTimestamp, ApproximateReceiveCount, DeadLetterQueueSourceArn } = Attributes;
  if (MessageId === undefined || ReceiptHandle === undefined || SentTimestamp === undefined)
    throw new TypeError('Expected a message with id, receipt handle and SentTimestamp. Does this endpoint speak all of SQS?');
  const all = Object.entries(MessageAttributes);
  const readable = all.filter(isReadable);
  return {
    id: MessageId,
    body: Body ?? '',
    attributes: Object.fromEntries(readable.map(([name, { StringValue = '' }]) => [name, StringValue])),
    ...(readable.length < all.length ? { attributesLost: true } : {}),
    sentAtMs: Number(SentTimestamp),
    receiveCount: Number(ApproximateReceiveCount ?? 1),
    movedFromArn: DeadLetterQueueSourceArn ?? null,
    handle: ReceiptHandle,
  };
};

const batchesOf = (letters: readonly HeldLetter[]): readonly (readonly HeldLetter[])[] =>
  Array.from({ length: Math.ceil(letters.length / batchSize) }, (_, at) => letters.slice(at * batchSize, (at + 1) * batchSize));

/** Position in the batch names an entry: one letter may have been received twice, and SQS refuses a batch that names one twice. */
const entriesOf = (letters: readonly HeldLetter[]) =>
  letters.map(({ handle }, at) => ({ Id: String(at), ReceiptHandle: handle }));

const showAgain = async (sqs: SQSClient, url: string, letters: readonly HeldLetter[]): Promise<void> => {
  const failures: unknown[] = [];
  // One batch that fails keeps no other hidden.
  for (const batch of batchesOf(letters)) {
    const entries = entriesOf(batch).map((entry) => ({ ...entry, VisibilityTimeout: 0 }));
    await sqs
      .send(new ChangeMessageVisibilityBatchCommand({ QueueUrl: url, Entries: entries }))
      .catch((error: unknown) => failures.push(error));
  }
  if (failures.length > 0) throw failures[0];
};

/** Of one batch those that SQS confirmed; what it refused is tried again, a call that failed the SDK already has. */
const removeBatch = async (sqs: SQSClient, url: string, batch: readonly HeldLetter[]): Promise<readonly HeldLetter[]> => {
  const gone: HeldLetter[] = [];
  let left = batch;
  for (let round = 0; round < removeRounds && left.length > 0; round += 1) {
    const answer = await sqs.send(new DeleteMessageBatchCommand({ QueueUrl: url, Entries: entriesOf(left) }));
    const refused = new Set((answer.Failed ?? []).map(({ Id }) => Number(Id)));
    gone.push(...left.filter((_, at) => !refused.has(at)));
    left = left.filter((_, at) => refused.has(at));
  }
  return gone;
};

/**
 * Rejects only when nothing is known to be gone. SQS also confirms a handle that is out of date, and may keep the letter: remove it
 * before its hiding is over.
 */
const remove = async (sqs: SQSClient, url: string, letters: readonly HeldLetter[]): Promise<readonly HeldLetter[]> => {
  const gone: HeldLetter[] = [];
  for (const batch of batchesOf(letters)) {
    try {
      gone.push(...(await removeBatch(sqs, url, batch)));
    } catch (error) {
      if (gone.length === 0) throw error;
      break;
    }
  }
  return gone;
};

const receive = async (sqs: SQSClient, url: string, hideSeconds: number): Promise<readonly HeldLetter[]> => {
  const { Messages: messages = [] } = await sqs.send(
    new ReceiveMessageCommand({
      QueueUrl: url,
      MaxNumberOfMessages: batchSize,
      VisibilityTimeout: hideSeconds,
      // A short poll asks only some of SQS's servers, and may find nothing where there is something.
      WaitTimeSeconds: 1,
      MessageAttributeNames: ['All'],
      MessageSystemAttributeNames: ['SentTimestamp', 'ApproximateReceiveCount', 'DeadLetterQueueSourceArn'],
    }),
  );
  return messages.map(readLetter);
};

const count = async (sqs: SQSClient, url: string) => {
  const AttributeNames = ['ApproximateNumberOfMessages', 'ApproximateNumberOfMessagesNotVisible'] as const;
  const { Attributes = {} } = await sqs.send(
    new GetQueueAttributesCommand({ QueueUrl: url, AttributeNames: [...AttributeNames] }),
  );
  return {
    visible: Number(Attributes['ApproximateNumberOfMessages'] ?? 0),
    hidden: Number(Attributes['ApproximateNumberOfMessagesNotVisible'] ?? 0),
  };
};

/** Who looks counts as a receipt; who may receive may also hide again only with `sqs:ChangeMessageVisibility`. */
export const sqsLetterQueue = (sqs: SQSClient, url: string, place: StoppedPlace): LetterQueue => ({
  place,
  url,
  receive: (hideSeconds) => receive(sqs, url, hideSeconds),
  showAgain: (letters) => showAgain(sqs, url, letters),
  remove: (letters) => remove(sqs, url, letters),
  count: () => count(sqs, url),
});
