import { GetItemCommand, PutItemCommand, ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { SendMessageBatchCommand } from '@aws-sdk/client-sqs';
import { createHash } from 'node:crypto';
import { callsOf, setWeather, takenBy } from '../../localstack/bench/backend/control';
import { drawFate } from '../../localstack/bench/backend/weather';
import { fair, openBackend } from './a-backend';

const opened: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of opened.splice(0)) await close();
});

const aBackend = async () => {
  const backend = await openBackend();
  opened.push(backend.close);
  return backend;
};

const entries = ['eins', 'zwei – mit Strich', 'drei', 'vier'].map((MessageBody, index) => ({ Id: String(index), MessageBody }));
const md5 = (text: string): string => createHash('md5').update(text).digest('hex');

describe('the backend of the benchmarks speaks what the SDK speaks', () => {
  test('a batch is taken whole, and the SDK, which compares hashes, is content', async () => {
    const { url, sqs, queueUrl } = await aBackend();
    const MessageAttributes = {
      'idempotency-key': { DataType: 'String', StringValue: 'ß' },
      a: { DataType: 'String', StringValue: 'b' },
    };
    const Entries = entries.map((entry, index) => (index === 0 ? { ...entry, MessageAttributes } : entry));
    const { Successful = [], Failed } = await sqs.send(new SendMessageBatchCommand({ QueueUrl: queueUrl, Entries }));
    expect([Successful.map(({ Id }) => Id), Failed]).toEqual([['0', '1', '2', '3'], []]);
    const expected = Successful.map(({ MessageId }, index) => [MessageId, md5(entries[index]!.MessageBody)]);
    expect([...(await takenBy(url))]).toEqual(expected);
    expect(await callsOf(url)).toEqual({ SendMessageBatch: 1 });
  });

  test('a hash of attributes is over name, type, kind and value, each with its length, as SQS documents it', async () => {
    const { sqs, queueUrl } = await aBackend();
    const MessageAttributes = { one: { DataType: 'String', StringValue: 'two' } };
    const sent = await sqs.send(
      new SendMessageBatchCommand({ QueueUrl: queueUrl, Entries: [{ Id: '0', MessageBody: 'x', MessageAttributes }] }),
    );
    const bytes = Buffer.from('\0\0\0\x03one\0\0\0\x06String\x01\0\0\0\x03two', 'latin1');
    expect(sent.Successful?.[0]?.MD5OfMessageAttributes).toBe(createHash('md5').update(bytes).digest('hex'));
  });

  test('the first key is kept, and whoever comes second is told which stands', async () => {
    const { dynamo } = await aBackend();
    const key = { pk: { S: 'I#1' }, sk: { S: 'M' } };
    const put = (id: string) =>
      dynamo.send(
        new PutItemCommand({
          TableName: 'bench',
          Item: { ...key, messageId: { S: id } },
          ConditionExpression: 'attribute_not_exists(pk)',
          ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
        }),
      );
    expect((await dynamo.send(new GetItemCommand({ TableName: 'bench', Key: key }))).Item).toBeUndefined();
    await put('first');
    const second = await put('second').catch((error: unknown) => error);
    expect(second).toBeInstanceOf(ConditionalCheckFailedException);
    expect((second as ConditionalCheckFailedException).Item).toMatchObject({ messageId: { S: 'first' } });
    expect((await dynamo.send(new GetItemCommand({ TableName: 'bench', Key: key }))).Item).toMatchObject({
      messageId: { S: 'first' },
    });
  });

  test('under bad weather nothing is said to be stored that is not', async () => {
    const { url, sqs, queueUrl } = await aBackend();
    await setWeather(url, { rttMs: 0, failing: 1 });
    const told: string[] = [];
    for (let turn = 0; turn < 30; turn++) {
      const { Successful = [] } = await sqs
        .send(new SendMessageBatchCommand({ QueueUrl: queueUrl, Entries: entries }))
        .catch(() => ({ Successful: undefined }));
      told.push(...Successful.map(({ MessageId }) => MessageId!));
    }
    const taken = await takenBy(url);
    expect(told.filter((id) => !taken.has(id))).toEqual([]);
    expect(taken.size).toBeGreaterThan(told.length);
  });

  test('new weather forgets what was before', async () => {
    const { url, sqs, queueUrl } = await aBackend();
    await sqs.send(new SendMessageBatchCommand({ QueueUrl: queueUrl, Entries: entries }));
    await setWeather(url, fair);
    expect([await callsOf(url), (await takenBy(url)).size]).toEqual([{}, 0]);
  });

  test('bad weather is of three kinds, a third each', () => {
    const fates = [0, 0.15, 0.25, 0.3, 0.9].map((fraction) => drawFate(0.3, fraction));
    expect(fates).toEqual(['lost-answer', 'refused', 'partly', 'well', 'well']);
    expect(drawFate(0, 0)).toBe('well');
  });
});
