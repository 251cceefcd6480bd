import type { Outcome } from '../../localstack/demo/run';
import { findCanaries } from '../../localstack/traffic/canary';
import { complaintOf, patience, run } from './small-run';

describe('traffic that comes over HTTP', () => {
  let outcome: Outcome;

  beforeAll(async () => {
    outcome = await run({ ingest: true });
  }, patience);

  test('becomes the same records and executions, and every post is told what it must be told', () => {
    expect(complaintOf(outcome)).toContain('What is not as it must be (0)');
  });

  test('the report says how many posts there were, what each cost, and what was refused', () => {
    expect(outcome.report).toMatch(/posts accepted\s+│\s+\d+ │ \d+ with \w+, \d+ with \w+; \d+ had been before/);
    expect(outcome.report).toMatch(/SQS requests for each\s+│\s+0\.\d\d /);
    expect(outcome.report).toMatch(/posts refused\s+│\s+\d+ │ .*401 unauthenticated/);
  });

  test('the report shows no secret of a sender', () => {
    expect(findCanaries(outcome.report, outcome.plan.canaries)).toEqual([]);
    expect(outcome.plan.canaries.filter(({ token }) => token.startsWith('cnrys')).length).toBeGreaterThan(3);
  });
});
