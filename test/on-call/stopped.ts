import type { Stopped } from '../../src/core/on-call/stopped';
import { noon } from '../factories';

/** A dead letter of the worker's; name only what a test is about. */
export const stopped = (fields: Partial<Stopped> = {}): Stopped => ({
  place: 'worker',
  id: 'letter-1',
  queueUrl: 'https://sqs.test/000000000000/dead-letters',
  reason: 'invalid',
  detail: '$.conversationId is required, came nothing',
  subject: 'a.subject',
  type: 'a.type',
  rule: '$.conversationId is required',
  group: 'abc123',
  stoppedAtMs: noon,
  beganAtMs: noon - 1_000,
  receiveCount: 1,
  conversationIds: [],
  bytes: 100,
  bodySha256: 'ab'.repeat(32),
  history: null,
  outlook: 'would-fail',
  outlookDetail: '',
  ...fields,
});
