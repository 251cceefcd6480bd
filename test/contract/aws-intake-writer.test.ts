import { randomBytes } from 'node:crypto';
import type { SendMessageBatchCommand, SendMessageBatchCommandOutput, SQSClient } from '@aws-sdk/client-sqs';
import { createQueue, deleteQueue } from '../../localstack/provision-queue';
import { sqsIntakeWriter } from '../../src/aws/intake-writer';
import { resources } from '../../src/resources';
import { installAws, type AwsInstallation } from './aws-installation';
import { takeMessages } from './aws-queue-reader';
import { intakeWriterContract } from './intake-writer.contract';

let aws: AwsInstallation;
const cleanups: (() => Promise<unknown>)[] = [];
beforeAll(async () => {
  aws = await installAws();
});
afterAll(async () => {
  await Promise.all(cleanups.map((cleanUp) => cleanUp()));
  await aws.remove();
});

/** Of SQS's own limits the stand-in knows those of a batch and of a body's characters; those of attributes only our own refusals hold. */
intakeWriterContract('SQS', async (maximumMessageBytes = resources().deadLetterQueue.maximumMessageBytes) => {
  const { sqs } = aws.clients;
  const name = `${aws.prefix}-${randomBytes(4).toString('hex')}`;
  const { url } = await createQueue(sqs, { ...resources().deadLetterQueue, name, maximumMessageBytes });
  cleanups.push(() => deleteQueue(sqs, name));
  return { writer: sqsIntakeWriter(sqs, url), lying: (atLeast) => takeMessages(sqs, url, atLeast) };
});

type Answer = Pick<SendMessageBatchCommandOutput, 'Successful' | 'Failed'>;

/** An SQS that answers each batch with this, and how many entries it was sent. */
const answering = (answer: Answer | Error) => {
  const sent: number[] = [];
  const send = ({ input }: SendMessageBatchCommand) => {
    sent.push(input.Entries?.length ?? 0);
    return answer instanceof Error ? Promise.reject(answer) : Promise.resolve(answer);
  };
  return { sent, writer: sqsIntakeWriter({ send } as unknown as SQSClient, 'http://127.0.0.1/queue') };
};

const posts = (...bodies: readonly string[]) => bodies.map((body) => ({ body, attributes: {} }));
const success = (Id: string, MessageId: string | undefined) => ({ Id, MessageId, MD5OfMessageBody: 'any' });
const failure = (Code: string | undefined, SenderFault: boolean, Id = '0') => ({ Id, Code, SenderFault, Message: 'canary' });

describe('A writer of posts, of what SQS answers,', () => {
  test.each([
    'InvalidMessageContents',
    'InvalidParameterValue',
    'AWS.SimpleQueueService.InvalidMessageContents',
    'InvalidParameterValueException',
  ])('takes %s for a refusal: it speaks of the message itself', async (code) => {
    const { writer } = answering({ Successful: [], Failed: [failure(code, true)] });
    expect(await writer.write(posts('a'))).toEqual([{ kind: 'refused', why: code }]);
  });

  test.each([
    ['throttling', 'RequestThrottled', true],
    ['a key that may be had again', 'KMS.AccessDeniedException', true],
    ['a throttled key', 'KMS.ThrottlingException', true],
    ['a fault of its own', 'InternalError', false],
    ['a fault of its own that bears the name of ours', 'InvalidParameterValue', false],
    ['a code that nobody knows', 'SomethingNew', true],
  ])('takes %s for "not now", whoever is said to be at fault', async (_, code, isOurs) => {
    const { writer } = answering({ Successful: [], Failed: [failure(code, isOurs)] });
    expect(await writer.write(posts('a'))).toEqual([{ kind: 'failed', why: code }]);
  });

  test('passes on codes alone, no text', async () => {
    const { writer } = answering({
      Successful: [],
      Failed: [failure('canary of the body', true), failure(undefined, true, '1')],
    });
    expect(await writer.write(posts('a', 'b'))).toEqual(Array(2).fill({ kind: 'failed', why: 'unknown' }));
  });

  test('finds outcomes by their ids, in whatever order they come, and has failed where there is none', async () => {
    const Successful = [success('3', 'message-d'), success('0', 'message-a'), success('4', undefined)];
    const { writer } = answering({ Successful, Failed: [failure('InternalError', false, '2')] });
    expect(await writer.write(posts('a', 'b', 'c', 'd', 'e'))).toEqual([
      { kind: 'written', messageId: 'message-a' },
      { kind: 'failed', why: 'not-answered' },
      { kind: 'failed', why: 'InternalError' },
      { kind: 'written', messageId: 'message-d' },
      { kind: 'failed', why: 'not-answered' },
    ]);
  });

  test('has failed, when it answers nothing at all', async () => {
    const { writer } = answering({} as Answer);
    expect(await writer.write(posts('a'))).toEqual([{ kind: 'failed', why: 'not-answered' }]);
  });

  test('rejects when there is none: each may have been written or not', async () => {
    const { writer, sent } = answering(new Error('the network is gone'));
    await expect(writer.write(posts('a', 'b'))).rejects.toThrow('the network is gone');
    expect(sent).toEqual([2]);
  });

  test('does not ask for what can never be sent', async () => {
    const { writer, sent } = answering(new Error('it was asked'));
    expect(await writer.write(posts('\u0000', ''))).toMatchObject([{ kind: 'refused' }, { kind: 'refused' }]);
    expect(sent).toEqual([]);
  });
});
