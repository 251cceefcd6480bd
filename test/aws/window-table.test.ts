import {
  BatchExecuteStatementCommand,
  ConditionalCheckFailedException,
  DynamoDBServiceException,
  UpdateItemCommand,
  type BatchWriteItemCommandInput,
  type DynamoDBClient,
} from '@aws-sdk/client-dynamodb';
import { PutCommand, type DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { toAttributes } from '../../src/aws/attribute-values';
import { dynamoWindowTable } from '../../src/aws/window-table';
import { ItemRefusedError } from '../../src/core/errors';
import { keys, type HeadUpdate } from '../../src/core/items';
import { anEvent, minute, noon } from '../factories';
import { aHead, aStoredRecord, headOf, someEvents, stored } from '../contract/samples';

/** What the stand-ins never do: leave items unprocessed, lose answers, refuse by themselves. */
const tableThat = (answer: (command: { readonly input: unknown }) => unknown) => {
  const sent: { readonly input: unknown }[] = [];
  const send = async (command: { readonly input: unknown }): Promise<unknown> => {
    sent.push(command);
    return Promise.resolve(answer(command));
  };
  const dynamo = { send } as unknown as DynamoDBDocumentClient & DynamoDBClient;
  return {
    table: dynamoWindowTable({ dynamo, tableName: 'table' }),
    workers: dynamoWindowTable({ dynamo, preparedDynamo: dynamo, tableName: 'table' }),
    sent,
  };
};

const refusedAfter = (attempts: number): ConditionalCheckFailedException =>
  new ConditionalCheckFailedException({ message: 'The conditional request failed', $metadata: { attempts } });

const validation = (message: string): DynamoDBServiceException =>
  new DynamoDBServiceException({ name: 'ValidationException', message, $fault: 'client', $metadata: {} });

const fails = (error: Error) => (): never => {
  throw error;
};

const expiresAtMs = noon;
const conversationId = 'conversation-1';

describe('writing events', () => {
  test('what DynamoDB leaves unprocessed is answered, to be sent again', async () => {
    const [first, second, third] = someEvents(conversationId, 3);
    const { table } = tableThat((command) => {
      const requests = (command.input as BatchWriteItemCommandInput).RequestItems?.['table'] ?? [];
      return { UnprocessedItems: { table: [requests[2], requests[0]] } };
    });
    expect(await table.writeEvents([first!, second!, third!], expiresAtMs)).toEqual([first, third]);
  });

  test.each([
    'Item size has exceeded the maximum allowed size',
    'One or more parameter values were invalid: Size of hashkey has exceeded the maximum size limit of2048 bytes',
    'One or more parameter values were invalid: Aggregated size of all range keys has exceeded the size limit of 1024 bytes',
  ])('a refusal for a size is for good: %s', async (message) => {
    const { table } = tableThat(fails(validation(message)));
    await expect(table.writeEvents([stored(anEvent())], expiresAtMs)).rejects.toThrow(ItemRefusedError);
  });

  test('a refusal for anything else is not: a table with other keys must not empty the queue into the dead letters', async () => {
    const { table } = tableThat(fails(validation('The provided key element does not match the schema')));
    const refusal = await table.writeEvents([stored(anEvent())], expiresAtMs).catch((error: unknown) => error);
    expect(refusal).not.toBeInstanceOf(ItemRefusedError);
  });
});

describe('reading heads', () => {
  test('a head that DynamoDB leaves unprocessed is unknown, not missing', async () => {
    const item = { ...keys.head('there'), ...aHead(), layout: 1, expiresAt: 1 };
    const { table } = tableThat(() => ({
      Responses: { table: [toAttributes(item)] },
      UnprocessedKeys: { table: { Keys: [toAttributes(keys.head('unknown'))] } },
    }));
    const { heads, unprocessed } = await table.readHeads(['there', 'unknown', 'missing']);
    expect([...heads]).toEqual([
      ['there', headOf('there', aHead())],
      ['missing', null],
    ]);
    expect(unprocessed).toEqual(['unknown']);
  });
});

describe('a head update that was applied, whose answer was lost, and that the SDK tried again', () => {
  const claim: HeadUpdate = {
    conversationId,
    expect: { state: 'open', dueAt: minute(1) },
    set: { state: 'closing', token: 'mine', dueAt: minute(2) },
    addAttempt: true,
    expiresAtMs,
  };
  const creation: HeadUpdate = { conversationId, expect: 'missing', set: aHead({ life: 'drawn' }), expiresAtMs };

  const lostAnswer = (found: object | undefined, attempts = 2) =>
    tableThat((command) => {
      if (command instanceof UpdateItemCommand) throw refusedAfter(attempts);
      expect(command.input).toMatchObject({ ConsistentRead: true });
      return { Item: found && { ...keys.head(conversationId), layout: 1, ...found } };
    });

  test('is recognised by the token that only this claim drew', async () => {
    const closing = aHead({ state: 'closing', token: 'mine', dueAt: minute(2), attempts: 1 });
    expect(await lostAnswer(closing).table.updateHead(claim)).toEqual(headOf(conversationId, closing));
    expect(await lostAnswer({ ...closing, token: 'another' }).table.updateHead(claim)).toBeNull();
    expect(await lostAnswer(undefined).table.updateHead(claim)).toBeNull();
  });

  test('is recognised by the life that only this creation drew', async () => {
    const open = aHead({ life: 'drawn' });
    expect(await lostAnswer(open).table.updateHead(creation)).toEqual(headOf(conversationId, open));
    expect(await lostAnswer({ ...open, life: 'another' }).table.updateHead(creation)).toBeNull();
  });

  test('is taken for a lost race where it drew nothing', async () => {
    const rearm: HeadUpdate = { conversationId, expect: { rearmAt: null }, set: { rearmAt: minute(3) }, expiresAtMs };
    expect(await lostAnswer(aHead({ state: 'closing', rearmAt: minute(3) })).table.updateHead(rearm)).toBeNull();
  });

  test('costs no read when nothing was lost', async () => {
    const { table, sent } = lostAnswer(aHead({ state: 'closing', token: 'mine' }), 1);
    expect(await table.updateHead(claim)).toBeNull();
    expect(sent).toHaveLength(1);
  });
});

describe('updates of heads that go together', () => {
  const creations = (...ids: readonly string[]): readonly HeadUpdate[] =>
    ids.map((id) => ({ conversationId: id, expect: 'missing', set: aHead({ life: `life of ${id}` }), expiresAtMs }));
  const duplicate = { Error: { Code: 'DuplicateItem', Message: 'Duplicate primary key exists in table' } };

  const answering = (Responses: readonly object[], attempts = 1) =>
    tableThat((command) => {
      if (command instanceof BatchExecuteStatementCommand) return { Responses, $metadata: { attempts } };
      const { Key } = command.input as { readonly Key: { readonly pk: string } };
      return { Item: { ...Key, ...aHead({ life: 'life of ours' }), layout: 1 } };
    });

  test('are statements of one request, and each is applied or refused by itself', async () => {
    const { workers, sent } = answering([{}, duplicate]);
    const [ours, theirs] = creations('ours', 'theirs');
    expect(await Promise.all([workers.updateHead(ours!), workers.updateHead(theirs!)])).toEqual([
      headOf('ours', aHead({ life: 'life of ours' })),
      null,
    ]);
    expect(sent).toHaveLength(1);
  });

  test('a creation that was refused because its own lost try was applied is recognised by its life', async () => {
    const { workers } = answering([duplicate, duplicate], 2);
    const [ours, theirs] = creations('ours', 'theirs');
    const answers = await Promise.all([workers.updateHead(ours!), workers.updateHead(theirs!)]);
    expect(answers).toEqual([headOf('ours', aHead({ life: 'life of ours' })), null]);
  });

  test('one that the table did not carry out fails by itself, under the name that AWS gives the exception', async () => {
    const { workers } = answering([{}, { Error: { Code: 'ThrottlingError', Message: 'Rate exceeded' } }]);
    const [ours, theirs] = creations('ours', 'theirs');
    const [first, second] = await Promise.allSettled([workers.updateHead(ours!), workers.updateHead(theirs!)]);
    expect(first.status).toBe('fulfilled');
    expect(second).toMatchObject({ status: 'rejected', reason: { name: 'ThrottlingException' } });
  });

  test('an update whose answer has no item is read', async () => {
    const { workers } = answering([{}]);
    const rearm: HeadUpdate = { conversationId, expect: { rearmAt: null }, set: { rearmAt: minute(3) }, expiresAtMs };
    expect(await workers.updateHead(rearm)).toMatchObject({ conversationId, life: 'life of ours' });
  });

  test('fewer answers than statements say nothing of any', async () => {
    const { workers } = answering([{}]);
    const outcomes = await Promise.allSettled(creations('ours', 'theirs').map((one) => workers.updateHead(one)));
    expect(outcomes.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
  });

  test('what belongs to a close goes alone', async () => {
    const { workers, sent } = tableThat(() => ({ Attributes: toAttributes({ ...keys.head(conversationId), layout: 1 }) }));
    const leave: HeadUpdate = {
      conversationId,
      expect: { token: 'mine' },
      set: { state: 'open' },
      remove: ['token'],
      expiresAtMs,
    };
    await Promise.all([workers.updateHead(leave), workers.updateHead(leave)]);
    expect(sent.map((command) => command instanceof UpdateItemCommand)).toEqual([true, true]);
  });
});

describe('putting a record', () => {
  test('a record that expired between its refusal and its reading is an unknown outcome', async () => {
    const { table } = tableThat((command) => {
      if (command instanceof PutCommand) throw refusedAfter(1);
      return {};
    });
    await expect(table.putRecord(aStoredRecord(), expiresAtMs)).rejects.toThrow('Try again');
  });
});
