import { look, seenOf } from '../../src/commands/doctor/look';

const called = (name: string, more: object = {}): Error => Object.assign(new Error('says who asked'), { name, ...more });

test.each([
  ['ResourceNotFoundException', 'absent'],
  ['QueueDoesNotExist', 'absent'],
  ['AWS.SimpleQueueService.NonExistentQueue', 'absent'],
  ['StateMachineDoesNotExist', 'absent'],
  ['NoSuchEntityException', 'absent'],
])('what is not there (%s) is absent', (name, kind) => {
  expect(seenOf(called(name), 'sqs:GetQueueAttributes')).toEqual({ kind });
});

test.each([
  ['AccessDeniedException', 'It takes sqs:GetQueueAttributes.'],
  ['AuthorizationErrorException', 'It takes sqs:GetQueueAttributes.'],
  ['UnknownOperationException', 'In AWS it takes sqs:GetQueueAttributes.'],
  ['ExpiredTokenException', 'Log in to AWS, and look at the clock.'],
  ['TimeoutError', 'Run again; if it stays so, look at the network.'],
])('what could not be looked at (%s) says what it takes, and not who asked', (name, todo) => {
  const seen = seenOf(called(name), 'sqs:GetQueueAttributes');
  expect(seen).toMatchObject({ kind: 'unknown', todo });
  expect(JSON.stringify(seen)).not.toContain('says who asked');
});

test('a connection that is refused says so', () => {
  expect(seenOf(called('Error', { code: 'ECONNREFUSED' }), 'any')).toMatchObject({ why: 'no answer (Error ECONNREFUSED)' });
});

test('a look never rejects, and answers with what came', async () => {
  expect(await look('any', () => Promise.resolve(1))).toEqual({ kind: 'seen', value: 1 });
  expect(await look('any', () => Promise.reject(called('AccessDenied')))).toMatchObject({ kind: 'unknown' });
});
