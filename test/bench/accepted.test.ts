import { acceptedOf, distinctBodies, lostOf } from '../../localstack/bench/ingest/accepted';

const answer = (id: string): string => JSON.stringify({ status: 'accepted', message_id: id });

describe('what was accepted and lost', () => {
  test('a post is lost if its message is not there, or is another post’s', () => {
    const [first, second, third] = ['{"a":1}', '{"a":2}', '{"a":3}'];
    const accepted = [acceptedOf(first, answer('1')), acceptedOf(second, answer('2')), acceptedOf(third, answer('3'))];
    const taken = new Map([
      ['1', accepted[0]!.bodyMd5],
      ['3', accepted[1]!.bodyMd5],
      ['4', 'never answered'],
    ]);
    expect(lostOf(accepted, taken).map(({ messageId }) => messageId)).toEqual(['2', '3']);
  });

  test('an acceptance without a message is a loss', () => {
    expect(lostOf([acceptedOf('{}', '{}')], new Map())).toHaveLength(1);
  });

  test('bodies are events, and no two are the same', () => {
    const bodies = distinctBodies(50);
    expect(new Set(bodies).size).toBe(50);
    expect(bodies.every((body) => body.includes('"detail-type"'))).toBe(true);
  });
});
