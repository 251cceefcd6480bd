import { intervalsOf, nextSlice } from '../../../src/core/reconciliation/slice';

const hour = 3_600_000;
const now = Date.UTC(2026, 2, 10, 12);

test.each([
  [
    'it is begun where the last one ended, and takes six hours at most',
    now - 48 * hour,
    { afterMs: now - 48 * hour, upToMs: now - 42 * hour },
  ],
  ['it ends a minute before what is old enough', now - 6 * hour, { afterMs: now - 6 * hour, upToMs: now - 4 * hour - 60_000 }],
  ['less than an hour is not worth a pass', now - 5 * hour, null],
  ['a clock that went back has nothing to do', now + 24 * hour, null],
])('%s', (_what, doneUpToMs, expected) => {
  expect(nextSlice(doneUpToMs, 4 * hour, now)).toEqual(expected);
});

test('ends are searched by the days on which conversations began: two days back, none touched twice, never beyond the slice', () => {
  const upToMs = Date.UTC(2026, 2, 10, 1);
  expect(intervalsOf({ afterMs: Date.UTC(2026, 2, 9, 20), upToMs })).toEqual([
    '2026-03-07T00:00:00.000Z/2026-03-07T23:59:59.999Z',
    '2026-03-08T00:00:00.000Z/2026-03-08T23:59:59.999Z',
    '2026-03-09T00:00:00.000Z/2026-03-09T23:59:59.999Z',
    '2026-03-10T00:00:00.000Z/2026-03-10T01:00:00.000Z',
  ]);
});

test('however long a slice is, no interval is over 31 days, and together they leave nothing out', () => {
  const intervals = intervalsOf({ afterMs: now - 70 * 24 * hour, upToMs: now }).map((interval) =>
    interval.split('/').map(Date.parse),
  );
  expect(Math.max(...intervals.map(([from = 0, to = 0]) => to - from))).toBeLessThanOrEqual(31 * 24 * hour);
  expect(intervals.slice(1).filter(([from = 0], index) => from - (intervals[index]?.[1] ?? 0) !== 1)).toEqual([]);
});

test('a slice that ends at midnight has an interval of some length for its last day', () => {
  expect(intervalsOf({ afterMs: Date.UTC(2026, 2, 9, 20), upToMs: Date.UTC(2026, 2, 10) }).at(-1)).toBe(
    '2026-03-10T00:00:00.000Z/2026-03-10T00:00:01.000Z',
  );
});
