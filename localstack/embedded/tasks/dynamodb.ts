import {
  GetItemCommand,
  UpdateItemCommand,
  type DynamoDBClient,
  type GetItemCommandInput,
  type UpdateItemCommandInput,
} from '@aws-sdk/client-dynamodb';
import { task, TaskFailure, type Task } from './task';

/*
 * The two calls of DynamoDB that the workflow makes, by the integration that Step Functions has optimized:
 * https://docs.aws.amazon.com/step-functions/latest/dg/connect-ddb.html. Behind them is a real table.
 */

const attribute = {
  type: 'object',
  minProperties: 1,
  maxProperties: 1,
  additionalProperties: false,
  properties: {
    S: { type: 'string' },
    N: { type: 'string', pattern: '^-?\\d+(\\.\\d+)?$' },
    BOOL: { type: 'boolean' },
    NULL: { type: 'boolean' },
    SS: { type: 'array', items: { type: 'string' } },
    NS: { type: 'array', items: { type: 'string' } },
  },
};
const attributes = { type: 'object', additionalProperties: attribute };
const names = { type: 'object', additionalProperties: { type: 'string' }, propertyNames: { pattern: '^#' } };
const of = {
  TableName: { type: 'string', pattern: '^[A-Za-z0-9_.-]{3,255}$' },
  Key: { ...attributes, minProperties: 1 },
  ReturnConsumedCapacity: { enum: ['INDEXES', 'TOTAL', 'NONE'] },
};

const updateSchema = {
  type: 'object',
  required: ['TableName', 'Key'],
  additionalProperties: false,
  properties: {
    ...of,
    UpdateExpression: { type: 'string' },
    ConditionExpression: { type: 'string' },
    ExpressionAttributeNames: names,
    ExpressionAttributeValues: { ...attributes, propertyNames: { pattern: '^:' } },
    ReturnValues: { enum: ['NONE', 'ALL_OLD', 'UPDATED_OLD', 'ALL_NEW', 'UPDATED_NEW'] },
    ReturnItemCollectionMetrics: { enum: ['SIZE', 'NONE'] },
  },
};

const getSchema = {
  type: 'object',
  required: ['TableName', 'Key'],
  additionalProperties: false,
  properties: {
    ...of,
    ConsistentRead: { type: 'boolean' },
    ProjectionExpression: { type: 'string' },
    ExpressionAttributeNames: names,
  },
};

/** Errors that have a name of their own there; every other goes by the last. */
const named = [
  'ConditionalCheckFailedException',
  'InternalServerErrorException',
  'ItemCollectionSizeLimitExceededException',
  'ProvisionedThroughputExceededException',
  'RequestLimitExceededException',
  'ResourceNotFoundException',
];

const toTaskFailure = (error: unknown): TaskFailure => {
  const { name, message } = error instanceof Error ? error : new Error(String(error));
  return new TaskFailure(`DynamoDB.${named.includes(name) ? name : 'AmazonDynamoDBException'}`, message);
};

/** The client is made on the first call: only then does whoever serves the table know where it listens. */
export const dynamoDbTasks = (clientOf: () => DynamoDBClient): readonly Task[] => [
  task('arn:aws:states:::dynamodb:updateItem', updateSchema, async (parameters: UpdateItemCommandInput) => {
    const { Attributes } = await clientOf()
      .send(new UpdateItemCommand(parameters))
      .catch((error: unknown) => Promise.reject(toTaskFailure(error)));
    return Attributes ? { Attributes } : {};
  }),
  task('arn:aws:states:::dynamodb:getItem', getSchema, async (parameters: GetItemCommandInput) => {
    const { Item } = await clientOf()
      .send(new GetItemCommand(parameters))
      .catch((error: unknown) => Promise.reject(toTaskFailure(error)));
    return Item ? { Item } : {};
  }),
];
