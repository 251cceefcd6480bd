import { randomBytes } from 'node:crypto';
import { CreateTopicCommand, DeleteTopicCommand } from '@aws-sdk/client-sns';
import { GetQueueUrlCommand } from '@aws-sdk/client-sqs';
import { subscribeQueue } from '../../localstack/provision';
import { deleteQueue } from '../../localstack/provision-queue';
import { subscribeWithDeadLetters } from '../../localstack/provision-subscription';
import { type AwsClients } from '../../src/aws/clients';
import { findSubscriptionLetters } from '../../src/aws/subscriptions';
import { installAws, type AwsInstallation } from './aws-installation';

let aws: AwsInstallation;
const cleanups: (() => Promise<unknown>)[] = [];
beforeAll(async () => {
  aws = await installAws();
});
afterAll(async () => {
  await Promise.all(cleanups.map((cleanUp) => cleanUp()));
  await aws.remove();
});

const freshName = (): string => `${aws.prefix}-${randomBytes(4).toString('hex')}`;

const freshTopic = async (): Promise<string> => {
  const { TopicArn: arn = '' } = await aws.clients.sns.send(new CreateTopicCommand({ Name: freshName() }));
  cleanups.push(() => aws.clients.sns.send(new DeleteTopicCommand({ TopicArn: arn })));
  return arn;
};

const subscribe = async (topicArn: string, protocol: 'sqs' | 'lambda') => {
  const name = freshName();
  for (const queue of [name, `${name}-dead`]) cleanups.push(() => deleteQueue(aws.clients.sqs, queue));
  return { name, ...(await subscribeWithDeadLetters({ endpointUrl: aws.endpointUrl, topicArn, name, protocol })) };
};

type Answer = () => Promise<unknown>;

/** Clients of which one call is answered by the test. */
const answering = (call: string, answer: Answer): Pick<AwsClients, 'sns' | 'sqs'> => {
  const guarded = <C extends object>(client: C): C =>
    new Proxy(client, {
      get: (target, key) =>
        key === 'send'
          ? (command: object) =>
              command.constructor.name === call ? answer() : (target as { send: (one: object) => Promise<unknown> }).send(command)
          : (Reflect.get(target, key) as unknown),
    });
  return { sns: guarded(aws.clients.sns), sqs: guarded(aws.clients.sqs) };
};

const denied: Answer = () => Promise.reject(Object.assign(new Error('not authorised'), { name: 'AuthorizationErrorException' }));

describe('The dead-letter queues of a topic’s subscriptions', () => {
  test('are found with what they are of; a subscription without one has none', async () => {
    const topicArn = await freshTopic();
    const [ofQueue, ofFunction] = [await subscribe(topicArn, 'sqs'), await subscribe(topicArn, 'lambda')];
    const plain = freshName();
    cleanups.push(() => deleteQueue(aws.clients.sqs, plain));
    await subscribeQueue(aws.endpointUrl, topicArn, plain);
    const { found, unknown } = await findSubscriptionLetters(aws.clients, topicArn);
    expect(unknown).toEqual([]);
    expect([...found].sort((a, b) => b.protocol.localeCompare(a.protocol))).toEqual([
      {
        protocol: 'sqs',
        endpoint: `arn:aws:sqs:us-east-1:000000000000:${ofQueue.name}`,
        endpointQueueUrl: ofQueue.queueUrl,
        deadLetterQueueUrl: ofQueue.deadLetterQueueUrl,
      },
      {
        protocol: 'lambda',
        endpoint: `arn:aws:lambda:us-east-1:000000000000:function:${ofFunction.name}`,
        endpointQueueUrl: null,
        deadLetterQueueUrl: ofFunction.deadLetterQueueUrl,
      },
    ]);
  });

  test('of a topic without subscriptions are none', async () => {
    expect(await findSubscriptionLetters(aws.clients, await freshTopic())).toEqual({ found: [], unknown: [] });
  });

  test.each([
    [
      'ListSubscriptionsByTopicCommand',
      /^Subscriptions of arn:\S+ could not be listed .*: it takes sns:ListSubscriptionsByTopic\.$/,
    ],
    ['GetSubscriptionAttributesCommand', /^Subscription arn:\S+ could not be read .*: it takes sns:GetSubscriptionAttributes\.$/],
    [
      'GetQueueUrlCommand',
      /^Dead-letter queue arn:\S+ of subscription arn:\S+ could not be found .*: it takes sqs:GetQueueUrl there\.$/,
    ],
  ])('who may not send %s is told what it takes, and no error stops the rest', async (command, told) => {
    const topicArn = await freshTopic();
    await subscribe(topicArn, 'sqs');
    const { found, unknown } = await findSubscriptionLetters(answering(command, denied), topicArn);
    expect(found).toEqual([]);
    expect(unknown).toEqual([expect.stringMatching(told)]);
  });

  test('letters of a queue that cannot be found can be looked at all the same', async () => {
    const topicArn = await freshTopic();
    const { name } = await subscribe(topicArn, 'sqs');
    await deleteQueue(aws.clients.sqs, name);
    await expect(aws.clients.sqs.send(new GetQueueUrlCommand({ QueueName: name }))).rejects.toThrow();
    const { found } = await findSubscriptionLetters(aws.clients, topicArn);
    expect(found).toMatchObject([{ protocol: 'sqs', endpointQueueUrl: null }]);
  });

  test('a subscription that nobody has confirmed yet is left out: it has no ARN to ask for', async () => {
    const pending = answering('ListSubscriptionsByTopicCommand', () =>
      Promise.resolve({ Subscriptions: [{ SubscriptionArn: 'PendingConfirmation' }] }),
    );
    expect(await findSubscriptionLetters(pending, await freshTopic())).toEqual({ found: [], unknown: [] });
  });

  test('an SNS that does not answer in time is named as such', async () => {
    const late = answering('ListSubscriptionsByTopicCommand', () =>
      Promise.reject(Object.assign(new Error('aborted'), { name: 'AbortError' })),
    );
    const topicArn = await freshTopic();
    expect(await findSubscriptionLetters(late, topicArn)).toEqual({
      found: [],
      unknown: [`Subscriptions of ${topicArn} could not be listed (no answer in 10 s): it takes another try.`],
    });
  });
});
