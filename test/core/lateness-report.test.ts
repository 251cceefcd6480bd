import { emptyHistogram, type LatenessKind, type LatenessSum } from '../../src/core/lateness';
import { countIn } from '../histogram';
import { reportLateness } from '../../src/core/lateness-report';

const settings = { outOfOrdernessMs: 5_000, holdMs: 45_000, acwHoldMs: 300_000 };

const sumOf = (kind: LatenessKind, subject: string, times: Readonly<Record<number, number>>): LatenessSum => ({
  kind,
  subject,
  histogram: Object.entries(times).reduce((histogram, [ms, count]) => {
    const bucket = countIn(emptyHistogram, Number(ms)).indexOf(1);
    return histogram.with(bucket, (histogram[bucket] ?? 0) + count);
  }, emptyHistogram),
});

const records = (onTime: number, late = 0): readonly LatenessSum[] => [
  sumOf('records', 'on_time', { 0: onTime }),
  sumOf('records', 'late', { 0: late }),
  sumOf('records', 'early', { 0: 77 }),
];

const adviceOf = (sums: readonly LatenessSum[], changed: Partial<typeof settings> = {}, cover = 0.999) =>
  reportLateness(sums, { ...settings, ...changed }, cover).advice;

test('days and workers are added up by subject, then in all', () => {
  const sums = [sumOf('disorder', 'b', { 0: 3 }), sumOf('disorder', 'a', { 70: 1 }), sumOf('disorder', 'b', { 700: 1 })];
  const [disorder] = reportLateness(sums, settings, 0.999).measures;
  expect(disorder!.rows).toMatchObject([
    { subject: 'all', count: 5, p50Ms: 0, mostMs: 1_000 },
    { subject: 'a', count: 1, p50Ms: null, mostMs: 100 },
    { subject: 'b', count: 4, p50Ms: 0, mostMs: 1_000 },
  ]);
});

test('a quantile that less than one of those counted could lie beyond is not given', () => {
  const [disorder] = reportLateness([sumOf('disorder', 'a', { 0: 99 })], settings, 0.999).measures;
  expect(disorder!.rows[0]).toEqual({ subject: 'all', count: 99, p50Ms: 0, p90Ms: 0, p99Ms: null, p999Ms: null, mostMs: 0 });
  const [more] = reportLateness([sumOf('disorder', 'a', { 0: 999, 1e12: 1 })], settings, 0.999).measures;
  expect(more!.rows[0]).toMatchObject({ p99Ms: 0, p999Ms: 0, mostMs: 'beyond' });
});

test('the bound is recommended by messages, the holds by conversations', () => {
  const sums = [
    ...records(10_000, 12),
    sumOf('disorder', 'a', { 0: 99_800, 1_500: 100, 9_000: 100 }),
    sumOf('hold-gap', 'a', { 20_000: 500, 50_000: 20, 100_000: 10 }),
    sumOf('acw-hold-gap', 'acw', { 100_000: 5_000, 500_000: 9 }),
  ];
  expect(adviceOf(sums)).toEqual([
    { setting: 'OUT_OF_ORDERNESS_MS', presentMs: 5_000, population: 100_000, missedAtPresent: 100, recommendedMs: 2_000, tooFew: false },
    { setting: 'HOLD_MS', presentMs: 45_000, population: 10_000, missedAtPresent: 30, recommendedMs: 60_000, tooFew: false },
    { setting: 'ACW_HOLD_MS', presentMs: 300_000, population: 10_000, missedAtPresent: 9, recommendedMs: 120_000, tooFew: false },
  ]); // prettier-ignore
});

test('without a hold of its own, after-call work is for the hold to wait for', () => {
  const sums = [...records(1_000), sumOf('acw-hold-gap', 'acw', { 100_000: 500 })];
  expect(adviceOf(sums, { acwHoldMs: 0 }).slice(1)).toMatchObject([
    { setting: 'HOLD_MS', missedAtPresent: 500, recommendedMs: 120_000 },
  ]);
});

test('too few to say is said, and so is that no bucket is large enough', () => {
  const beyond = sumOf('hold-gap', 'a', { 1e12: 2 });
  expect(adviceOf([...records(999), beyond])[1]).toMatchObject({ tooFew: true, recommendedMs: null });
  expect(adviceOf([...records(1_000), beyond])[1]).toMatchObject({ tooFew: false, recommendedMs: null });
});

test('each hold says what it would cost: late revisions by the gaps seen, and how much later every record leaves', () => {
  const sums = [...records(2_000), sumOf('hold-gap', 'a', { 15_000: 100, 50_000: 20, 1e12: 2 })];
  const { holds } = reportLateness(sums, settings, 0.999);
  expect(holds.filter(({ holdMs }) => [10_000, 20_000, 45_000, 60_000].includes(holdMs))).toEqual([
    { holdMs: 10_000, lateRevisionsPerThousand: 61, laterByMs: -35_000 },
    { holdMs: 20_000, lateRevisionsPerThousand: 11, laterByMs: -25_000 },
    { holdMs: 45_000, lateRevisionsPerThousand: 11, laterByMs: 0 },
    { holdMs: 60_000, lateRevisionsPerThousand: 1, laterByMs: 15_000 },
  ]);
});

test('the present hold is among those compared, even where it is no bound', () => {
  const { holds } = reportLateness(records(1), { ...settings, holdMs: 2_500 }, 0.999);
  expect(holds[0]).toEqual({ holdMs: 2_500, lateRevisionsPerThousand: 0, laterByMs: 0 });
});

test('where nothing was counted nothing is compared', () => {
  expect(reportLateness([], settings, 0.999)).toMatchObject({ messages: 0, conversations: 0, lateRecords: 0, holds: [] });
});
