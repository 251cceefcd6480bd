import fc from 'fast-check';
import { beginBudget, type BudgetErrand, type BudgetState, runErrands } from '../../src/core/budget';
import { burstOf } from '../../src/core/budget-bucket';
import { createWaitingLine } from '../../src/core/budget-waits';
import { purposes } from '../../src/core/genesys-answers';

const minute = 60_000;
const noon = Date.UTC(2026, 0, 5, 12);

const ask = (purpose: (typeof purposes)[number] = 'live'): BudgetErrand => ({
  kind: 'take',
  ask: { resource: 'details', purpose },
});

const learn = (stayAwayMs: number | null, period: { count: number; allowed: number; resetMs: number } | null): BudgetErrand => ({
  kind: 'learn',
  heard: { resource: 'details', stayAwayMs, period },
});

/** Most in any 60 s. */
const mostInAMinute = (times: readonly number[]): number =>
  Math.max(0, ...times.map((from) => times.filter((at) => at >= from && at < from + minute).length));

describe('a budget of requests', () => {
  // Two workers' clocks are at most a second apart.
  const skewMs = fc.integer({ min: 0, max: 999 });

  test('lets out at most its limit in any minute, wherever that begins and whatever two clocks show, to who want all they can get', () => {
    const step = fc.record({ afterMs: fc.integer({ min: 1, max: 500 }), skewMs });
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 400 }), fc.array(step, { minLength: 280, maxLength: 320 }), (limit, steps) => {
        let state: BudgetState = beginBudget(limit, noon);
        let trueMs = noon;
        const taken: number[] = [];
        const asks = Array.from({ length: 5 }, () => ask());
        for (const { afterMs, skewMs: skew } of steps) {
          trueMs += afterMs;
          const done = runErrands(state, asks, limit, trueMs + skew);
          state = done.state;
          taken.push(...done.waits.filter((waitMs) => waitMs === 0).map(() => trueMs));
        }
        expect(mostInAMinute(taken)).toBeLessThanOrEqual(limit);
      }),
      { numRuns: 25, endOnFailure: true },
    );
  });

  test('nothing that is heard lets out more', () => {
    const heard = fc.record({
      count: fc.integer({ min: 0, max: 400 }),
      allowed: fc.integer({ min: 1, max: 900 }),
      resetMs: fc.integer({ min: 0, max: 61_000 }),
    });
    const step = fc.record({
      afterMs: fc.integer({ min: 0, max: 4_000 }),
      stayAwayMs: fc.option(fc.integer({ min: 0, max: 3_000 }), { freq: 10 }),
      period: fc.option(heard, { freq: 10 }),
      purpose: fc.constantFrom(...purposes),
    });
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 400 }), fc.array(step, { maxLength: 100 }), (limit, steps) => {
        let state: BudgetState = beginBudget(limit, noon);
        let nowMs = noon;
        const taken: number[] = [];
        for (const { afterMs, stayAwayMs, period, purpose } of steps) {
          nowMs += afterMs;
          const asks = Array.from({ length: 5 }, () => ask(purpose));
          const done = runErrands(state, [learn(stayAwayMs, period), ...asks], limit, nowMs);
          state = done.state;
          taken.push(...done.waits.filter((waitMs) => waitMs === 0).map(() => nowMs));
        }
        expect(mostInAMinute(taken)).toBeLessThanOrEqual(limit);
      }),
    );
  });

  test('has one for whoever comes back when told, and nobody else came', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1_000 }), fc.constantFrom(...purposes), (limit, purpose) => {
        const first = runErrands(
          beginBudget(limit, noon),
          Array.from({ length: 1_000 }, () => ask('live')),
          limit,
          noon,
        );
        const { waits } = runErrands(first.state, [ask(purpose)], limit, noon);
        const waitMs = waits[0] ?? 0;
        expect(runErrands(first.state, [ask(purpose)], limit, noon + waitMs).waits).toEqual([0]);
      }),
    );
  });

  test('of those who come together live goes first, and reconciliation last', () => {
    const asks = [...purposes, ...purposes].reverse().map((purpose) => ask(purpose));
    const few = runErrands(
      beginBudget(300, noon),
      Array.from({ length: 5 }, () => ask('live')),
      300,
      noon,
    ).state;
    const { waits } = runErrands(few, asks, 300, noon);
    const served = asks.flatMap((errand, place) => (errand.kind === 'take' && waits[place] === 0 ? [errand.ask.purpose] : []));
    expect(served).toEqual(['live', 'live']);
  });

  test('is the same value where nothing was taken and nothing new was heard', () => {
    const heard = learn(null, { count: 1, allowed: 300, resetMs: 59_000 });
    const knows = runErrands(beginBudget(300, noon), [heard], 300, noon).state;
    const empty = runErrands(
      knows,
      Array.from({ length: 50 }, () => ask()),
      300,
      noon,
    ).state;
    expect(runErrands(empty, [ask(), learn(null, { count: 9, allowed: 300, resetMs: 59_000 })], 300, noon).state).toBe(empty);
  });

  test('what others have spent is not held against it when the period is over', () => {
    const hit = runErrands(beginBudget(300, noon), [learn(null, { count: 900, allowed: 300, resetMs: 20_000 })], 300, noon).state;
    const waitMs = runErrands(hit, [ask()], 300, noon).waits[0] ?? 0;
    expect(waitMs).toBeGreaterThan(20_000 - 1);
    expect(waitMs).toBeLessThan(21_000);
  });

  test('goes in bursts of a few, and of one at least', () => {
    expect([1, 10, 60, 300, 3_000].map(burstOf)).toEqual([1, 4, 4, 7.5, 75]);
  });
});

test('those who wait are each told another time, none of them too late', () => {
  const place = createWaitingLine(300);
  const waits = Array.from({ length: 5_000 }, (_, n) =>
    place({ resource: 'details', purpose: 'live' }, 200, noon, (n % 10) / 10),
  );
  expect(Math.max(...waits)).toBeLessThanOrEqual(200 + 120_000);
  expect(waits.slice(0, 3).every((waitMs) => waitMs < 600)).toBe(true);
  expect(place({ resource: 'conversation', purpose: 'live' }, 200, noon, 0)).toBeLessThan(400);
});
