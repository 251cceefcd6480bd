import { attributeBytes, limits, utf8Bytes } from '../../../src/core/limits';
import { readHistory, redriveAttribute, writeHistory } from '../../../src/core/on-call/redrive-history';
import { type LyingLetter, nextHistory, stamp } from '../../../src/core/on-call/redrive-stamp';
import { deadLetterAttributes } from '../../../src/core/rejection';

const story = Object.fromEntries(Object.values(deadLetterAttributes).map((name) => [name, `${name} of it`]));

const letter = (changed: Partial<LyingLetter> = {}): LyingLetter => ({
  id: 'letter-1',
  body: '{}',
  attributes: { ...story, [deadLetterAttributes.messageId]: 'first-1' },
  ...changed,
});

const asStamped = (one: LyingLetter) => {
  const stamped = stamp(one, 'job-1');
  if ('cannot' in stamped) throw new Error(stamped.cannot);
  return stamped;
};

test('a letter keeps its story, and is known by its first delivery from its first move on', () => {
  const { attributes, gaveWay, isTracked } = asStamped(letter());
  expect(readHistory(attributes[redriveAttribute])).toEqual({ first: 'first-1', times: 1, job: 'job-1', letter: 'letter-1' });
  expect(Object.keys(attributes)).toHaveLength(10);
  expect(attributes).toMatchObject(letter().attributes);
  expect([gaveWay, isTracked]).toEqual([{}, true]);
});

test('one that was moved before counts on, and one that was edited stays marked', () => {
  const before = { first: 'long-ago', times: 3, job: 'job-0', letter: 'letter-0', edited: true } as const;
  const attributes = { ...letter().attributes, [redriveAttribute]: writeHistory(before) };
  expect(nextHistory(letter({ attributes }), 'job-1')).toEqual({
    first: 'long-ago',
    times: 4,
    job: 'job-1',
    letter: 'letter-1',
    edited: true,
  });
});

test.each([
  ['nobody says which', {}],
  ['what it says is no id', { [deadLetterAttributes.messageId]: 'not an id' }],
])('its first delivery is this letter where %s', (_, attributes) => {
  expect(nextHistory(letter({ attributes }), 'job-1').first).toBe('letter-1');
});

test('the story gives way where it leaves no room, in number or in bytes; what others attached and the body do not', () => {
  const others = Object.fromEntries(['a', 'b', 'c'].map((name) => [name, 'x']));
  const many = asStamped(letter({ attributes: { ...letter().attributes, ...others } }));
  expect(Object.keys(many.attributes).sort()).toEqual(['a', 'b', 'c', redriveAttribute]);
  expect(many.gaveWay).toEqual(letter().attributes);

  const body = 'x'.repeat(limits.messageBytes - 300);
  const large = asStamped(letter({ body }));
  expect(Object.keys(large.attributes)).toEqual([redriveAttribute]);
  expect(utf8Bytes(body) + attributeBytes(large.attributes)).toBeLessThanOrEqual(limits.messageBytes);
  expect(large.gaveWay).toEqual(letter().attributes);
});

test('a body that leaves no room at all is moved without a history, and said not to be tracked', () => {
  const { attributes, isTracked } = asStamped(letter({ body: 'x'.repeat(limits.messageBytes) }));
  expect([attributes, isTracked]).toEqual([{}, false]);
});

test('what EventBridge says of a delivery that failed stays behind', () => {
  const attributes = { ERROR_CODE: 'NO_PERMISSIONS', RULE_ARN: 'arn', RETRY_ATTEMPTS: '3', mine: 'kept' };
  expect(Object.keys(asStamped(letter({ attributes })).attributes).sort()).toEqual(['mine', redriveAttribute]);
});

test('a letter that would lose attributes is not moved', () => {
  expect(stamp(letter({ attributesLost: true }), 'job-1')).toEqual({
    cannot: expect.stringContaining('no plain text') as string,
  });
  const others = Object.fromEntries(Array.from({ length: 11 }, (_, n) => [`name-${n}`, 'x']));
  expect(stamp(letter({ attributes: others }), 'job-1')).toHaveProperty('cannot');
});
