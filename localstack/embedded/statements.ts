import {
  PutItemCommand,
  UpdateItemCommand,
  type AttributeValue,
  type BatchStatementError,
  type BatchStatementResponse,
  type DynamoDBClient,
} from '@aws-sdk/client-dynamodb';
import { itemCallOf, type ItemCall } from './partiql';
import { ServiceError } from './service-error';

/*
 * BatchExecuteStatement, which dynalite does not have, by the calls that it has: each statement for itself, as DynamoDB does it.
 * https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_BatchExecuteStatement.html; what DynamoDB Local answers to the
 * same is held by test/localstack/statements.test.ts.
 */

interface Statement {
  readonly Statement: string;
  readonly Parameters?: readonly AttributeValue[];
}

type Call = ItemCall<AttributeValue>;

const most = 25;

const keyOf = ({ kind, input }: Call): string => {
  const { pk, sk } = kind === 'put' ? input.Item : input.Key;
  return JSON.stringify([input.TableName, pk, sk]);
};

/** What refuses the request as a whole. */
const readCalls = (statements: readonly Statement[]): readonly Call[] => {
  if (statements.length === 0 || statements.length > most)
    throw new ServiceError('ValidationException', `Expected 1 to ${most} statements, got ${statements.length}`);
  const calls = statements.map(({ Statement: text, Parameters = [] }) => itemCallOf(text, Parameters));
  if (new Set(calls.map(keyOf)).size < calls.length)
    throw new ServiceError('ValidationException', 'Provided list of item keys contains duplicates');
  return calls;
};

const errorOf = (error: unknown, kind: Call['kind']): BatchStatementError => {
  const { name, message } = error instanceof Error ? error : new Error(String(error));
  if (name !== 'ConditionalCheckFailedException')
    return { Code: name.replace(/Exception$/, 'Error') as 'ValidationError', Message: message };
  return kind === 'put'
    ? { Code: 'DuplicateItem', Message: 'Duplicate primary key exists in table' }
    : { Code: 'ConditionalCheckFailed', Message: message };
};

const carryOut = async (client: DynamoDBClient, { kind, input }: Call): Promise<BatchStatementResponse> => {
  const { TableName } = input;
  try {
    if (kind === 'put') await client.send(new PutItemCommand(input));
    else {
      const { Attributes } = await client.send(new UpdateItemCommand(input));
      if (Attributes) return { TableName, Item: Attributes };
    }
    return { TableName };
  } catch (error) {
    return { TableName, Error: errorOf(error, kind) };
  }
};

export const executeStatements = async (client: DynamoDBClient, statements: readonly Statement[]): Promise<object> => {
  const calls = readCalls(statements);
  return { Responses: await Promise.all(calls.map((call) => carryOut(client, call))) };
};
