import type { PublishBatchCommandInput, SNSClient } from '@aws-sdk/client-sns';
import { snsRecordTopic } from '../../src/aws/record-topic';

const arn = 'arn:aws:sns:us-east-1:000000000000:records';
const some = (count: number) => Array.from({ length: count }, (_, n) => ({ message: `message ${n}`, attributes: { n: `${n}` } }));

/** A topic whose nth batch leaves what `fails` names; answers with the messages of each call. */
const topicThat = (fails: (message: string, call: number) => boolean) => {
  const calls: (readonly string[])[] = [];
  const send = ({ input }: { readonly input: PublishBatchCommandInput }): Promise<unknown> => {
    const entries = input.PublishBatchRequestEntries ?? [];
    calls.push(entries.map(({ Message = '' }) => Message));
    const failed = entries.filter(({ Message = '' }) => fails(Message, calls.length));
    const Failed = failed.map(({ Id }) => ({ Id, Code: 'InternalError', SenderFault: false }));
    return Promise.resolve({ Successful: [], Failed });
  };
  return { topic: snsRecordTopic({ send } as unknown as SNSClient, arn), calls };
};

test('ten are published in one call', async () => {
  const { topic, calls } = topicThat(() => false);
  await topic.publishAll(some(21));
  expect(calls.map((call) => call.length)).toEqual([10, 10, 1]);
});

test('those of a batch that SNS did not take are sent again, and only those', async () => {
  const { topic, calls } = topicThat((message, call) => call === 1 && message.endsWith('2'));
  await topic.publishAll(some(4));
  expect(calls).toEqual([['message 0', 'message 1', 'message 2', 'message 3'], ['message 2']]);
});

test('what SNS takes in no round is said to be left', async () => {
  const { topic, calls } = topicThat((message) => message.endsWith('2'));
  await expect(topic.publishAll(some(4))).rejects.toThrow('Expected SNS to take 4 notifications, 1 are left.');
  expect(calls).toHaveLength(3);
});
