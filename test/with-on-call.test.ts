import { randomBytes } from 'node:crypto';
import { deleteQueue } from '../localstack/provision-queue';
import { subscribeWithDeadLetters } from '../localstack/provision-subscription';
import { withOnCall } from '../src/commands/with-on-call';
import type { OnCallOutside } from '../src/on-call/outside';
import { tableForCommands } from './table-command';

const { aws, use } = tableForCommands();

const cleanups: (() => Promise<void>)[] = [];
afterEach(() => Promise.all(cleanups.splice(0).map((cleanUp) => cleanUp())));

const subscribe = async (protocol: 'sqs' | 'lambda') => {
  const { endpointUrl, names, prefix, clients } = aws();
  const name = `${prefix}-${randomBytes(4).toString('hex')}`;
  cleanups.push(() => deleteQueue(clients.sqs, name), () => deleteQueue(clients.sqs, `${name}-dead`)); // prettier-ignore
  return { name, ...(await subscribeWithDeadLetters({ endpointUrl, topicArn: names.topicArn, name, protocol })) };
};

const needed = () => ({ QUEUE_URL: aws().names.queueUrl, DEAD_LETTER_QUEUE_URL: aws().names.deadLetterQueueUrl });

const everything = () => ({
  ...needed(),
  EVENT_DEAD_LETTER_QUEUE_URL: aws().names.eventDeadLetterQueueUrl,
  RECORD_TOPIC_ARN: aws().names.topicArn,
  STATE_MACHINE_ARN: aws().names.stateMachineArn,
});

const on = <T>(look: (outside: OnCallOutside) => T, options = {}): Promise<T> =>
  withOnCall(options, 'tidemark/1.2.3', (outside) => Promise.resolve(look(outside)));

const waysOf = ({ letterQueues, destinationOf }: OnCallOutside) =>
  letterQueues.map((queue) => [queue.place, queue.url, destinationOf(queue)?.name]);

describe('What a command of the engineer on call is given', () => {
  test('every queue where letters lie, and where they go back to', async () => {
    const { names, prefix } = aws();
    use(everything());
    const [ofQueue, ofFunction] = [await subscribe('sqs'), await subscribe('lambda')];
    const intake = `queue ${prefix}-intake`;
    const ways = await on(waysOf);
    expect(ways.slice(0, 2)).toEqual([
      ['worker', names.deadLetterQueueUrl, intake],
      ['eventbridge', names.eventDeadLetterQueueUrl, intake],
    ]);
    expect(new Set(ways.slice(2))).toEqual(
      new Set([
        ['subscription', ofQueue.deadLetterQueueUrl, `queue ${ofQueue.name}`],
        ['subscription', ofFunction.deadLetterQueueUrl, `topic ${prefix}-records (every subscriber gets it once more)`],
      ]),
    );
    expect(await on(({ notLookedAt }) => notLookedAt)).toEqual([]);
  });

  test('without a name for a place, that it is not looked at, and the variable', async () => {
    use(needed());
    expect(await on(({ notLookedAt, executions }) => ({ notLookedAt, executions }))).toEqual({
      executions: null,
      notLookedAt: [
        { place: 'eventbridge', why: 'EVENT_DEAD_LETTER_QUEUE_URL is not given.' },
        { place: 'subscription', why: 'RECORD_TOPIC_ARN is not given.' },
        { place: 'execution', why: 'STATE_MACHINE_ARN is not given.' },
      ],
    });
  });

  test('no queue, where it says that it needs none', async () => {
    use(everything());
    expect(await on(waysOf, { needsLetters: false })).toEqual([]);
  });

  test('who calls, asked once', async () => {
    use(needed());
    const [first, second] = await on(async ({ who }) => [await who(), await who()]);
    expect(first).toMatch(/^arn:aws:/);
    expect(second).toBe(first);
  });
});

describe('What is the caller’s to mend', () => {
  const failing = (outside: (given: OnCallOutside) => Promise<unknown>): Promise<unknown> =>
    withOnCall({}, 'tidemark/1.2.3', outside);

  test('a name that it takes and that nobody gave', async () => {
    use({ QUEUE_URL: '', DEAD_LETTER_QUEUE_URL: '' });
    await expect(on(waysOf)).rejects.toThrow(/QUEUE_URL: expected .*, got nothing[^]*DEAD_LETTER_QUEUE_URL: expected/);
  });

  test('a queue that is not there, by its variable', async () => {
    const url = `${aws().names.eventDeadLetterQueueUrl}-not`;
    use({ ...everything(), EVENT_DEAD_LETTER_QUEUE_URL: url });
    const counting = failing(({ letterQueues }) => Promise.all(letterQueues.map((queue) => queue.count())));
    await expect(counting).rejects.toMatchObject({
      name: 'ConfigError',
      problems: [`EVENT_DEAD_LETTER_QUEUE_URL: expected a queue, found none at \`${url}\` in us-east-1.`],
    });
  });

  test('a table that is not there, and a state machine', async () => {
    const stateMachineArn = `${aws().names.stateMachineArn}-not`;
    use({ ...everything(), TABLE_NAME: 'no-such-table', STATE_MACHINE_ARN: stateMachineArn });
    await expect(failing(({ windows }) => windows.read('c'))).rejects.toMatchObject({
      name: 'ConfigError',
      problems: ['TABLE_NAME: expected a table, found none named `no-such-table` in us-east-1.'],
    });
    const started = failing(({ executions }) => executions!.start({ name: 'n', input: '{}' }));
    await expect(started).rejects.toMatchObject({
      name: 'ConfigError',
      problems: [`STATE_MACHINE_ARN: expected a state machine, found none at \`${stateMachineArn}\` in us-east-1.`],
    });
  });

  test('an AWS that does not answer is one; what the command itself throws stays what it is', async () => {
    use({ ...needed(), AWS_ENDPOINT_URL: 'http://127.0.0.1:9' });
    await expect(failing(({ windows }) => windows.read('c'))).rejects.toMatchObject({ name: 'AwsFailedError' });
    const own = new RangeError('Expected a file, got none.');
    await expect(failing(() => Promise.reject(own))).rejects.toBe(own);
  });
});
