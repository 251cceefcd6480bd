import fc from 'fast-check';
import { limits } from '../../../src/core/limits';
import { restartName } from '../../../src/core/on-call/restart-name';

test('a restart is named after what it restarts, and its own restart is the next of the same series', () => {
  expect(restartName('conversation_life_1', 1)).toBe('conversation_life_1_r1');
  expect(restartName('conversation_life_1_r1', 2)).toBe('conversation_life_1_r2');
  expect(restartName('conversation_life_1_r12', 13)).toBe('conversation_life_1_r13');
});

test('a name that is too long is a hash, and stays in its series', () => {
  const long = 'x'.repeat(80);
  const first = restartName(long, 1);
  expect(first).toMatch(/^r1_[0-9a-f]{40}$/);
  expect(restartName(first, 2)).toBe(restartName(long, 2));
  expect(restartName(`${'x'.repeat(79)}y`, 1)).not.toBe(first);
});

test('any name has one series, within what Step Functions allows', () => {
  const name = fc.stringMatching(/^[A-Za-z0-9_-]{1,80}$/);
  fc.assert(
    fc.property(name, fc.integer({ min: 1, max: 9 }), (one, n) => {
      const restart = restartName(one, n);
      expect(restart.length).toBeLessThanOrEqual(limits.executionNameLength);
      expect(restart).not.toBe(one.replace(/_r\d+$/, ''));
      expect(restartName(restart, n + 1)).toBe(restartName(one, n + 1));
    }),
    { seed: 7, numRuns: 500 },
  );
});
