import { openHands, type Grip } from '../../localstack/chaos/hands';

/* What a worker has in its hands is read off its calls: a kill counts by this. */

const json = (value: unknown): Buffer => Buffer.from(JSON.stringify(value));
const call = (operation: string, request: unknown) => ({ service: 'any', operation, body: json(request) });
const answer = (body: unknown = {}, status = 200) => ({ status, body: json(body) });

const window = 'C#c-1';
const key = { pk: { S: window }, sk: { S: 'W' } };
const claim = call('UpdateItem', {
  Key: key,
  UpdateExpression: 'SET #state = :state, #token = :token ADD #attempts :one',
  ExpressionAttributeValues: { ':state': { S: 'closing' }, ':token': { S: 't' } },
});
const renewal = call('UpdateItem', {
  Key: key,
  UpdateExpression: 'SET #dueAt = :dueAt',
  ExpressionAttributeValues: { ':was_state': { S: 'closing' }, ':was_token': { S: 't' } },
});
const finish = call('UpdateItem', {
  Key: key,
  UpdateExpression: 'SET #state = :state REMOVE #rearmAt, #token',
  ExpressionAttributeValues: { ':state': { S: 'closed' }, ':was_token': { S: 't' } },
});
const put = call('PutItem', { Item: { pk: { S: window }, sk: { S: 'R#life#9' } } });
const start = call('StartExecution', { input: JSON.stringify({ conversationId: 'c-1' }) });
const refused = answer({ __type: 'com.amazonaws.dynamodb.v20120810#ConditionalCheckFailedException' }, 400);

const received = (...handles: readonly string[]) => answer({ Messages: handles.map((ReceiptHandle) => ({ ReceiptHandle })) });
const entries = (...handles: readonly string[]) => ({
  Entries: handles.map((ReceiptHandle, Id) => ({ Id: String(Id), ReceiptHandle })),
});

test('messages are held from the answer of a receive until they are deleted or handed back', () => {
  const hands = openHands();
  hands.see('a', call('ReceiveMessage', {}), received('1', '2', '3'));
  expect(hands.of('a').messages).toBe(3);
  hands.see('a', call('DeleteMessageBatch', entries('1', '3')), answer());
  expect(hands.of('a').messages).toBe(1);
  hands.see('a', call('ChangeMessageVisibilityBatch', entries('2')), answer());
  expect(hands.of('a').messages).toBe(0);
});

test('an empty receive puts nothing into anybody’s hands', () => {
  const hands = openHands();
  const grips: Grip[] = [];
  hands.listen((grip) => void grips.push(grip));
  hands.see('a', call('ReceiveMessage', {}), answer({}));
  expect([hands.of('a').messages, grips]).toEqual([0, []]);
});

test('a window is closing from its claim until its token is removed, through put and start', () => {
  const hands = openHands();
  const phase = () => hands.of('a').windows.get(window);
  const steps = [claim, renewal, put, renewal, start].map((step) => {
    hands.see('a', step, answer());
    return phase();
  });
  expect(steps).toEqual(['claimed', 'claimed', 'put', 'put', 'started']);
  hands.see('a', finish, answer());
  expect(phase()).toBeUndefined();
});

test('a claim that was refused holds nothing; a put that was refused is a record all the same', () => {
  const hands = openHands();
  hands.see('a', claim, refused);
  expect(hands.of('a').windows.size).toBe(0);
  hands.see('a', claim, answer());
  hands.see('a', put, refused);
  expect(hands.of('a').windows.get(window)).toBe('put');
});

test('who claims a window takes it from whoever had it, whose own calls move it no more', () => {
  const hands = openHands();
  hands.see('a', claim, answer());
  hands.see('b', claim, answer());
  hands.see('a', put, answer());
  hands.see('a', finish, answer());
  expect([hands.of('a').windows.size, hands.of('b').windows.get(window)]).toEqual([0, 'claimed']);
});

test('who is gone holds nothing, whatever is answered to it yet', () => {
  const hands = openHands();
  hands.see('a', claim, answer());
  hands.forget('a');
  hands.see('a', call('ReceiveMessage', {}), received('1'));
  hands.see('a', claim, answer());
  expect(hands.of('a')).toEqual({ messages: 0, windows: new Map() });
});

test('whoever listens hears what comes into hands, until it does not want to any more', () => {
  const hands = openHands();
  const grips: Grip[] = [];
  const quiet = hands.listen((grip) => void grips.push(grip));
  hands.see('a', call('ReceiveMessage', {}), received('1'));
  hands.see('b', claim, answer());
  quiet();
  hands.see('b', put, answer());
  expect(grips).toEqual([
    { kind: 'batch', worker: 'a' },
    { kind: 'window', worker: 'b', window, phase: 'claimed' },
  ]);
});
