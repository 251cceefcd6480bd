import { aPost, heldWriter, openDoor } from './engine/door';

const overloaded = { kind: 'unavailable', why: 'overloaded', retryAfterMs: 1_000 };

test('no more posts are let in than may be in hand; who leaves makes room for one, however often', () => {
  const { ingest } = openDoor({ settings: { maxWaiting: 2 } });
  const leave = ingest.enter(10) as () => void;
  expect(ingest.enter(10)).toEqual(expect.any(Function));
  expect(ingest.enter(10)).toEqual(overloaded);
  leave();
  leave();
  expect(ingest.enter(10)).toEqual(expect.any(Function));
  expect(ingest.enter(10)).toEqual(overloaded);
});

test('no more bytes are let in than fit into memory', () => {
  const { ingest } = openDoor();
  const mebibyte = 1024 * 1024;
  for (let at = 0; at < 63; at++) expect(ingest.enter(mebibyte)).toEqual(expect.any(Function));
  expect(ingest.enter(mebibyte + 1)).toEqual(overloaded);
  expect(ingest.enter(mebibyte)).toEqual(expect.any(Function));
  expect(ingest.enter(1)).toEqual(overloaded);
});

test('posts whose senders hung up are bounded as well', async () => {
  const writer = heldWriter();
  const { ingest, clock } = openDoor({ writer, settings: { maxWaiting: 5 } });
  const answers = Array.from({ length: 8 }, (_, at) => {
    const leave = ingest.enter(10) as () => void;
    const answered = ingest.accept(aPost(`c${at}`));
    leave();
    return answered;
  });
  expect(await Promise.all(answers.slice(5))).toEqual(Array(3).fill(overloaded));
  await clock.advance(5);
  expect(writer.writes.map(({ batch }) => batch.length)).toEqual([5]);
});

test('while writes are so slow that a post would wait in vain, none is let in', async () => {
  const writer = heldWriter();
  const { ingest, clock } = openDoor({ writer, settings: { timeoutMs: 10_000 } });
  // Eight writes of ten are under way, and one post waits for the next.
  const answers = Array.from({ length: 81 }, (_, at) => ingest.accept(aPost(`c${at}`)));
  await clock.advance(5_000);
  expect(ingest.enter(10)).toEqual(expect.any(Function));
  await clock.advance(100);
  expect(ingest.enter(10)).toMatchObject(overloaded);
  await clock.advance(10_000);
  expect((await Promise.all(answers)).every(({ kind }) => kind === 'unavailable')).toBe(true);
});

test('what is no event has no place in the queue, and is told what was expected without what came', async () => {
  const { answerOf, queue } = openDoor();
  const canary = 'canary-8c1f';
  const deep = '['.repeat(200) + ']'.repeat(200);
  const posts: readonly [string, string][] = [
    [`{"${canary}`, 'not-json'],
    ['', 'not-json'],
    [`["${canary}"]`, 'unknown-envelope'],
    [`"${canary}"`, 'unknown-envelope'],
    [deep, 'too-deep'],
    [JSON.stringify({ [canary]: canary, 'detail-type': canary, detail: { [canary]: canary } }), 'unknown-envelope'],
    [JSON.stringify({ Type: 'Notification', Message: `not json: ${canary}` }), 'unknown-envelope'],
    [JSON.stringify({ Type: 'Notification', Message: 3 }), 'unknown-envelope'],
    [JSON.stringify({ requestPayload: canary }), 'unknown-envelope'],
  ];
  for (const [body, problem] of posts) {
    const outcome = await answerOf({ body, idempotencyKey: canary, eventType: canary });
    expect(outcome).toMatchObject({ kind: 'refused', refusal: { problem } });
    expect(JSON.stringify(outcome)).not.toContain(canary);
  }
  expect(queue.written()).toEqual([]);
});

test('an event of a type that nobody knows is taken: the worker judges it', async () => {
  const { answerOf } = openDoor();
  const body = JSON.stringify({ source: 'x', 'detail-type': 'v2.unheard.of', detail: { eventBody: {} } });
  expect(await answerOf({ body, idempotencyKey: null, eventType: null })).toMatchObject({ kind: 'accepted' });
});

test('a post travels as it came, its headers beside it', async () => {
  const { answerOf, queue } = openDoor();
  const body = ` {"detail" : {"eventBody":{"name":"\u{1f600} \\u00e9"}}}\n`;
  await answerOf({ body, idempotencyKey: 'k', eventType: 't' });
  expect(queue.written()).toMatchObject([{ body, attributes: { 'idempotency-key': 'k', 'event-type': 't' } }]);
});
