import type { Outcome } from '../../localstack/demo/run';
import { findCanaries } from '../../localstack/traffic/canary';
import { complaintOf, patience, run } from './small-run';

test(
  'a worker that ends by itself ends the run, which says where its log is',
  async () => {
    const failing = ['--eval', 'process.exit(3)'];
    await expect(run({}, failing)).rejects.toThrow(/^worker-1 ended by itself \(3\); see .*worker-1\.log\.$/);
  },
  patience,
);

describe('sabotage is noticed', () => {
  // Side by side: runs share nothing, and most of each is waiting.
  const outcomes = {} as Record<'drop-event' | 'swap-two' | 'start-twice', Outcome>;

  beforeAll(async () => {
    const kinds = ['drop-event', 'swap-two', 'start-twice'] as const;
    await Promise.all(kinds.map(async (sabotage) => (outcomes[sabotage] = await run({ sabotage }))));
  }, patience);

  test('an event that never came', () => {
    expect(complaintOf(outcomes['drop-event'])).toMatch(/eventCount: expected (\d+), got (?!\1)\d+/);
  });

  test('two events whose times were swapped', () => {
    expect(complaintOf(outcomes['swap-two'])).toMatch(/lifecycle\[\d+\]\.action: expected/);
  });

  test('an execution that was started twice', () => {
    expect(complaintOf(outcomes['start-twice'])).toMatch(/expected none beside one for each revision, got again-/);
  });

  test('and the report of such a run is as plain as any: no control characters, nothing of customers', () => {
    for (const { report, plan } of Object.values(outcomes)) {
      expect(report).not.toContain('\u001b');
      expect(findCanaries(report, plan.canaries)).toEqual([]);
    }
  });
});
