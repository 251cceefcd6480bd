import { setMaxListeners } from 'node:events';
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

/** So many loops, each of which receives up to ten messages and is done with them before it receives again. */
export const poll = (
  { polling, queueUrl }: Pick<Place, 'polling' | 'queueUrl'>,
  pollers: number,
  admit: (messages: readonly Message[]) => Promise<unknown>,
  attributes: readonly MessageSystemAttributeName[] = [],
): (() => void) => {
  const stopping = new AbortController();
  setMaxListeners(0, stopping.signal);
  const loop = async (): Promise<void> => {
    while (!stopping.signal.aborted) {
      const command = new ReceiveMessageCommand({
        QueueUrl: queueUrl,
        MaxNumberOfMessages: 10,
        WaitTimeSeconds: 20,
        MessageSystemAttributeNames: [...attributes],
      });
      const { Messages = [] } = await polling.send(command, { abortSignal: stopping.signal });
      if (Messages.length > 0) await admit(Messages.map(messageOf));
    }
  };
  for (let poller = 0; poller < pollers; poller++)
    loop().catch((error: unknown) => {
      if (!stopping.signal.aborted) failLoudly(error);
    });
  return () => stopping.abort();
};

/** Full batches of deletes, over as many polls as they take. */
export const deleter = ({ sqs, queueUrl }: Pick<Place, 'sqs' | 'queueUrl'>) =>
  gathering<string, unknown>({
    size: 10,
    waitMs: gatherMs,
    send: async (handles) => {
      const Entries = handles.map((ReceiptHandle, index) => ({ Id: String(index), ReceiptHandle }));
      const { Failed = [] } = await sqs.send(new DeleteMessageBatchCommand({ QueueUrl: queueUrl, Entries }));
      if (Failed.length > 0) throw new Error(`Expected all messages to be deleted, ${Failed.length} were not.`);
    },
  });
