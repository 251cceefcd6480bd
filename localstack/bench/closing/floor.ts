import { PutItemCommand, QueryCommand, UpdateItemCommand, type AttributeValue } from '@aws-sdk/client-dynamodb';
import { StartExecutionCommand } from '@aws-sdk/client-sfn';
import { PublishCommand, SNSClient } from '@aws-sdk/client-sns';
import { randomUUID } from 'node:crypto';
import type { Place } from '../intake/place';
import { conversationOf, type CloseAll, type DueWindow } from './due';

/*
 * The requests that a close cannot do without, bare, and nothing in between: claim, Query, put, StartExecution, publish, finish, and a share of a
 * question to Genesys. What it sends is no record: what was read, cut to the size of one.
 */

/** As many bytes as Tidemark's item of a record has, about. */
const recordBytes = 3_000;
/** Conversations in one question to Genesys. */
export const detailsBatch = 50;

type Items = readonly Readonly<Record<string, AttributeValue>>[];

const headKey = ({ pk }: DueWindow) => ({ pk: { S: pk }, sk: { S: 'W' } });

const claim = async ({ dynamo, tableName }: Place, due: DueWindow, token: string): Promise<void> => {
  await dynamo.send(
    new UpdateItemCommand({
      ...{ TableName: tableName, Key: headKey(due), ReturnValues: 'ALL_NEW' },
      ConditionExpression: '#dueAt = :was AND #dueOn = :wasOn',
      UpdateExpression: 'SET #state = :closing, #token = :token, #dueAt = :until, #dueOn = :on',
      ExpressionAttributeNames: { '#state': 'state', '#token': 'token', '#dueAt': 'dueAt', '#dueOn': 'dueOn' },
      ExpressionAttributeValues: {
        ...{ ':was': { N: due.dueAt }, ':wasOn': { S: due.dueOn }, ':closing': { S: 'closing' }, ':token': { S: token } },
        ...{ ':until': { N: String(Date.now() + 60_000) }, ':on': { S: due.dueOn.replace('Q', 'W') } },
      },
    }),
  );
};

const readEvents = async ({ dynamo, tableName }: Place, { pk }: DueWindow): Promise<Items> => {
  const answer = await dynamo.send(
    new QueryCommand({
      ...{ TableName: tableName, ConsistentRead: true, KeyConditionExpression: 'pk = :pk AND sk BETWEEN :from AND :to' },
      ExpressionAttributeValues: { ':pk': { S: pk }, ':from': { S: 'E#' }, ':to': { S: 'R#~' } },
    }),
  );
  return answer.Items ?? [];
};

const askGenesys = async ({ genesys }: Place, ids: readonly string[]): Promise<ReadonlyMap<string, unknown>> => {
  const answer = await fetch(`${genesys.url}/api/v2/analytics/conversations/details?id=${ids.join(',')}`);
  const { conversations } = (await answer.json()) as { conversations: readonly { readonly conversationId: string }[] };
  return new Map(conversations.map((known) => [known.conversationId, known]));
};

const finish = async ({ dynamo, tableName }: Place, due: DueWindow, token: string): Promise<void> => {
  await dynamo.send(
    new UpdateItemCommand({
      ...{ TableName: tableName, Key: headKey(due), ReturnValues: 'ALL_NEW' },
      ConditionExpression: '#token = :token',
      UpdateExpression: 'SET #state = :closed, #finished = :one REMOVE #token, #dueAt, #dueOn',
      ExpressionAttributeNames: {
        ...{ '#state': 'state', '#token': 'token', '#finished': 'finished', '#dueAt': 'dueAt', '#dueOn': 'dueOn' },
      },
      ExpressionAttributeValues: { ':token': { S: token }, ':closed': { S: 'closed' }, ':one': { N: '1' } },
    }),
  );
};

export const closeBare = (place: Place): CloseAll => {
  const { settings, dynamo, tableName, sfn, stateMachineArn } = place;
  const sns = new SNSClient(settings);
  const TopicArn = stateMachineArn.replace(':states:', ':sns:').replace(':stateMachine:', ':');

  const send = async (due: DueWindow, items: Items, callDetails: unknown): Promise<void> => {
    const conversationId = conversationOf(due);
    const record = items
      .map(({ json, blob }) => json?.S ?? Buffer.from(blob?.B ?? []).toString('base64'))
      .join('')
      .slice(0, recordBytes);
    const item = { pk: { S: due.pk }, sk: { S: 'R#bench#09999999' }, json: { S: record } };
    await dynamo.send(new PutItemCommand({ TableName: tableName, Item: item, ConditionExpression: 'attribute_not_exists(pk)' }));
    const input = JSON.stringify({ conversationId, callDetails, record });
    await sfn.send(new StartExecutionCommand({ stateMachineArn, name: `floor-${conversationId}`, input }));
    await sns.send(new PublishCommand({ TopicArn, Message: record }));
  };

  return async (batch) => {
    const tokens = batch.map(() => randomUUID());
    const read = await Promise.all(
      batch.map(async (due, index) => {
        await claim(place, due, tokens[index]!);
        return readEvents(place, due);
      }),
    );
    const details = await askGenesys(place, batch.map(conversationOf));
    await Promise.all(
      batch.map(async (due, index) => {
        await send(due, read[index]!, details.get(conversationOf(due)));
        await finish(place, due, tokens[index]!);
      }),
    );
  };
};
