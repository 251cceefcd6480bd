import { missedConditions } from './conditions';
import { drawInput } from './draw-input';
import { fuzzRange, heapBytes } from './fuzz-range';
import { judgeInput } from './judge-input';
import { noTally } from './tally';

/* The bounded run: `npm run fuzz` plays as many inputs as there is time for, by the same conditions. */

const count = 10_000;
const warmUp = 1_000;

test('every message is an event or a rejection with a reason, soon, whatever was done to it', async () => {
  await fuzzRange({ seed: 5, from: 0, count: warmUp });
  const beforeBytes = heapBytes();
  const tally = await fuzzRange({ seed: 5, from: warmUp, count });
  expect(tally.faults).toEqual([]);
  expect(missedConditions(tally, heapBytes() - beforeBytes)).toEqual([]);
}, 600_000);

test('an input is the same whenever it is drawn, and another seed draws others', () => {
  const bodies = (seed: number): readonly string[] => Array.from({ length: 60 }, (_, index) => drawInput(seed, index).body);
  expect(bodies(1)).toEqual(bodies(1).map((_, index) => drawInput(1, index).body));
  expect(bodies(1).filter((body, index) => body === bodies(2)[index]).length).toBeLessThan(10);
});

test('what may not be is found: a fault, a missing reason, a mapper that nothing reaches, a heap that grows', () => {
  const missed = missedConditions({ ...noTally, inputs: 100, reachedMapper: 29, faulty: 1 }, 65 * 1024 * 1024);
  expect(missed).toEqual(
    expect.arrayContaining([
      '1 inputs did what none may do',
      'expected at least 30 % to reach a mapper, 29.0 % did',
      'never happened: rejection too-deep (receive)',
      'never happened: mapper user',
      'never drawn: huge',
      'the heap has grown by 65 MiB',
    ]),
  );
});

test('through the whole pipeline a message that is refused is set aside, and one that is taken is not', async () => {
  const seen = async (body: string): Promise<readonly string[]> =>
    (await judgeInput({ body, allowedSources: [], kind: 'by hand' }, true)).seen;
  expect(await seen('no JSON')).toEqual(['through all six steps', 'rejection not-json (receive)']);
  const longId = 'c'.repeat(3_000);
  const end = { 'detail-type': 'conversation.end', detail: { conversationId: longId, timestamp: '2026-08-05T12:00:00Z' } };
  expect(await seen(JSON.stringify(end))).toContain('rejection too-large (buffer)');
});
