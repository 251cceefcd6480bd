import { DeleteMessageCommand, ReceiveMessageCommand, type SQSClient } from '@aws-sdk/client-sqs';

export interface LyingMessage {
  readonly body: string;
  readonly attributes: Readonly<Record<string, string>>;
}

/** Takes what lies in a queue, once it is at least so many. */
export const takeMessages = async (sqs: SQSClient, queueUrl: string, atLeast: number): Promise<readonly LyingMessage[]> => {
  const taken: LyingMessage[] = [];
  while (taken.length < atLeast) {
    const { Messages: messages = [] } = await sqs.send(
      new ReceiveMessageCommand({
        QueueUrl: queueUrl,
        WaitTimeSeconds: 1,
        MaxNumberOfMessages: 10,
        MessageAttributeNames: ['All'],
      }),
    );
    for (const { Body, MessageAttributes = {}, ReceiptHandle } of messages) {
      const attributes = Object.entries(MessageAttributes).map(([name, { StringValue }]) => [name, StringValue ?? '']);
      taken.push({ body: Body ?? '', attributes: Object.fromEntries(attributes) as LyingMessage['attributes'] });
      await sqs.send(new DeleteMessageCommand({ QueueUrl: queueUrl, ReceiptHandle }));
    }
  }
  return taken;
};
