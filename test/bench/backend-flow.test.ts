import {
  ChangeMessageVisibilityBatchCommand,
  DeleteMessageBatchCommand,
  ReceiveMessageCommand,
  type Message,
  type SQSClient,
} from '@aws-sdk/client-sqs';
import { StartExecutionCommand } from '@aws-sdk/client-sfn';
import { PublishBatchCommand, PublishCommand } from '@aws-sdk/client-sns';
import { countedBy, setFlow, setWeather } from '../../localstack/bench/backend/control';
import { endlessFlow } from '../../localstack/bench/backend/flow';
import { openBackend } from './a-backend';

const opened: (() => Promise<void>)[] = [];
afterAll(() => Promise.all(opened.map((close) => close())));

const aBackend = async () => {
  const backend = await openBackend();
  opened.push(backend.close);
  return backend;
};

const receive = async (sqs: SQSClient, queueUrl: string, waitSeconds = 0): Promise<readonly Message[]> => {
  const command = new ReceiveMessageCommand({ QueueUrl: queueUrl, MaxNumberOfMessages: 10, WaitTimeSeconds: waitSeconds });
  return (await sqs.send(command)).Messages ?? [];
};

const receiveAll = async (sqs: SQSClient, queueUrl: string): Promise<readonly Message[]> => {
  const all: Message[] = [];
  for (let some = await receive(sqs, queueUrl); some.length > 0; some = await receive(sqs, queueUrl)) all.push(...some);
  return all;
};

const uuids = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/g;
const named = (messages: readonly Message[]): ReadonlySet<string> =>
  new Set(messages.flatMap(({ Body = '' }) => Body.match(uuids) ?? []));

describe('what flows', () => {
  test('so many conversations are received once, in bodies whose hashes the SDK finds right, and then no more', async () => {
    const { url, sqs, queueUrl } = await aBackend();
    await setFlow(url, { conversations: 5 });
    const { waiting } = await countedBy(url);
    const all = await receiveAll(sqs, queueUrl);
    expect([all.length, new Set(all.map(({ MessageId }) => MessageId)).size]).toEqual([waiting, waiting]);
    expect(waiting).toBeGreaterThan(10);
    all.forEach(({ Body = '' }) => expect(() => JSON.parse(Body) as unknown).not.toThrow());
    expect(await countedBy(url)).toMatchObject({ waiting: 0, deleted: 0 });
  });

  test('the next time the same is said of conversations that nobody has seen', async () => {
    const { url, sqs, queueUrl } = await aBackend();
    await setFlow(url, { conversations: 5 });
    const first = await receiveAll(sqs, queueUrl);
    await setFlow(url, { conversations: 5 });
    const second = await receiveAll(sqs, queueUrl);
    const [before, after] = [named(first), named(second)];
    expect([second.length, after.size]).toEqual([first.length, before.size]);
    const isNew = [...after].filter((id) => !before.has(id));
    expect(isNew.filter((id) => before.has(`00000000${id.slice(8)}`))).toHaveLength(5);
  });

  test('who waits is told as soon as something flows, and it has just been sent', async () => {
    const { url, sqs, queueUrl } = await aBackend();
    const waiting = receive(sqs, queueUrl, 20);
    await setFlow(url, endlessFlow);
    const messages = await waiting;
    expect(messages).toHaveLength(10);
    expect(Number(messages[0]!.Attributes?.['SentTimestamp'])).toBeGreaterThan(Date.now() - 60_000);
    expect((await countedBy(url)).waiting).toBe(0);
  });

  test('what is deleted is gone, once; what is put back comes again and says how often it came', async () => {
    const { url, sqs, queueUrl } = await aBackend();
    await setFlow(url, { conversations: 1 });
    const [kept, ...gone] = await receiveAll(sqs, queueUrl);
    const entries = gone.map(({ ReceiptHandle }, index) => ({ Id: String(index), ReceiptHandle })).slice(0, 10);
    await sqs.send(new DeleteMessageBatchCommand({ QueueUrl: queueUrl, Entries: entries }));
    await sqs.send(new DeleteMessageBatchCommand({ QueueUrl: queueUrl, Entries: entries }));
    expect((await countedBy(url)).deleted).toBe(entries.length);
    const back = { Id: '0', ReceiptHandle: kept!.ReceiptHandle, VisibilityTimeout: 0 };
    await sqs.send(new ChangeMessageVisibilityBatchCommand({ QueueUrl: queueUrl, Entries: [back] }));
    const [again] = await receive(sqs, queueUrl, 20);
    expect([again?.MessageId, again?.Attributes?.['ApproximateReceiveCount']]).toEqual([kept!.MessageId, '2']);
  });

  test('new weather ends the wait of who polls what was forgotten', async () => {
    const { url, sqs, queueUrl } = await aBackend();
    const waiting = receive(sqs, queueUrl, 20);
    while ((await countedBy(url)).calls['ReceiveMessage'] === undefined);
    await setWeather(url, { rttMs: 0, failing: 0 });
    expect(await waiting).toEqual([]);
  });
});

describe('what lies downstream', () => {
  test('an execution is started once under its name', async () => {
    const { url, sfn } = await aBackend();
    const start = (name: string) =>
      sfn.send(
        new StartExecutionCommand({
          stateMachineArn: 'arn:aws:states:us-east-1:000000000000:stateMachine:bench',
          name,
          input: '{}',
        }),
      );
    const [first, second] = [await start('one'), await start('one')];
    await start('two');
    expect(second.startDate).toEqual(first.startDate);
    expect(await countedBy(url)).toMatchObject({ started: 2, calls: { StartExecution: 3 } });
  });

  test('the topic takes one and many, and says so in the SDK’s words', async () => {
    const { url, sns } = await aBackend();
    const TopicArn = 'arn:aws:sns:us-east-1:000000000000:bench';
    expect((await sns.send(new PublishCommand({ TopicArn, Message: 'x&Action=y' }))).MessageId).toBeDefined();
    const PublishBatchRequestEntries = ['a', 'b'].map((Id) => ({ Id, Message: 'x' }));
    const { Successful = [], Failed } = await sns.send(new PublishBatchCommand({ TopicArn, PublishBatchRequestEntries }));
    expect([Successful.map(({ Id }) => Id), Failed]).toEqual([['a', 'b'], []]);
    expect((await countedBy(url)).calls).toEqual({ Publish: 1, PublishBatch: 1 });
  });

  test('Genesys knows whoever flows, at once and completely, and nobody else; its quota ends', async () => {
    const { url, sqs, queueUrl } = await aBackend();
    await setFlow(url, { conversations: 3 });
    const ids = [...named(await receiveAll(sqs, queueUrl))];
    const path = '/api/v2/analytics/conversations/details';
    const ask = (some: readonly string[]) => fetch(`${url}${path}?id=${some.join(',')}`);
    const { conversations } = (await (await ask(ids)).json()) as { conversations: Record<string, string>[] };
    expect(conversations).toHaveLength(3);
    conversations.forEach((known) =>
      expect([ids.includes(known['conversationId']!), 'conversationEnd' in known]).toEqual([true, true]),
    );
    const body = JSON.stringify({ filter: [{ type: 'conversationId', value: conversations[0]!['conversationId'] }] });
    const asked = await fetch(`${url}${path}/query`, { method: 'POST', body });
    expect(((await asked.json()) as { entities: unknown[] }).entities).toHaveLength(1);
    await setWeather(url, { rttMs: 0, failing: 0, genesysPerMinute: 0 });
    expect((await ask(ids)).status).toBe(429);
    expect((await countedBy(url)).calls).toEqual({ 'genesys details': 1 });
  });
});
