import { limits } from '../../src/core/limits';
import { aBody, aPost, heldWriter, openDoor, takeAll } from './engine/door';

const names = (count: number): readonly string[] => Array.from({ length: count }, (_, index) => `c${index}`);

test('posts that come together are written together, ten at a time', async () => {
  const { ingest, clock, queue } = openDoor();
  const answers = names(25).map((name) => ingest.accept(aPost(name)));
  await clock.advance(5);
  expect(await Promise.all(answers)).toMatchObject(names(25).map(() => ({ kind: 'accepted', repeated: false })));
  expect(queue.writes()).toEqual([10, 10, 5]);
});

test('a write does not wait longer for others than it is told to, counted from its first post', async () => {
  const writer = heldWriter();
  const { ingest, clock } = openDoor({ writer, settings: { gatherMs: 50 } });
  void ingest.accept(aPost('first'));
  await clock.advance(40);
  void ingest.accept(aPost('second'));
  await clock.advance(9);
  expect(writer.writes).toHaveLength(0);
  await clock.advance(1);
  expect(writer.writes.map(({ batch }) => batch.length)).toEqual([2]);
});

test('what is written together is no larger than SQS takes', async () => {
  const { ingest, clock, queue } = openDoor();
  const large = names(5).map((name) => ingest.accept({ ...aPost(name), body: aBody(name, 400_000), eventType: 'large' }));
  await clock.advance(5);
  expect((await Promise.all(large)).map(({ kind }) => kind)).toEqual(Array(5).fill('accepted'));
  expect(queue.writes()).toEqual([2, 2, 1]);
});

test('a post that SQS would never take for its size is refused, and not sent', async () => {
  const { answerOf, queue } = openDoor();
  const most = limits.messageBytes - aBody('c').length;
  expect(await answerOf({ ...aPost('c'), body: aBody('c', most) })).toMatchObject({ kind: 'accepted' });
  const refused = await answerOf({ ...aPost('c'), body: aBody('c', most), eventType: 'x' });
  expect(refused).toMatchObject({ kind: 'refused', refusal: { problem: 'too-large' } });
  expect(queue.written()).toHaveLength(1);
});

test('each post of a write has its own outcome', async () => {
  const writer = heldWriter();
  const { ingest, clock } = openDoor({ writer });
  const answers = names(3).map((name) => ingest.accept(aPost(name)));
  await clock.advance(5);
  writer.writes[0]!.answer([
    { kind: 'failed', why: 'InternalError' },
    { kind: 'written', messageId: 'm' },
    { kind: 'refused', why: 'InvalidMessageContents' },
  ]);
  expect(await Promise.all(answers)).toEqual([
    { kind: 'unavailable', why: 'queue-away', retryAfterMs: 1_000 },
    { kind: 'accepted', messageId: 'm', repeated: false },
    {
      kind: 'refused',
      refusal: {
        problem: 'not-text',
        detail: 'Expected a body that SQS takes as a message; it refused it: InvalidMessageContents.',
      },
    },
  ]);
});

test('an answer that lacks outcomes accepts nothing that it does not name', async () => {
  const writer = heldWriter();
  const { ingest, clock } = openDoor({ writer });
  const answers = names(2).map((name) => ingest.accept(aPost(name)));
  await clock.advance(5);
  writer.writes[0]!.answer([{ kind: 'written', messageId: 'm' }]);
  expect((await Promise.all(answers)).map(({ kind }) => kind)).toEqual(['accepted', 'unavailable']);
});

test('while eight writes are under way posts gather on, and the next ones are full', async () => {
  const writer = heldWriter();
  const { ingest, clock } = openDoor({ writer, settings: { gatherMs: 0 } });
  names(30).forEach((name) => void ingest.accept(aPost(name)));
  await clock.settle();
  expect(writer.writes.map(({ batch }) => batch.length)).toEqual(Array(8).fill(1));
  takeAll(writer.writes[0]!);
  await clock.settle();
  expect(writer.writes.slice(8).map(({ batch }) => batch.length)).toEqual([10]);
});

test('a post that nobody waits for any more is not written, if its write has not begun', async () => {
  const writer = heldWriter();
  const { ingest, clock } = openDoor({ writer, settings: { gatherMs: 0, timeoutMs: 1_000 } });
  const answers = names(20).map((name) => ingest.accept(aPost(name)));
  await clock.advance(1_000);
  expect(await Promise.all(answers)).toEqual(
    names(20).map(() => ({ kind: 'unavailable', why: 'too-slow', retryAfterMs: 1_000 })),
  );
  writer.writes.forEach(takeAll);
  await ingest.drain(new AbortController().signal);
  expect(writer.writes).toHaveLength(8);
  expect(clock.nextWakeMs()).toBeNull();
});

test('draining waits for what is under way, but not beyond its signal', async () => {
  const writer = heldWriter();
  const { ingest, clock } = openDoor({ writer });
  void ingest.accept(aPost('c'));
  await clock.advance(5);
  const hard = new AbortController();
  const ends: string[] = [];
  void ingest.drain(hard.signal).then(() => ends.push('at the signal'));
  void ingest.drain(new AbortController().signal).then(() => ends.push('when it is empty'));
  await clock.settle();
  expect(ends).toEqual([]);
  hard.abort();
  await clock.settle();
  expect(ends).toEqual(['at the signal']);
  takeAll(writer.writes[0]!);
  await clock.settle();
  expect(ends).toEqual(['at the signal', 'when it is empty']);
});
