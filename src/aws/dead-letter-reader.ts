import { ChangeMessageVisibilityBatchCommand, type Message, ReceiveMessageCommand, type SQSClient } from '@aws-sdk/client-sqs';

export interface DeadLetterReader {
  /** Bodies of at most so many messages. They stay in the queue, and can be seen by others again when this resolves or rejects. */
  readonly look: (atMost: number) => Promise<readonly string[]>;
}

/** Long enough to look at a thousand; a look that dies hides what it has seen no longer. */
const hiddenSeconds = 60;
/** A call's most, for SQS. */
const batchSize = 10;

/** Who may receive may also hide again: it is one permission on the queue, `sqs:ChangeMessageVisibility` beside it. */
const showAgain = async (sqs: SQSClient, queueUrl: string, handles: readonly string[]): Promise<void> => {
  for (let from = 0; from < handles.length; from += batchSize) {
    const entries = handles
      .slice(from, from + batchSize)
      .map((handle, at) => ({ Id: String(at), ReceiptHandle: handle, VisibilityTimeout: 0 }));
    await sqs.send(new ChangeMessageVisibilityBatchCommand({ QueueUrl: queueUrl, Entries: entries }));
  }
};

const receive = async (sqs: SQSClient, queueUrl: string, atMost: number): Promise<readonly Message[]> => {
  const { Messages: messages = [] } = await sqs.send(
    new ReceiveMessageCommand({
      QueueUrl: queueUrl,
      MaxNumberOfMessages: Math.min(batchSize, atMost),
      VisibilityTimeout: hiddenSeconds,
      // A short poll asks only some of SQS's servers, and may find nothing where there is something.
      WaitTimeSeconds: 1,
    }),
  );
  return messages;
};

/**
 * Hidden while it looks, so that it meets each once; a message counts one receipt more. An entry that SQS does not show again
 * shows itself when its time is over.
 */
export const sqsDeadLetterReader = (sqs: SQSClient, queueUrl: string): DeadLetterReader => ({
  look: async (atMost) => {
    const bodies = new Map<string, string>();
    const handles: string[] = [];
    try {
      while (bodies.size < atMost) {
        const messages = await receive(sqs, queueUrl, atMost - bodies.size);
        if (messages.length === 0) break;
        for (const { MessageId: id = '', Body: body = '', ReceiptHandle: handle = '' } of messages) {
          bodies.set(id, body);
          handles.push(handle);
        }
      }
    } finally {
      await showAgain(sqs, queueUrl, handles);
    }
    return [...bodies.values()];
  },
});
