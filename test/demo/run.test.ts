import type { Outcome } from '../../localstack/demo/run';
import { complaintOf, patience, run } from './small-run';

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
});
