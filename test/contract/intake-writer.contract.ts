import { attributeBytes, limits, utf8Bytes } from '../../src/core/limits';
import type { IntakeWriter, QueuedPost, WriteOutcome } from '../../src/ports-ingest';

export interface WriterSubject {
  readonly writer: IntakeWriter;
  /** Takes what lies in the queue, once it is at least so many. */
  readonly lying: (atLeast: number) => Promise<readonly QueuedPost[]>;
}

const aPost = (body: string, attributes: QueuedPost['attributes'] = {}): QueuedPost => ({ body, attributes });
const written = { kind: 'written', messageId: expect.any(String) as string };
const kindsOf = (outcomes: readonly WriteOutcome[]) => outcomes.map(({ kind }) => kind);
const idsOf = (outcomes: readonly WriteOutcome[]) =>
  outcomes.map((outcome) => (outcome.kind === 'written' ? outcome.messageId : outcome.why));
const bodiesOf = (posts: readonly QueuedPost[]) => posts.map(({ body }) => body).sort();

const headers = { 'idempotency-key': 'conversation-1', 'event-type': 'v2.detail.events' } as const;

/** A body that, with its headers, makes a message of so many bytes. */
const bodyOf = (messageBytes: number): string => 'x'.repeat(messageBytes - attributeBytes(headers));

/** What every writer of posts promises. `make` gives one whose queue is empty, and takes messages up to so many bytes. */
export const intakeWriterContract = (name: string, make: (messageBytes?: number) => Promise<WriterSubject>): void => {
  describe(`${name} keeps the promises of a writer of posts`, () => {
    test('ten posts at once are ten messages, each answered with its own id, in their order', async () => {
      const { writer, lying } = await make();
      const batch = Array.from({ length: 10 }, (_, at) => aPost(`{"post":${at}}`));
      const outcomes = await writer.write(batch);
      expect(outcomes).toEqual(batch.map(() => written));
      expect(new Set(idsOf(outcomes)).size).toBe(10);
      expect(bodiesOf(await lying(10))).toEqual(bodiesOf(batch));
    });

    test('no posts are no write', async () => {
      const { writer } = await make();
      expect(await writer.write([])).toEqual([]);
    });

    test('a body and its attributes arrive as they were sent', async () => {
      const { writer, lying } = await make();
      const body = ' {"café":"naïve 日本語 🎧 \\u0000 \t\r\n \u007f\u0085\u{10ffff} \\" <&>"}\n';
      const post = aPost(body, { 'idempotency-key': 'conversation/1?&=+ % é', 'event-type': 'v2.détail' });
      await writer.write([post]);
      expect(await lying(1)).toEqual([post]);
    });

    test('each may have other attributes, or none', async () => {
      const { writer, lying } = await make();
      const batch = [aPost('{"a":1}', headers), aPost('{"b":1}'), aPost('{"c":1}', { 'event-type': 'b' })];
      expect(kindsOf(await writer.write(batch))).toEqual(['written', 'written', 'written']);
      const byBody = (posts: readonly QueuedPost[]) => [...posts].sort((a, b) => a.body.localeCompare(b.body));
      expect(byBody(await lying(3))).toEqual(byBody(batch));
    });

    test('the same post written twice is two messages', async () => {
      const { writer, lying } = await make();
      const outcomes = await writer.write([aPost('{}', headers), aPost('{}', headers)]);
      expect(new Set(idsOf(outcomes)).size).toBe(2);
      expect(await lying(2)).toHaveLength(2);
    });

    test('a body and attributes of 1 MiB together are a message; one byte more never is', async () => {
      const { writer, lying } = await make();
      const body = bodyOf(limits.messageBytes);
      expect(await writer.write([aPost(body, headers)])).toEqual([written]);
      expect(await writer.write([aPost(`${body}x`, headers)])).toEqual([{ kind: 'refused', why: 'MessageTooLong' }]);
      const [taken] = await lying(1);
      expect(utf8Bytes(taken?.body ?? '')).toBe(utf8Bytes(body));
    });

    test('ten posts may be 1 MiB together', async () => {
      const { writer, lying } = await make();
      const room = Math.floor(limits.messageBytes / 10);
      const batch = Array.from({ length: 10 }, () => aPost(bodyOf(room), headers));
      expect(await writer.write(batch)).toEqual(batch.map(() => written));
      expect(await lying(10)).toHaveLength(10);
    });

    test('ten posts of more than 1 MiB together, or eleven, are no batch: nothing is written', async () => {
      const { writer, lying } = await make();
      const half = bodyOf(limits.messageBytes / 2 + 1);
      await expect(writer.write([aPost(half, headers), aPost(half, headers)])).rejects.toThrow();
      await expect(writer.write(Array.from({ length: 11 }, () => aPost('{}')))).rejects.toThrow();
      await writer.write([aPost('{"the":"only one"}')]);
      expect(bodiesOf(await lying(1))).toEqual(['{"the":"only one"}']);
    });

    test('one that is too large for the queue is refused, and no other with it', async () => {
      const { writer, lying } = await make(1_024);
      const outcomes = await writer.write([aPost('{"good":1}', headers), aPost(bodyOf(1_025), headers), aPost('{"good":2}')]);
      expect(outcomes).toEqual([written, { kind: 'refused', why: expect.any(String) as string }, written]);
      expect(bodiesOf(await lying(2))).toEqual(['{"good":1}', '{"good":2}']);
    });

    test.each([
      ['a control character', 'not \u0000 here'],
      ['half a character', 'half \ud83c of one'],
      ['what is no character', 'none \uffff at all'],
    ])('%s is refused, in a body or a header, and no other post with it', async (_, text) => {
      const { writer, lying } = await make();
      const outcomes = await writer.write([
        aPost('{"good":1}'),
        aPost(text),
        aPost('{"bad":"header"}', { 'idempotency-key': text }),
        aPost('{"good":2}'),
      ]);
      const refused = { kind: 'refused', why: 'InvalidMessageContents' };
      expect(outcomes).toEqual([written, refused, refused, written]);
      expect(bodiesOf(await lying(2))).toEqual(['{"good":1}', '{"good":2}']);
    });

    test('what is empty is refused', async () => {
      const { writer } = await make();
      const outcomes = await writer.write([aPost(''), aPost('{}', { 'event-type': '' })]);
      expect(outcomes).toEqual(outcomes.map(() => ({ kind: 'refused', why: 'MissingParameter' })));
    });
  });
};
