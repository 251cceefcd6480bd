import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openNursery, projectRoot, type Nursery } from '../../localstack/demo/children';
import { describeDifferences } from '../../localstack/demo/judge/verdict';
import type { DemoOptions } from '../../localstack/demo/options';
import { runDemo, type Outcome } from '../../localstack/demo/run';
import { findCanaries } from '../../localstack/traffic/canary';

/** The program from its source, so that the tests need no build. */
const program = ['--import', 'tsx', join(projectRoot, 'src', 'main.ts')];
const silent = { phase: () => undefined, tell: () => undefined, end: () => undefined };

const folder = mkdtempSync(join(tmpdir(), 'tidemark-demo-test-'));
const nurseries: Nursery[] = [];

afterAll(() => {
  nurseries.forEach((nursery) => nursery.killAll());
  rmSync(folder, { recursive: true, force: true });
});

const run = async (options: Partial<DemoOptions>): Promise<Outcome> => {
  const nursery = openNursery(mkdtempSync(join(folder, 'run-')));
  nurseries.push(nursery);
  const all = { conversations: 8, seed: 'test', workers: 1, keep: false, ...options };
  const outcome = await runDemo(all, { nursery, progress: silent, program, nowMs: () => performance.now() });
  outcome.stage.clients.close();
  expect(await outcome.stage.standIns.stop()).toBe('0');
  return outcome;
};

const complaintOf = ({ differences, plan }: Outcome): string => describeDifferences(differences, plan);

const patience = 120_000;

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
