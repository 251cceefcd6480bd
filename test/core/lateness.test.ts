import fc from 'fast-check';
import {
  bucketOf,
  countBeyond,
  createLatenessTally,
  emptyHistogram,
  latenessBoundsMs,
  mergeHistograms,
  quantileMs,
  smallestCoverMs,
  totalOf,
} from '../../src/core/lateness';
import { histogramOf } from '../histogram';

/** Most where the bounds are, a few beyond the last. */
const values = fc.array(fc.oneof(fc.nat(60_000), fc.nat(10 * 86_400_000), fc.constantFrom(...latenessBoundsMs)), {
  maxLength: 200,
});
const fraction = fc.double({ min: 0.01, max: 1, noNaN: true });

test('the bounds are pinned, for they name what is stored', () => {
  expect(latenessBoundsMs).toEqual([
    0, 100, 250, 500, 1_000, 2_000, 5_000, 10_000, 20_000, 30_000, 45_000, 60_000, 90_000, 120_000, 180_000, 300_000, 600_000,
    900_000, 1_800_000, 3_600_000, 21_600_000, 86_400_000, 345_600_000,
  ]); // prettier-ignore
});

test('a bucket holds what is no more than its bound, and the last what is beyond them all', () => {
  expect([0, 1, 100, 101, 345_600_000, 345_600_001, Infinity].map(bucketOf)).toEqual([0, 1, 1, 2, 22, 23, 23]);
});

test('the order in which workers add does not count, nor who counted what', () => {
  fc.assert(
    fc.property(values, values, values, (a, b, c) => {
      const [x, y, z] = [histogramOf(a), histogramOf(b), histogramOf(c)];
      expect(mergeHistograms(x, y)).toEqual(mergeHistograms(y, x));
      expect(mergeHistograms(mergeHistograms(x, y), z)).toEqual(mergeHistograms(x, mergeHistograms(y, z)));
      expect(mergeHistograms(x, y)).toEqual(histogramOf([...a, ...b]));
    }),
  );
});

test('a quantile is the bound of the bucket in which the value of that rank lies, so a larger one is no smaller', () => {
  fc.assert(
    fc.property(values, fraction, fraction, (some, p, q) => {
      fc.pre(some.length > 0);
      const histogram = histogramOf(some);
      const sorted = [...some].sort((a, b) => a - b);
      const atRank = sorted[Math.max(1, Math.ceil(some.length * p - 1e-6)) - 1]!;
      expect(quantileMs(histogram, p)).toBe(latenessBoundsMs[bucketOf(atRank)] ?? Infinity);
      expect(quantileMs(histogram, Math.min(p, q))!).toBeLessThanOrEqual(quantileMs(histogram, Math.max(p, q))!);
    }),
  );
});

test('nothing has no quantile', () => {
  expect(quantileMs(emptyHistogram, 0.5)).toBeNull();
});

test('a whole share is not rounded up by floating point', () => {
  const thousand = Array.from({ length: 1_000 }, (_, index) => (index < 999 ? 100 : 60_000));
  expect(quantileMs(histogramOf(thousand), 0.999)).toBe(100);
  expect(smallestCoverMs(histogramOf(thousand), 1_000, 0.999)).toBe(100);
});

test('what is recommended covers the share that was asked for, and no smaller bound does', () => {
  fc.assert(
    fc.property(values, fc.nat(1_000), fraction, (some, punctual, cover) => {
      const histogram = histogramOf(some);
      const population = some.length + punctual;
      const missed = (bound: number): number => some.filter((value) => value > bound).length;
      const allowed = population * (1 - cover) + 1e-6;
      const expected = latenessBoundsMs.find((bound) => missed(bound) <= allowed) ?? null;
      expect(smallestCoverMs(histogram, population, cover)).toBe(expected);
    }),
  );
});

test('of a bucket that a setting cuts, all may be missed by it', () => {
  const histogram = histogramOf([2_100, 4_000, 6_000]);
  expect([1_000, 2_000, 2_500, 5_000, 6_000, 10_000].map((ms) => countBeyond(histogram, ms))).toEqual([3, 3, 3, 1, 1, 0]);
});

describe('a tally', () => {
  test('gives what was counted once, and what is given back joins what came meanwhile', () => {
    const tally = createLatenessTally();
    tally.count('disorder', 'a', 5);
    tally.count('disorder', 'b', 5);
    const taken = tally.take();
    expect(tally.take()).toEqual([]);
    tally.count('disorder', 'a', 7_000);
    tally.giveBack(taken);
    expect(tally.take()).toEqual(
      expect.arrayContaining([
        { kind: 'disorder', subject: 'a', histogram: histogramOf([5, 7_000]) },
        { kind: 'disorder', subject: 'b', histogram: histogramOf([5]) },
      ]),
    );
  });

  test('does not grow with what it counts', () => {
    const tally = createLatenessTally();
    for (let n = 0; n < 10_000; n += 1) tally.count('hold-gap', 'a', n);
    const sums = tally.take();
    expect(sums).toHaveLength(1);
    expect(totalOf(sums[0]!.histogram)).toBe(10_000);
  });
});
