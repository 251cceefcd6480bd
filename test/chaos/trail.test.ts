import { acceptedButLost, judgeLost } from '../../localstack/chaos/accepted';
import { openTrail } from '../../localstack/chaos/trail';
import type { PlannedPost } from '../../localstack/demo/door/plan';
import type { Posted } from '../../localstack/demo/door/sender';

const call = (operation: string, body: object = {}) => ({ service: 'sqs', operation, body: Buffer.from(JSON.stringify(body)) });
const answer = (body: object, status = 200) => ({ status, body: Buffer.from(JSON.stringify(body)) });
const received = (...ids: readonly string[]) =>
  answer({ Messages: ids.map((id) => ({ MessageId: id, ReceiptHandle: `receipt of ${id}` })) });
const deletion = (...ids: readonly string[]) =>
  call('DeleteMessageBatch', { Entries: ids.map((id) => ({ Id: '0', ReceiptHandle: `receipt of ${id}` })) });

const post: PlannedPost = { body: '{}', key: null, proof: 'bearer', refused: null, again: false };
const posted = (messageId: string | null): Posted => ({
  ...{ post, attempts: 1, isAgain: false },
  answer: { status: messageId === null ? 503 : 200, messageId, problem: null, retryAfter: null, text: '' },
});

test('a message that a worker received and deleted has been dealt with; one that it only received has not', () => {
  const trail = openTrail();
  trail.answered(call('ReceiveMessage'), received('m-1', 'm-2'));
  trail.answered(call('ReceiveMessage'), answer({}));
  trail.asked(deletion('m-1'));
  expect([...trail.deleted()]).toEqual(['m-1']);
});

test('a receipt that nobody was given, and a receive that failed, are nothing', () => {
  const trail = openTrail();
  trail.answered(call('ReceiveMessage'), { status: 500, body: Buffer.from('no JSON') });
  trail.asked(deletion('m-9'));
  expect(trail.deleted().size).toBe(0);
});

test('what was accepted and dealt with by nobody is lost, whoever else was refused, and once however often it was accepted', () => {
  const all = [posted('m-1'), posted('m-2'), posted('m-2'), posted(null)];
  expect(acceptedButLost(all, new Set(['m-1', 'm-7']))).toEqual(['m-2']);
  expect(acceptedButLost(all, new Set(['m-1', 'm-2']))).toEqual([]);
  expect(judgeLost(['m-2'])).toMatchObject([{ where: 'ingest', what: expect.stringContaining('message m-2') as string }]);
});
