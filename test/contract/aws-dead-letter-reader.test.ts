import { SendMessageBatchCommand } from '@aws-sdk/client-sqs';
import { sqsDeadLetterReader } from '../../src/aws/dead-letter-reader';
import { installAws, type AwsInstallation } from './aws-installation';
import { takeMessages } from './aws-queue-reader';

let aws: AwsInstallation;
beforeEach(async () => {
  aws = await installAws();
});
afterEach(() => aws.remove());

const bodiesUpTo = (count: number): readonly string[] => Array.from({ length: count }, (_, at) => `{"at":${at}}`);

const send = async (bodies: readonly string[]): Promise<void> => {
  for (let from = 0; from < bodies.length; from += 10) {
    const entries = bodies.slice(from, from + 10).map((body, at) => ({ Id: String(at), MessageBody: body }));
    const { sqs } = aws.clients;
    await sqs.send(new SendMessageBatchCommand({ QueueUrl: aws.names.deadLetterQueueUrl, Entries: entries }));
  }
};

const reader = () => sqsDeadLetterReader(aws.clients.sqs, aws.names.deadLetterQueueUrl);

describe('SQS keeps the promises of a look at dead letters', () => {
  test('an empty queue has none to look at', async () => {
    expect(await reader().look(5)).toEqual([]);
  });

  test('each letter is met once, and all of them can be taken at once by the next who comes', async () => {
    await send(bodiesUpTo(23));
    expect([...(await reader().look(100))].sort()).toEqual([...bodiesUpTo(23)].sort());
    expect([...(await reader().look(100))].sort()).toEqual([...bodiesUpTo(23)].sort());
    const taken = await takeMessages(aws.clients.sqs, aws.names.deadLetterQueueUrl, 23);
    expect(taken.map(({ body }) => body).sort()).toEqual([...bodiesUpTo(23)].sort());
  });

  test('no more are looked at than are asked for', async () => {
    await send(bodiesUpTo(15));
    expect(await reader().look(12)).toHaveLength(12);
  });

  test('a look that fails on its way shows again what it has seen', async () => {
    await send(bodiesUpTo(3));
    const { sqs } = aws.clients;
    let calls = 0;
    const failing = {
      send: (command: unknown) => {
        calls += 1;
        return calls === 2 ? Promise.reject(new Error('the network is gone')) : sqs.send(command as SendMessageBatchCommand);
      },
    } as unknown as typeof sqs;
    await expect(sqsDeadLetterReader(failing, aws.names.deadLetterQueueUrl).look(100)).rejects.toThrow('the network is gone');
    expect(await reader().look(100)).toHaveLength(3);
  });
});
