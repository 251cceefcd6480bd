import { memoryKeptKeys } from '../memory/kept-keys';
import { aPost, failing, heldWriter, openDoor, takeAll } from './engine/door';

const keyed = (name: string, idempotencyKey = 'key') => aPost(name, { idempotencyKey });

test('the same key with the same body is the same message', async () => {
  const { answerOf, queue, count } = openDoor();
  expect(await answerOf(keyed('c'))).toEqual({ kind: 'accepted', messageId: 'message-1', repeated: false });
  expect(await answerOf(keyed('c'))).toEqual({ kind: 'accepted', messageId: 'message-1', repeated: true });
  expect(queue.written()).toHaveLength(1);
  expect(count('PostsRepeated')).toBe(1);
  expect(count('PostKeysMissed')).toBeUndefined();
});

test('the same key with another body, and the same body without a key, are other messages', async () => {
  const { answerOf, queue } = openDoor();
  for (const post of [keyed('a'), keyed('b'), aPost('a'), aPost('a'), keyed('a', 'another')]) await answerOf(post);
  expect(queue.written()).toHaveLength(5);
});

test('a key is kept for as long as it is told to be', async () => {
  const { answerOf, clock, queue } = openDoor({ settings: { idempotencyMs: 60_000 } });
  await answerOf(keyed('c'));
  await clock.advance(50_000);
  expect(await answerOf(keyed('c'))).toMatchObject({ repeated: true });
  await clock.advance(11_000);
  expect(await answerOf(keyed('c'))).toMatchObject({ repeated: false });
  expect(queue.written()).toHaveLength(2);
});

test.each([
  ['where keys are not to be kept', { settings: { idempotencyMs: 0 } }],
  ['where there is no table', { keys: null }],
])('%s, every post is a message', async (_, given) => {
  const { answerOf, queue, count } = openDoor(given);
  await answerOf(keyed('c'));
  expect(await answerOf(keyed('c'))).toMatchObject({ kind: 'accepted', repeated: false });
  expect(queue.written()).toHaveLength(2);
  expect(count('PostKeysMissed')).toBeUndefined();
});

test('posts with the same key and body that are under way together are one write, those with other bodies are not', async () => {
  const writer = heldWriter();
  const { ingest, clock } = openDoor({ writer });
  const answers = ['a', 'a', 'b'].map((name) => ingest.accept(keyed(name)));
  await clock.advance(5);
  expect(writer.writes.map(({ batch }) => batch.length)).toEqual([2]);
  takeAll(writer.writes[0]!);
  expect(await Promise.all(answers)).toEqual([
    { kind: 'accepted', messageId: 'as a', repeated: false },
    { kind: 'accepted', messageId: 'as a', repeated: true },
    { kind: 'accepted', messageId: 'as b', repeated: false },
  ]);
});

test('who did not wait for the end and comes again learns what became of the first write', async () => {
  const writer = heldWriter();
  const { ingest, clock, answerOf } = openDoor({ writer, settings: { timeoutMs: 1_000 } });
  expect(await answerOf(keyed('c'))).toMatchObject({ kind: 'unavailable', why: 'too-slow' });
  const again = ingest.accept(keyed('c'));
  await clock.settle();
  takeAll(writer.writes[0]!);
  expect(await again).toEqual({ kind: 'accepted', messageId: 'as c', repeated: true });
  expect(await answerOf(keyed('c'))).toMatchObject({ messageId: 'as c', repeated: true });
  expect(writer.writes).toHaveLength(1);
});

test('a post is still written for who came second, when the first waits no longer', async () => {
  const writer = heldWriter();
  const { ingest, clock } = openDoor({ writer, settings: { gatherMs: 0, timeoutMs: 1_000 } });
  for (let at = 0; at < 8; at++) void ingest.accept(aPost(`before ${at}`));
  const first = ingest.accept(keyed('c'));
  await clock.advance(500);
  const second = ingest.accept(keyed('c'));
  await clock.advance(600);
  expect(await first).toMatchObject({ kind: 'unavailable', why: 'too-slow' });
  takeAll(writer.writes[0]!);
  await clock.settle();
  takeAll(writer.writes[8]!);
  expect(await second).toEqual({ kind: 'accepted', messageId: 'as c', repeated: true });
});

test('of two processes that write the same post at once, both answer the message that stands', async () => {
  const keys = memoryKeptKeys();
  const [one, other] = [heldWriter(), heldWriter()];
  const doors = [one, other].map((writer) => openDoor({ writer, keys }));
  const answers = doors.map(({ ingest }) => ingest.accept(keyed('c')));
  for (const { clock } of doors) await clock.advance(5);
  one.writes[0]!.answer([{ kind: 'written', messageId: 'first' }]);
  expect(await answers[0]).toEqual({ kind: 'accepted', messageId: 'first', repeated: false });
  other.writes[0]!.answer([{ kind: 'written', messageId: 'second' }]);
  expect(await answers[1]).toEqual({ kind: 'accepted', messageId: 'first', repeated: true });
});

test.each(['find', 'keep'] as const)(
  'where the table does not %s, posts are accepted all the same, and counted once',
  async (call) => {
    const keys = { ...memoryKeptKeys(), [call]: async () => Promise.resolve().then(() => failing(call)) };
    const { answerOf, count } = openDoor({ keys });
    expect(await answerOf(keyed('c'))).toEqual({ kind: 'accepted', messageId: 'message-1', repeated: false });
    expect(count('PostKeysMissed')).toBe(1);
  },
);

test('a table that hangs costs some posts a second, and the others nothing', async () => {
  let asked = 0;
  const hang = <T>(): Promise<T> => {
    asked += 1;
    return new Promise(() => undefined);
  };
  const { answerOf, clock, lines, count } = openDoor({ keys: { find: hang, keep: hang } });
  const delays: number[] = [];
  for (let at = 0; at < 20; at++) {
    const startedMs = clock.monotonicMs();
    expect(await answerOf(keyed(`c${at}`))).toMatchObject({ kind: 'accepted' });
    delays.push(clock.monotonicMs() - startedMs);
  }
  expect(asked).toBeLessThanOrEqual(6);
  expect(delays.slice(6).every((ms) => ms <= 5)).toBe(true);
  expect(count('PostKeysMissed')).toBe(20);
  expect(lines).toEqual(['The table does not answer: posts are accepted whether or not they were before.']);
});

test('a table that answers again is asked again', async () => {
  const kept = memoryKeptKeys();
  let isAway = true;
  const find: typeof kept.find = async (...args) => (isAway ? failing('find') : kept.find(...args));
  const { answerOf, clock, lines, count } = openDoor({ keys: { ...kept, find } });
  for (let at = 0; at < 5; at++) {
    await answerOf(keyed('c'));
    await clock.advance(1_000);
  }
  isAway = false;
  await clock.advance(5_000);
  const missed = count('PostKeysMissed');
  expect(await answerOf(keyed('c'))).toMatchObject({ repeated: true });
  expect(count('PostKeysMissed')).toBe(missed);
  expect(lines.at(-1)).toBe('The table answers again: posts that were accepted before are found.');
});
