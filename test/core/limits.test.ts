import { CallRefusedError } from '../../src/core/errors';
import { assertExecutionAllowed, assertNotificationAllowed, limits, notificationBatches } from '../../src/core/limits';

const input = '{}';
const name = 'a'.repeat(limits.executionNameLength);

test('a name of 80 legal characters is allowed, one more is refused', () => {
  expect(() => assertExecutionAllowed({ name, input })).not.toThrow();
  expect(() => assertExecutionAllowed({ name: `${name}a`, input })).toThrow(CallRefusedError);
  expect(() => assertExecutionAllowed({ name: '', input })).toThrow(/got 0 characters/);
});

const illegal = Array.from(' \t\n<>{}[]?*"#%\\^|~`$&,;:/\u0000\u007f\u009f\uffff\ud800');

test.each(illegal)('the character %j is refused in a name', (character) => {
  expect(() => assertExecutionAllowed({ name: `a${character}b`, input })).toThrow(/not allowed/);
});

test.each(['a-b_c.d', 'A1', "it's", 'é(1)=+@!'])('the name %j is allowed', (legal) => {
  expect(() => assertExecutionAllowed({ name: legal, input })).not.toThrow();
});

test('input counts in bytes, not in characters', () => {
  const full = 'é'.repeat(limits.executionInputBytes / 2);
  expect(() => assertExecutionAllowed({ name, input: full })).not.toThrow();
  expect(() => assertExecutionAllowed({ name, input: `${full}x` })).toThrow(/262144 bytes, got 262145/);
});

test('attributes share the bytes of a notification', () => {
  const attributes = { kind: 'x' };
  const room = limits.notificationBytes - 'kind'.length - 'String'.length - 'x'.length;
  expect(() => assertNotificationAllowed({ message: 'm'.repeat(room), attributes })).not.toThrow();
  expect(() => assertNotificationAllowed({ message: 'm'.repeat(room + 1), attributes })).toThrow(CallRefusedError);
});

test('ten attributes are allowed, eleven are refused', () => {
  const some = (count: number) => Object.fromEntries(Array.from({ length: count }, (_, index) => [`a${index}`, 'v']));
  expect(() => assertNotificationAllowed({ message: 'm', attributes: some(10) })).not.toThrow();
  expect(() => assertNotificationAllowed({ message: 'm', attributes: some(11) })).toThrow(/got 11/);
});

test('an attribute without a value is refused', () => {
  expect(() => assertNotificationAllowed({ message: 'm', attributes: { kind: '' } })).toThrow(CallRefusedError);
});

describe('notifications that are published together', () => {
  const sized = (bytes: number) => ({ message: 'm'.repeat(bytes), attributes: {} });
  const sizes = (...bytes: readonly number[]) =>
    notificationBatches(bytes.map(sized)).map((batch) => batch.map(({ message }) => message.length));

  test('are at most ten', () => {
    expect(notificationBatches(Array.from({ length: 21 }, () => sized(1))).map((batch) => batch.length)).toEqual([10, 10, 1]);
    expect(notificationBatches([])).toEqual([]);
  });

  test('are together no larger than one may be, and keep their order', () => {
    const full = limits.notificationBytes;
    expect(sizes(full, 1, full - 1, 1)).toEqual([[full], [1, full - 1], [1]]);
  });
});
