import type { IntakeWriter } from '../../src/ports-ingest';
import { memoryIntakeWriter } from '../memory/intake-writer';
import { aPost, failing, heldWriter, openDoor, takeAll } from './engine/door';

/** A queue that fails until it is mended, and how often it was asked. */
const mendable = (how: 'rejects' | 'fails each') => {
  const queue = memoryIntakeWriter();
  let isAway = true;
  let asked = 0;
  const write: IntakeWriter['write'] = async (batch) => {
    asked += 1;
    if (!isAway) return queue.write(batch);
    return how === 'rejects' ? failing('write') : batch.map(() => ({ kind: 'failed', why: 'InternalError' }));
  };
  return { write, asked: () => asked, mend: () => (isAway = false) };
};

const openWhileAway = async (how: 'rejects' | 'fails each') => {
  const writer = mendable(how);
  const door = openDoor({ writer });
  for (let at = 0; at < 4; at++) {
    expect(await door.answerOf(aPost('c'))).toMatchObject({ kind: 'unavailable', why: 'queue-away' });
    await door.clock.advance(1_000);
  }
  return { ...door, writer };
};

test.each(['rejects', 'fails each'] as const)(
  'a queue that %s is not asked any more, and its posts are turned away unread',
  async (how) => {
    const { ingest, answerOf, writer, lines } = await openWhileAway(how);
    const asked = writer.asked();
    expect(ingest.enter(100)).toEqual({ kind: 'unavailable', why: 'queue-away', retryAfterMs: 1_000 });
    expect(await answerOf(aPost('c'))).toMatchObject({ kind: 'unavailable', why: 'queue-away' });
    expect(writer.asked()).toBe(asked);
    expect(lines).toEqual(['The queue does not answer: accepting pauses.']);
  },
);

test('while it is tried again, those who are turned away are told to come back soon', async () => {
  const hanging = heldWriter();
  let hangs = false;
  const write: IntakeWriter['write'] = (batch) => (hangs ? hanging.write(batch) : failing('write'));
  const { ingest, answerOf, clock } = openDoor({ writer: { write } });
  for (let at = 0; at < 4; at++) {
    await answerOf(aPost('c'));
    await clock.advance(1_000);
  }
  hangs = true;
  await clock.advance(20_000);
  // One write is on its way to find out, and ten posts wait for it.
  const waiting = Array.from({ length: 20 }, (_, at) => ingest.accept(aPost(`c${at}`)));
  await clock.advance(10);
  expect(hanging.writes).toHaveLength(1);
  expect(ingest.enter(100)).toEqual({ kind: 'unavailable', why: 'queue-away', retryAfterMs: 1_000 });
  await clock.advance(20_000);
  await Promise.all(waiting);
});

test('a queue that is back is found by the next post after a while, and says so once', async () => {
  const { ingest, answerOf, clock, writer, lines, count } = await openWhileAway('rejects');
  writer.mend();
  await clock.advance(2_000);
  expect(ingest.enter(100)).toEqual(expect.any(Function));
  expect(await answerOf(aPost('c'))).toMatchObject({ kind: 'accepted' });
  expect(lines).toEqual(['The queue does not answer: accepting pauses.', 'The queue answers again: accepting goes on.']);
  const open = count('BreakerOpen');
  ingest.report();
  expect(count('BreakerOpen')).toBe(open);
});

test('as long as it stays away it is asked ever more seldom, but never less than four times a minute', async () => {
  const { answerOf, clock, writer } = await openWhileAway('rejects');
  await clock.advance(300_000);
  const asked = writer.asked();
  for (let at = 0; at < 600; at++) {
    await answerOf(aPost('c'));
    await clock.advance(100);
  }
  expect(writer.asked() - asked).toBeGreaterThanOrEqual(4);
  expect(writer.asked() - asked).toBeLessThanOrEqual(20);
});

test('while it is only being tried again there is one write at a time, and room for one more', async () => {
  const away = heldWriter();
  const { ingest, clock } = openDoor({ writer: away, settings: { gatherMs: 0 } });
  for (let at = 0; at < 3; at++) {
    void ingest.accept(aPost('c'));
    await clock.advance(1_000);
    away.writes[at]!.fail(new Error('away'));
    await clock.settle();
  }
  await clock.advance(2_000);
  const waiting = Array.from({ length: 30 }, (_, at) => ingest.accept(aPost(`c${at}`)));
  await clock.settle();
  expect(away.writes.slice(3).map(({ batch }) => batch.length)).toEqual([1]);
  expect(ingest.enter(100)).toMatchObject({ kind: 'unavailable', why: 'queue-away' });
  takeAll(away.writes[3]!);
  await clock.settle();
  takeAll(away.writes[4]!);
  const kinds = (await Promise.all(waiting)).map(({ kind }) => kind);
  expect(kinds).toEqual([...Array<string>(11).fill('accepted'), ...Array<string>(19).fill('unavailable')]);
});

test('posts that wait when it goes away are answered at once', async () => {
  const writer = heldWriter();
  const { ingest, clock } = openDoor({ writer, settings: { gatherMs: 0 } });
  const answers = Array.from({ length: 50 }, (_, at) => ingest.accept(aPost(`c${at}`)));
  await clock.advance(3_000);
  expect(writer.writes).toHaveLength(8);
  // The first makes room for one more write; with the third it is clear that it is away.
  writer.writes.slice(0, 3).forEach(({ fail }) => fail(new Error('away')));
  await clock.settle();
  const answered = await Promise.all(answers.slice(-20));
  expect(answered.every(({ kind }) => kind === 'unavailable')).toBe(true);
  expect(clock.monotonicMs()).toBe(3_000);
});

test('a post that is refused for what it is says nothing of the queue', async () => {
  const writer: IntakeWriter = { write: (batch) => Promise.resolve(batch.map(() => ({ kind: 'refused', why: 'Invalid' }))) };
  const { ingest, answerOf, clock } = openDoor({ writer });
  for (let at = 0; at < 10; at++) {
    expect(await answerOf(aPost('c'))).toMatchObject({ kind: 'refused' });
    await clock.advance(1_000);
  }
  expect(ingest.enter(100)).toEqual(expect.any(Function));
});

test('a queue that fails some posts of each write is not away', async () => {
  const writer: IntakeWriter = {
    write: (batch) =>
      Promise.resolve(batch.map((_, at) => (at === 0 ? { kind: 'failed', why: 'x' } : { kind: 'written', messageId: 'm' }))),
  };
  const { ingest, clock } = openDoor({ writer });
  for (let at = 0; at < 10; at++) {
    const both = [ingest.accept(aPost('a')), ingest.accept(aPost('b'))];
    await clock.advance(1_000);
    expect((await Promise.all(both)).map(({ kind }) => kind)).toEqual(['unavailable', 'accepted']);
  }
});
