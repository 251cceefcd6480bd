import { BatchExecuteStatementCommand, GetItemCommand, type BatchStatementRequest } from '@aws-sdk/client-dynamodb';
import { itemCallOf } from '../../localstack/embedded/partiql';
import { installAws, type AwsInstallation } from '../contract/aws-installation';
import { freshConversation } from '../contract/samples';

/* BatchExecuteStatement as the worker uses it, on whatever AWS_ENDPOINT_URL names: the stand-ins' own must answer what DynamoDB Local does. */

let aws: AwsInstallation;
beforeAll(async () => {
  aws = await installAws();
});
afterAll(() => aws.remove());

const text = (value: string) => ({ S: value });

const insert = (id: string): BatchStatementRequest => ({
  Statement: `INSERT INTO "${aws.names.tableName}" VALUE {'pk': ?, 'sk': ?, 'state': ?, 'ending': ?}`,
  Parameters: [text(id), text('W'), text('open'), { N: '5' }],
});

const close = (id: string): BatchStatementRequest => ({
  Statement:
    `UPDATE "${aws.names.tableName}" SET "state" = ? SET "finished" = ? REMOVE "ending" ` +
    'WHERE "pk" = ? AND "sk" = ? AND "state" = ? AND "rearmAt" IS MISSING RETURNING ALL NEW *',
  Parameters: [text('closed'), { N: '1' }, text(id), text('W'), text('open')],
});

const execute = async (...Statements: BatchStatementRequest[]) => {
  const { Responses = [] } = await aws.clients.dynamo.send(new BatchExecuteStatementCommand({ Statements }));
  return Responses.map(({ Item, Error: failure }) => failure?.Code ?? Item ?? 'done');
};

const itemOf = async (id: string) => {
  const Key = { pk: text(id), sk: text('W') };
  return (await aws.clients.dynamo.send(new GetItemCommand({ TableName: aws.names.tableName, Key, ConsistentRead: true }))).Item;
};

test('each statement is carried out or refused by itself', async () => {
  const [one, other, nobody] = [freshConversation(), freshConversation(), freshConversation()];
  expect(await execute(insert(one))).toEqual(['done']);
  expect(await execute(insert(one), insert(other))).toEqual(['DuplicateItem', 'done']);
  const closed = { pk: text(one), sk: text('W'), state: text('closed'), finished: { N: '1' } };
  expect(await execute(close(one), close(nobody))).toEqual([closed, 'ConditionalCheckFailed']);
  expect(await execute(close(other), close(one))).toEqual([{ ...closed, pk: text(other) }, 'ConditionalCheckFailed']);
  expect([await itemOf(one), await itemOf(nobody)]).toEqual([closed, undefined]);
});

test('a request that names a key twice is refused, as is one of 26', async () => {
  const one = freshConversation();
  await expect(execute(insert(one), insert(one))).rejects.toMatchObject({ name: 'ValidationException' });
  const many = Array.from({ length: 26 }, () => insert(freshConversation()));
  await expect(execute(...many)).rejects.toMatchObject({ name: 'ValidationException' });
});

test.each([
  'SELECT * FROM "table" WHERE "pk" = ?',
  "INSERT INTO \"table\" VALUE {'pk': 'text'}",
  'UPDATE "table" SET "state" = ? WHERE "pk" = ? OR "sk" = ?',
  'UPDATE "table" SET "count" = "count" + ? WHERE "pk" = ? AND "sk" = ?',
])('the stand-in guesses nothing: %s', (statement) => {
  expect(() => itemCallOf(statement, [])).toThrow('Expected a statement of the shapes that are known here');
});
