import { DeleteMessageBatchCommand, ReceiveMessageCommand, type SQSClient } from '@aws-sdk/client-sqs';

export interface Lying {
  readonly id: string;
  readonly body: string;
  readonly attributes: Readonly<Record<string, string>>;
}

/** Takes all that lies in a queue that nobody else reads or writes. */
export const emptyQueue = async (sqs: SQSClient, queueUrl: string): Promise<readonly Lying[]> => {
  const taken: Lying[] = [];
  for (;;) {
    const { Messages: messages = [] } = await sqs.send(
      new ReceiveMessageCommand({
        QueueUrl: queueUrl,
        MaxNumberOfMessages: 10,
        MessageAttributeNames: ['All'],
        WaitTimeSeconds: 0,
      }),
    );
    if (messages.length === 0) return taken;
    for (const { MessageId: id = '', Body: body = '', MessageAttributes = {} } of messages) {
      const attributes = Object.entries(MessageAttributes).map(([name, { StringValue = '' }]): [string, string] => [
        name,
        StringValue,
      ]);
      taken.push({ id, body, attributes: Object.fromEntries(attributes) });
    }
    const Entries = messages.map(({ ReceiptHandle }, at) => ({ Id: String(at), ReceiptHandle }));
    await sqs.send(new DeleteMessageBatchCommand({ QueueUrl: queueUrl, Entries }));
  }
};

/** A post that was answered 200, and with what. */
export interface Accepted {
  readonly messageId: string;
  readonly body: string;
  readonly key: string | null;
}

/** Of what was promised: what is not so. An id that was answered is in the queue, with that body and that key. */
export const brokenPromises = (accepted: readonly Accepted[], lying: readonly Lying[]): readonly string[] => {
  const byId = new Map(lying.map((message) => [message.id, message]));
  return accepted.flatMap(({ messageId, body, key }) => {
    const message = byId.get(messageId);
    if (!message) return [`${messageId} was answered, and is not in the queue`];
    if (message.body !== body) return [`${messageId} is in the queue with another body`];
    return (message.attributes['idempotency-key'] ?? null) === key ? [] : [`${messageId} is in the queue with another key`];
  });
};

/** Bodies that were accepted and are nowhere, whatever id was answered. */
export const lostBodies = (accepted: readonly Accepted[], lying: readonly Lying[]): readonly string[] => {
  const bodies = new Set(lying.map(({ body }) => body));
  return [...new Set(accepted.map(({ body }) => body))].filter((body) => !bodies.has(body));
};
