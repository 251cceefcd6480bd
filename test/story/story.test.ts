import { findCanaries } from '../../localstack/traffic/canary';
import { complaintOf, patience, run } from '../demo/small-run';

test(
  'two workers turn a bad day into the records and executions that it must lead to',
  async () => {
    const outcome = await run({ conversations: 40, workers: 2 });
    expect(complaintOf(outcome)).toBe('What is not as it must be (0):');
    expect(findCanaries(outcome.report, outcome.plan.canaries)).toEqual([]);
    for (const row of [
      'events in',
      'duplicates',
      'conversations',
      'on_time',
      'late',
      'too-deep',
      'executions started',
      'AWS requests',
    ])
      expect(outcome.report).toContain(row);
    expect(outcome.report).toMatch(/inbound voice, revision \d+[^]*0:00\.000 +1 +customer\.start/);
  },
  patience,
);
