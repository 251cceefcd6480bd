import { BatchWriteItemCommand, GetItemCommand, PutItemCommand, QueryCommand, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, paginateScan } from '@aws-sdk/lib-dynamodb';
import { countedBy } from '../../localstack/bench/backend/control';
import { parseCondition, holds } from '../../localstack/bench/backend/condition';
import { dynamoWindowTable } from '../../src/aws/window-table';
import type { FailureNote } from '../../src/core/items';
import { windowTableContract } from '../contract/window-table.contract';
import { openBackend } from './a-backend';

const opened: (() => Promise<void>)[] = [];
afterAll(() => Promise.all(opened.map((close) => close())));

const aBackend = async () => {
  const backend = await openBackend();
  opened.push(backend.close);
  return backend;
};

windowTableContract('the backend of the benchmarks', async () => {
  const { dynamo } = await aBackend();
  const documents = DynamoDBDocumentClient.from(dynamo, { marshallOptions: { removeUndefinedValues: true } });
  return {
    table: dynamoWindowTable({ dynamo: documents, tableName: 'bench' }),
    settleIndex: () => Promise.resolve(),
    failureNotes: async () => {
      const notes: FailureNote[] = [];
      for await (const { Items = [] } of paginateScan({ client: documents }, { TableName: 'bench' }))
        for (const { pk, bodySha256, atMs, attributes } of Items as unknown as readonly (FailureNote & { pk: string })[])
          if (pk.startsWith('N#')) notes.push({ bodySha256, atMs, attributes });
      return notes;
    },
  };
});

const key = (sk: string) => ({ pk: { S: 'C#1' }, sk: { S: sk } });
const TableName = 'bench';

describe('units are counted as DynamoDB counts them', () => {
  test('an item costs a write unit for each started KB, in a batch each for itself', async () => {
    const { url, dynamo } = await aBackend();
    const put = (sk: string, bytes: number) => ({ PutRequest: { Item: { ...key(sk), json: { S: 'x'.repeat(bytes) } } } });
    // Names and the key take 12 bytes.
    await dynamo.send(new BatchWriteItemCommand({ RequestItems: { bench: [put('a', 1_012), put('b', 1_013), put('c', 1)] } }));
    expect((await countedBy(url)).units).toEqual({ write: 1 + 2 + 1, indexWrite: 0, read: 0 });
  });

  test('the index costs nothing where its key stays, one unit where an entry comes or goes, two where it moves', async () => {
    const { url, dynamo } = await aBackend();
    const update = (UpdateExpression: string, values?: Record<string, string>) =>
      dynamo.send(
        new UpdateItemCommand({
          ...{ TableName, Key: key('W'), UpdateExpression },
          ...(values && {
            ExpressionAttributeValues: Object.fromEntries(
              Object.entries(values).map(([name, value]) => [name, name === ':on' ? { S: value } : { N: value }]),
            ),
          }),
        }),
      );
    const costs: number[] = [];
    const cost = async (done: Promise<unknown>): Promise<void> => {
      await done;
      const { units } = await countedBy(url);
      costs.push(units.indexWrite - costs.reduce((sum, one) => sum + one, 0));
    };
    await cost(update('SET dueOn = :on, dueAt = :at', { ':on': 'Q#001', ':at': '5' }));
    await cost(update('SET attempts = :at', { ':at': '1' }));
    await cost(update('SET dueAt = :at', { ':at': '6' }));
    await cost(update('REMOVE dueOn, dueAt'));
    expect(costs).toEqual([1, 0, 2, 1]);
    expect((await countedBy(url)).units.write).toBe(4);
  });

  test('a refused write costs a unit; a read half of one unless it is consistent', async () => {
    const { url, dynamo } = await aBackend();
    const refused = new PutItemCommand({ TableName, Item: key('W'), ConditionExpression: 'attribute_exists(pk)' });
    await expect(dynamo.send(refused)).rejects.toThrow('conditional');
    await dynamo.send(new GetItemCommand({ TableName, Key: key('W') }));
    await dynamo.send(new GetItemCommand({ TableName, Key: key('W'), ConsistentRead: true }));
    expect((await countedBy(url)).units).toEqual({ write: 1, indexWrite: 0, read: 1.5 });
  });

  test('a Query reads what it looked at together, by the started 4 KB', async () => {
    const { url, dynamo } = await aBackend();
    for (const sk of ['a', 'b', 'c'])
      await dynamo.send(new PutItemCommand({ TableName, Item: { ...key(sk), json: { S: 'x'.repeat(2_000) } } }));
    const before = (await countedBy(url)).units.read;
    await dynamo.send(
      new QueryCommand({
        ...{ TableName, ConsistentRead: true, KeyConditionExpression: 'pk = :pk AND sk BETWEEN :from AND :to' },
        ExpressionAttributeValues: { ':pk': { S: 'C#1' }, ':from': { S: 'a' }, ':to': { S: 'b' } },
      }),
    );
    expect((await countedBy(url)).units.read - before).toBe(1);
  });
});

describe('conditions', () => {
  const item = { a: { N: '2' }, b: { S: 'text' } };
  const values = {
    ExpressionAttributeNames: { '#a': 'a' },
    ExpressionAttributeValues: { ':two': { N: '2' }, ':ten': { N: '10' } },
  };
  test.each([
    ['#a = :two AND attribute_exists(b)', true],
    ['#a <> :two OR attribute_not_exists(c)', true],
    ['#a < :ten', true],
    ['#a BETWEEN :two AND :ten AND NOT (attribute_not_exists(b))', true],
    ['#a > :ten OR attribute_exists(c)', false],
    ['c = :two', false],
    ['c <= :two', false],
  ])('%s: %s', (text, expected) => {
    expect(holds(parseCondition(text), item, values)).toBe(expected);
  });

  test('of what is not understood nothing is made up', () => {
    expect(() => parseCondition('contains(a, :b)')).toThrow();
    expect(() => parseCondition('a = :b :c')).toThrow('end');
  });
});
