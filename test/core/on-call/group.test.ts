import { groupOf } from '../../../src/core/on-call/fingerprint';

const cause = {
  place: 'worker',
  reason: 'unknown-type',
  detail: 'No subject for it.',
  type: 'new.{id}.thing',
  rule: null,
} as const;

test('the group of an unknown type is the same when the registry has its subject', () => {
  const before = { ...cause, subject: null };
  const released = { ...cause, subject: 'new.thing' };
  expect(groupOf(released)).toBe(groupOf(before));
  expect(groupOf({ ...before, type: 'new.{id}.other' })).not.toBe(groupOf(before));
});
