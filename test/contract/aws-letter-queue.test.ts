import { randomBytes } from 'node:crypto';
import { SendMessageCommand, type SQSClient } from '@aws-sdk/client-sqs';
import { subscribeQueue } from '../../localstack/provision';
import { createQueue, deleteQueue } from '../../localstack/provision-queue';
import { snsLetterDestination, sqsLetterDestination } from '../../src/aws/letter-destination';
import { sqsLetterQueue } from '../../src/aws/letter-queue';
import { limits } from '../../src/core/limits';
import { resources } from '../../src/resources';
import { installAws, type AwsInstallation } from './aws-installation';
import { takeMessages } from './aws-queue-reader';
import { letterQueueContract } from './letter-queue.contract';

let aws: AwsInstallation;
const cleanups: (() => Promise<unknown>)[] = [];
beforeAll(async () => {
  aws = await installAws();
});
afterAll(async () => {
  await Promise.all(cleanups.map((cleanUp) => cleanUp()));
  await aws.remove();
});

const freshQueue = async (): Promise<string> => {
  const name = `${aws.prefix}-${randomBytes(4).toString('hex')}`;
  const { url } = await createQueue(aws.clients.sqs, { ...resources().deadLetterQueue, name });
  cleanups.push(() => deleteQueue(aws.clients.sqs, name));
  return url;
};

/** A client of which some calls fail before they are made. */
const failing = (fails: (call: number) => boolean): SQSClient => {
  let calls = 0;
  const send = (command: SendMessageCommand) =>
    fails((calls += 1)) ? Promise.reject(new Error('the network is gone')) : aws.clients.sqs.send(command);
  return { send } as unknown as SQSClient;
};

letterQueueContract('SQS', async () => {
  const { sqs } = aws.clients;
  const url = await freshQueue();
  // A receive waits for a second by itself.
  return { queue: sqsLetterQueue(sqs, url, 'worker'), into: sqsLetterDestination(sqs, url), pass: () => Promise.resolve() };
});

const letters = (count: number, body = (at: number) => `letter ${String(at)}`) =>
  Array.from({ length: count }, (_, at) => ({ body: body(at), attributes: {} }));

describe('A queue where letters lie, on SQS', () => {
  const sendWith = async (url: string, MessageAttributes: Record<string, { DataType: string; StringValue: string }>) =>
    aws.clients.sqs.send(new SendMessageCommand({ QueueUrl: url, MessageBody: 'body', MessageAttributes }));

  test('attributes that are no texts are marked as lost, but for the number that EventBridge tells its story with', async () => {
    const url = await freshQueue();
    const queue = sqsLetterQueue(aws.clients.sqs, url, 'eventbridge');
    await sendWith(url, { size: { DataType: 'Number', StringValue: '5' }, name: { DataType: 'String', StringValue: 'n' } });
    expect(await queue.receive(60)).toMatchObject([{ attributes: { name: 'n' }, attributesLost: true }]);
    await sendWith(url, { RETRY_ATTEMPTS: { DataType: 'Number', StringValue: '185' } });
    const [fromEventBridge] = await queue.receive(60);
    expect(fromEventBridge?.attributes).toEqual({ RETRY_ATTEMPTS: '185' });
    expect(fromEventBridge).not.toHaveProperty('attributesLost');
  });

  test('what SQS moved by itself says which queue it came from', async () => {
    const { sqs } = aws.clients;
    const name = `${aws.prefix}-moving`;
    const dead = await createQueue(sqs, { ...resources().deadLetterQueue, name: `${name}-dead` });
    const redrive = { deadLetterTargetArn: dead.arn, maxReceiveCount: 1 };
    const { url, arn } = await createQueue(sqs, { ...resources().deadLetterQueue, name }, redrive);
    cleanups.push(
      () => deleteQueue(sqs, name),
      () => deleteQueue(sqs, `${name}-dead`),
    );
    await sqsLetterDestination(sqs, url).send(letters(1));
    const held = await sqsLetterQueue(sqs, url, 'worker').receive(60);
    await sqsLetterQueue(sqs, url, 'worker').showAgain(held);
    expect(await sqsLetterQueue(sqs, url, 'worker').receive(60)).toEqual([]);
    const moved = await sqsLetterQueue(sqs, dead.url, 'worker').receive(60);
    expect(moved).toMatchObject([{ body: 'letter 0', movedFromArn: arn }]);
  });

  test('of removals that fail half-way, those that were confirmed are known to be gone', async () => {
    const url = await freshQueue();
    await sqsLetterDestination(aws.clients.sqs, url).send(letters(20));
    const held = [];
    const queue = sqsLetterQueue(aws.clients.sqs, url, 'worker');
    while (held.length < 20) held.push(...(await queue.receive(60)));
    const broken = sqsLetterQueue(
      failing((call) => call === 2),
      url,
      'worker',
    );
    expect(await broken.remove(held)).toEqual(held.slice(0, 10));
    const away = sqsLetterQueue(
      failing(() => true),
      url,
      'worker',
    );
    await expect(away.remove(held.slice(10))).rejects.toThrow('the network is gone');
    await expect(away.showAgain(held.slice(10))).rejects.toThrow('the network is gone');
  });

  test('a batch that cannot be shown again keeps no other hidden', async () => {
    const url = await freshQueue();
    await sqsLetterDestination(aws.clients.sqs, url).send(letters(20));
    const held = [];
    const queue = sqsLetterQueue(aws.clients.sqs, url, 'worker');
    while (held.length < 20) held.push(...(await queue.receive(60)));
    await expect(
      sqsLetterQueue(
        failing((call) => call === 1),
        url,
        'worker',
      ).showAgain(held),
    ).rejects.toThrow('the network is gone');
    expect(await queue.count()).toEqual({ visible: 10, hidden: 10 });
  });
});

