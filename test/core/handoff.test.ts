import { executionName, type HandoffPolicy, isHandedOff } from '../../src/core/handoff';
import { makeLife } from '../../src/core/life';
import type { Pane } from '../../src/core/record';

describe('the name of an execution', () => {
  const life = makeLife(0, 0);
  const name = (conversationId: string, revision = 1): string => executionName({ conversationId, life, revision });

  test('is the conversation, its life and the revision', () => {
    expect(name('11111111-2222-4333-8444-555555555555', 7)).toBe('11111111-2222-4333-8444-555555555555_0000000000000000_7');
  });

  test('is legal and at most 80 characters for any id', () => {
    for (const id of ['a b', '<>{}[]?*"#%\\^|~`$&,;:/', 'ü', '\u0000', 'x'.repeat(3_000), '😀'.repeat(50)]) {
      expect(name(id, 9_999_999)).toMatch(/^[A-Za-z0-9_-]{1,80}$/);
    }
  });

  test('never meets the name of another id', () => {
    const ids = ['a:b', 'a;b', 'a-b', 'A-B', 'x'.repeat(56), 'x'.repeat(57), 'h_a', 'a_b'];
    expect(new Set(ids.map((id) => name(id))).size).toBe(ids.length);
    const disguised = name('a:b').replace(`_${life}_1`, '');
    expect(name(disguised)).not.toBe(name('a:b'));
  });
});

test.each<[HandoffPolicy, readonly Pane[]]>([
  ['final', ['on_time', 'late']],
  ['every', ['early', 'on_time', 'late']],
  ['first', ['on_time']],
])('the policy `%s` hands off %j', (policy, handedOff) => {
  const panes: readonly Pane[] = ['early', 'on_time', 'late'];
  expect(panes.filter((pane) => isHandedOff(policy, pane))).toEqual(handedOff);
});
