import { itemCallOf } from '../../../localstack/embedded/partiql';
import { credentialScope } from '../../../localstack/embedded/signature';
import type { IncomingHttpHeaders } from 'node:http';
import type { IamRequest } from './policy';

/* What IAM asks about a request to AWS: read from the bytes on the wire. */

interface Wire {
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

const region = 'us-east-1';
const account = '000000000000';

type Fields = Readonly<Record<string, unknown>>;

/** Calls of many, which IAM knows by the name of one. */
const inSingular = (operation: string): string =>
  ['SendMessageBatch', 'DeleteMessageBatch', 'ChangeMessageVisibilityBatch', 'PublishBatch'].includes(operation)
    ? operation.slice(0, -'Batch'.length)
    : operation;

export const queueArn = (nameOrUrl: string): string =>
  `arn:aws:sqs:${region}:${account}:${nameOrUrl.slice(nameOrUrl.lastIndexOf('/') + 1)}`;
export const tableArn = (name: string): string => `arn:aws:dynamodb:${region}:${account}:table/${name}`;

const keyOf = (item: unknown): string => (item as { pk: { S: string } }).pk.S;

/** `#pk = :pk AND …` or `pk = :day`: the value that the partition key is held to. */
const keyOfQuery = (input: Fields): string => {
  const names = (input['ExpressionAttributeNames'] ?? {}) as Record<string, string>;
  const values = input['ExpressionAttributeValues'] as Record<string, { S: string }>;
  const [, , value = ''] =
    [...String(input['KeyConditionExpression']).matchAll(/([#\w]+)\s*=\s*(:\w+)/g)].find(([, name = '']) =>
      ['pk', 'dueOn'].includes(names[name] ?? name),
    ) ?? [];
  return values[value]!.S;
};

const batchKeys = (requests: unknown): readonly string[] =>
  (requests as readonly { PutRequest?: { Item: unknown }; DeleteRequest?: { Key: unknown } }[]).map(
    ({ PutRequest, DeleteRequest }) => keyOf(PutRequest?.Item ?? DeleteRequest?.Key),
  );

interface Statement {
  readonly Statement: string;
  readonly Parameters: readonly unknown[];
}

/** By statement: to insert and to update are rights of their own. */
const ofStatements = (statements: readonly Statement[]): readonly IamRequest[] =>
  statements.map(({ Statement: text, Parameters: values }) => {
    const { kind, input } = itemCallOf(text, values);
    return {
      action: `dynamodb:${kind === 'put' ? 'PartiQLInsert' : 'PartiQLUpdate'}`,
      resource: tableArn(input.TableName),
      leadingKeys: [keyOf('Item' in input ? input.Item : input.Key)],
    };
  });

const ofTable = (operation: string, input: Fields): readonly IamRequest[] => {
  const one = (name: unknown, leadingKeys: readonly string[]): IamRequest => ({
    action: `dynamodb:${operation}`,
    resource: tableArn(String(name)) + (typeof input['IndexName'] === 'string' ? `/index/${input['IndexName']}` : ''),
    leadingKeys,
  });
  const { TableName: name, RequestItems: batches } = input;
  if (operation === 'BatchExecuteStatement') return ofStatements(input['Statements'] as readonly Statement[]);
  if (operation === 'BatchWriteItem')
    return Object.entries(batches as Fields).map(([table, requests]) => one(table, batchKeys(requests)));
  if (operation === 'BatchGetItem')
    return Object.entries(batches as Record<string, { Keys: unknown[] }>).map(([table, { Keys }]) => one(table, Keys.map(keyOf)));
  if (operation === 'Query') return [one(name, [keyOfQuery(input)])];
  if (operation === 'Scan' || operation.startsWith('Describe')) return [one(name, [])];
  return [one(name, [keyOf(input['Key'] ?? input['Item'])])];
};

const eventsArn = (what: string): string => `arn:aws:events:${region}:${account}:${what}`;

/** A bus, a rule on it, or the partner's source that has the name of its bus; archives are none of IAM's resources. */
const ofEvents = (operation: string, { Name: name, EventBusName: bus, Rule: rule }: Fields): string => {
  if (operation === 'ListArchives') return '*';
  if (operation === 'DescribeEventSource') return `arn:aws:events:${region}::event-source/${String(name)}`;
  return operation === 'DescribeEventBus'
    ? eventsArn(`event-bus/${String(name)}`)
    : eventsArn(`rule/${String(bus)}/${String(rule ?? name)}`);
};

const resourceOf: Readonly<Record<string, (operation: string, input: Fields) => string>> = {
  sqs: (_, { QueueUrl, QueueName }) => queueArn(String(QueueUrl ?? QueueName)),
  // Of a subscription IAM knows no resource.
  sns: (operation, { TopicArn }) => (operation === 'GetSubscriptionAttributes' ? '*' : String(TopicArn)),
  states: (_, { stateMachineArn, executionArn }) => String(executionArn ?? stateMachineArn),
  secretsmanager: (_, { SecretId }) => String(SecretId),
  events: ofEvents,
  iam: (_, { PolicySourceArn }) => String(PolicySourceArn),
  cloudformation: (_, { StackName }) => `arn:aws:cloudformation:${region}:${account}:stack/${String(StackName)}/id`,
};

/** What IAM is asked; nothing where it asks nobody. */
export const iamRequestsOf = ({ headers, body }: Wire): readonly IamRequest[] => {
  const service = credentialScope(headers)?.service ?? '';
  const target = headers['x-amz-target'];
  const form = typeof target === 'string' ? null : Object.fromEntries(new URLSearchParams(body));
  const operation = form ? String(form['Action']) : String(target).split('.').at(-1)!;
  const input = form ?? (JSON.parse(body || '{}') as Fields);
  // Everybody may ask who they are.
  if (service === 'sts' && operation === 'GetCallerIdentity') return [];
  if (service === 'dynamodb') return ofTable(operation, input);
  const resource = resourceOf[service];
  if (!resource) throw new Error(`Expected a service that the policies know, got ${service}:${operation}.`);
  return [{ action: `${service}:${inSingular(operation)}`, resource: resource(operation, input), leadingKeys: [] }];
};