describe('A destination of letters, on SQS', () => {
  test('has the name of its queue', () => {
    expect(sqsLetterDestination(aws.clients.sqs, aws.names.queueUrl).name).toBe(`queue ${aws.prefix}-intake`);
  });

  test('takes any number, in calls of ten, and as many as fit 1 MiB', async () => {
    const url = await freshQueue();
    const half = 'x'.repeat(limits.messageBytes / 2 + 1);
    const all = [...letters(12), ...letters(3, () => half), ...letters(1, () => 'x'.repeat(limits.messageBytes))];
    const ids = await sqsLetterDestination(aws.clients.sqs, url).send(all);
    expect(new Set(ids).size).toBe(16);
    expect(ids).not.toContain(null);
    const taken = await takeMessages(aws.clients.sqs, url, 16);
    expect(taken.map(({ body }) => body).sort()).toEqual(all.map(({ body }) => body).sort());
  });

  test('answers null for what the queue did not take, and sends all else', async () => {
    const url = await freshQueue();
    const send = (...bodies: readonly string[]) =>
      sqsLetterDestination(aws.clients.sqs, url).send(bodies.map((body) => ({ body, attributes: {} })));
    expect(await send('good', 'not in \u0000 SQS', 'as good')).toEqual([expect.any(String), null, expect.any(String)]);
    expect((await takeMessages(aws.clients.sqs, url, 2)).map(({ body }) => body).sort()).toEqual(['as good', 'good']);
  });

  test('a call that fails after another arrived is not taken; one that fails first is an error', async () => {
    const url = await freshQueue();
    const later = await sqsLetterDestination(
      failing((call) => call === 2),
      url,
    ).send(letters(12));
    expect(later.map((id) => id === null)).toEqual([...Array<boolean>(10).fill(false), true, true]);
    await expect(
      sqsLetterDestination(
        failing(() => true),
        url,
      ).send(letters(2)),
    ).rejects.toThrow('the network is gone');
  });
});

describe('A destination of letters, on SNS', () => {
  const topicAndQueue = async () => {
    const queueName = `${aws.prefix}-${randomBytes(4).toString('hex')}`;
    const { queueUrl } = await subscribeQueue(aws.endpointUrl, aws.names.topicArn, queueName);
    cleanups.push(() => deleteQueue(aws.clients.sqs, queueName));
    return { queueUrl, topic: snsLetterDestination(aws.clients.sns, aws.names.topicArn) };
  };

  test('publishes again what was published, out of the envelope or as it lies there', async () => {
    const { queueUrl, topic } = await topicAndQueue();
    const MessageAttributes = { kind: { Type: 'String', Value: 'record' } };
    const envelope = JSON.stringify({ Type: 'Notification', MessageId: 'm', Message: '{"revision":1}', MessageAttributes });
    const ids = await topic.send([
      { body: envelope, attributes: { more: 'x' } },
      { body: '{"revision":2}', attributes: { kind: 'record' } },
      { body: '{"Type":"Notification"}', attributes: {} },
    ]);
    expect(ids).toEqual([expect.any(String), expect.any(String), expect.any(String)]);
    const taken = await takeMessages(aws.clients.sqs, queueUrl, 3);
    expect([...taken].sort((a, b) => a.body.localeCompare(b.body))).toEqual([
      { body: '{"revision":1}', attributes: { kind: 'record', more: 'x' } },
      { body: '{"revision":2}', attributes: { kind: 'record' } },
      { body: '{"Type":"Notification"}', attributes: {} },
    ]);
  });

  test('its name says that all subscribers get it once more', () => {
    expect(snsLetterDestination(aws.clients.sns, aws.names.topicArn).name).toBe(
      `topic ${aws.prefix}-records (every subscriber gets it once more)`,
    );
  });
});
