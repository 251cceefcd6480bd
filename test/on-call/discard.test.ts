import type { Stopped } from '../../src/core/on-call/stopped';
import { virtualClock } from '../../src/memory/clock';
import { sha256 } from '../../src/on-call/archive-line';
import { discardLetters, toBeDiscarded } from '../../src/on-call/discard';
import type { LetterQueue } from '../../src/ports-on-call';
import { memoryLetterQueue, type MemoryLetterQueue } from '../memory/letter-queue';

const clock = virtualClock();
const stop = { soft: new AbortController().signal, hard: new AbortController().signal };

const queueOf = (count: number): MemoryLetterQueue => {
  const queue = memoryLetterQueue({ clock });
  for (let n = 0; n < count; n++) queue.send({ body: `body ${n}` });
  return queue;
};

/** What an inbox said of them a minute ago. */
const selectionOf = (queue: MemoryLetterQueue): readonly Stopped[] =>
  queue.lying().map(({ id, body }) => ({
    ...{ place: queue.place, id, queueUrl: queue.url, bodySha256: sha256(body), group: 'abc123' },
    ...{ reason: 'invalid', detail: '', subject: null, type: null, rule: null, stoppedAtMs: null, beganAtMs: null },
    ...{ receiveCount: 1, conversationIds: [], bytes: 6, history: null, outlook: 'unknown', outlookDetail: '' },
  }));

test('what was selected is removed, and nothing that came since', async () => {
  const queue = queueOf(25);
  const selection = selectionOf(queue);
  queue.send({ body: 'new' });
  const { counts, because } = await discardLetters([queue], selection, { stop });
  expect([counts, because]).toEqual([{ selected: 25, removed: 25, failed: 0, left: 0 }, null]);
  expect(queue.lying().map(({ body }) => body)).toEqual(['new']);
  expect(await queue.count()).toEqual({ visible: 1, hidden: 0 });
});

test('what is in other hands is left, and said', async () => {
  const queue = queueOf(12);
  const selection = selectionOf(queue);
  const held = await queue.receive(3_600);
  const { counts, outcomes } = await discardLetters([queue], selection, { stop });
  expect(counts).toEqual({ selected: 12, removed: 2, failed: 0, left: 10 });
  expect(outcomes).toContainEqual({ id: held[0]?.id, outcome: 'left: not met again, or not come to' });
});

test('what the queue does not remove has failed, and is shown again', async () => {
  const queue = memoryLetterQueue({ clock, notRemoved: (letters) => letters.filter(({ body }) => body === 'stays') });
  for (const body of ['goes', 'stays']) queue.send({ body });
  const { counts, outcomes } = await discardLetters([queue], selectionOf(queue), { stop });
  expect(counts).toEqual({ selected: 2, removed: 1, failed: 1, left: 0 });
  expect(outcomes).toContainEqual({ id: 'letter-2', outcome: 'failed: the queue did not remove it' });
  expect(await queue.count()).toEqual({ visible: 1, hidden: 0 });
});

test('a queue that refuses to remove is an outcome of each letter', async () => {
  const queue = queueOf(3);
  const refusing: LetterQueue = { ...queue, remove: () => Promise.reject(new RangeError('No.')) };
  const { counts, outcomes } = await discardLetters([refusing], selectionOf(queue), { stop });
  expect(counts).toEqual({ selected: 3, removed: 0, failed: 3, left: 0 });
  expect(outcomes.map(({ outcome }) => outcome)).toEqual(Array(3).fill('failed: RangeError'));
});

test('whoever stops it finds the rest left', async () => {
  const queue = queueOf(300);
  const soft = new AbortController();
  const stopped: LetterQueue = { ...queue, remove: (letters) => (soft.abort(), queue.remove(letters)) };
  const { counts, because } = await discardLetters([stopped], selectionOf(queue), { stop: { ...stop, soft: soft.signal } });
  expect(counts.removed).toBeGreaterThan(0);
  expect(counts.removed + counts.left).toBe(300);
  expect(because).toBe('somebody stopped it');
  expect(await queue.count()).toEqual({ visible: counts.left, hidden: 0 });
});

test('group and hash of each letter are known before it is gone', () => {
  expect(toBeDiscarded(selectionOf(queueOf(1)))).toEqual([
    { id: 'letter-1', outcome: `to be removed: group abc123, body ${sha256('body 0')}` },
  ]);
});
