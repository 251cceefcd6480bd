import {
  DeleteMessageBatchCommand,
  ReceiveMessageCommand,
  type MessageSystemAttributeName,
  type Message as SqsMessage,
} from '@aws-sdk/client-sqs';
import { failLoudly } from './fail-loudly';
import { gathering } from './gathering';
import type { Place } from './place';

/** A message as far as a floor looks at it. */
export interface Message {
  readonly id: string;
  readonly body: string;
  readonly handle: string;
}

export const messageOf = ({ MessageId, Body, ReceiptHandle }: SqsMessage): Message => {
  if (MessageId === undefined || Body === undefined || ReceiptHandle === undefined)
    throw new TypeError('Expected a message with id, body and receipt handle.');
  return { id: MessageId, body: Body, handle: ReceiptHandle };
};

/** A call takes no longer to fill than this while there is work. */
export const gatherMs = 10;

type Polling = Pick<Place, 'sqs' | 'queueUrl'>;

/** So many loops, each of which receives up to ten messages and is done with them before it receives again. */
export const poll = (
  { sqs, queueUrl }: Polling,
  pollers: number,
  admit: (messages: readonly Message[]) => Promise<unknown>,
  attributes: readonly MessageSystemAttributeName[] = [],
): (() => void) => {
  const loop = async (stopping: AbortController): Promise<void> => {
    while (!stopping.signal.aborted) {
      const command = new ReceiveMessageCommand({
        QueueUrl: queueUrl,
        MaxNumberOfMessages: 10,
        WaitTimeSeconds: 20,
        MessageSystemAttributeNames: [...attributes],
      });
      const { Messages = [] } = await sqs.send(command, { abortSignal: stopping.signal });
      if (Messages.length > 0) await admit(Messages.map(messageOf));
    }
  };
  // One each: a signal that all polls listen to would be told that it leaks.
  const loops = Array.from({ length: pollers }, () => new AbortController());
  for (const stopping of loops)
    loop(stopping).catch((error: unknown) => {
      if (!stopping.signal.aborted) failLoudly(error);
    });
  return () => loops.forEach((stopping) => stopping.abort());
};

/** Full batches of deletes, over as many polls as they take. */
export const deleter = ({ sqs, queueUrl }: Polling) =>
  gathering<string, unknown>({
    size: 10,
    waitMs: gatherMs,
    send: async (handles) => {
      const Entries = handles.map((ReceiptHandle, index) => ({ Id: String(index), ReceiptHandle }));
      const { Failed = [] } = await sqs.send(new DeleteMessageBatchCommand({ QueueUrl: queueUrl, Entries }));
      if (Failed.length > 0) throw new Error(`Expected all messages to be deleted, ${Failed.length} were not.`);
    },
  });
