/*
 * How late things come, counted in buckets. A histogram is one number per bucket, so many workers' counts are one sum, in any order.
 *
 *   disorder       how far behind the newest queue time seen a message came, at its first receipt: what OUT_OF_ORDERNESS_MS must cover
 *   hold-gap       how long after its conversation already looked complete an event came, in queue time: what HOLD_MS must cover
 *   acw-hold-gap   the same where after-call work was still awaited: what ACW_HOLD_MS must cover
 *   records        records put, by pane: the population that the gaps are held against; only counted
 */

export const latenessKinds = ['disorder', 'hold-gap', 'acw-hold-gap', 'records'] as const;
export type LatenessKind = (typeof latenessKinds)[number];

const second = 1_000;
const minute = 60 * second;
const hour = 60 * minute;
const day = 24 * hour;

/** Upper bounds of the buckets, ms; one more bucket takes what is beyond. Stored under these names: only ever add to them. */
export const latenessBoundsMs: readonly number[] = [
  ...[0, 100, 250, 500],
  ...[1, 2, 5, 10, 20, 30, 45].map((n) => n * second),
  ...[1, 1.5, 2, 3, 5, 10, 15, 30].map((n) => n * minute),
  ...[1, 6].map((n) => n * hour),
  ...[1, 4].map((n) => n * day),
];

/** Hits of each bucket, in the order of the bounds, then of what is beyond. */
export type Histogram = readonly number[];

/** What one subject's histogram has. Subjects are those of the registry; of records, panes. */
export interface LatenessSum {
  readonly kind: LatenessKind;
  readonly subject: string;
  readonly histogram: Histogram;
}

export const emptyHistogram: Histogram = Array.from({ length: latenessBoundsMs.length + 1 }, () => 0);

export const bucketOf = (ms: number): number => {
  const bucket = latenessBoundsMs.findIndex((bound) => ms <= bound);
  return bucket === -1 ? latenessBoundsMs.length : bucket;
};

export const mergeHistograms = (a: Histogram, b: Histogram): Histogram => a.map((hits, bucket) => hits + (b[bucket] ?? 0));

export const totalOf = (histogram: Histogram): number => histogram.reduce((sum, hits) => sum + hits, 0);

/** Upper bound of the bucket that the quantile falls in; Infinity beyond the last bound, null where nothing was counted. */
export const quantileMs = (histogram: Histogram, fraction: number): number | null => {
  const total = totalOf(histogram);
  if (total === 0) return null;
  // A share of a whole number: 0.999 × 1,000 is 999, whatever floating point makes of it.
  const rank = Math.max(1, Math.ceil(total * fraction - 1e-6));
  let sum = 0;
  const bucket = histogram.findIndex((hits) => (sum += hits) >= rank);
  return latenessBoundsMs[bucket] ?? Infinity;
};

/** Hits that may lie beyond `ms`: of a bucket that it cuts, all. */
export const countBeyond = (histogram: Histogram, ms: number): number =>
  histogram.reduce((sum, hits, bucket) => ((latenessBoundsMs[bucket] ?? Infinity) > ms ? sum + hits : sum), 0);

/** Smallest bound beyond which lies no more than the share of the population that `cover` leaves; null if none is that large. */
export const smallestCoverMs = (histogram: Histogram, population: number, cover: number): number | null => {
  const allowed = Math.floor(population * (1 - cover) + 1e-6);
  return latenessBoundsMs.find((bound) => countBeyond(histogram, bound) <= allowed) ?? null;
};

/** What was counted and not yet added to the table. As large as there are subjects, however long nobody takes it. */
export interface LatenessTally {
  readonly count: (kind: LatenessKind, subject: string, ms: number) => void;
  /** All that there is; from then on it is the taker's. */
  readonly take: () => readonly LatenessSum[];
  readonly giveBack: (sums: readonly LatenessSum[]) => void;
}

export const createLatenessTally = (): LatenessTally => {
  const sums = new Map<LatenessKind, Map<string, number[]>>();
  const hitsOf = (kind: LatenessKind, subject: string): number[] => {
    const ofKind = sums.get(kind) ?? new Map<string, number[]>();
    const known = ofKind.get(subject);
    if (known) return known;
    const hits = [...emptyHistogram];
    sums.set(kind, ofKind.set(subject, hits));
    return hits;
  };
  const add = (kind: LatenessKind, subject: string, bucket: number, more: number): void => {
    const hits = hitsOf(kind, subject);
    hits[bucket] = (hits[bucket] ?? 0) + more;
  };
  return {
    count: (kind, subject, ms) => add(kind, subject, bucketOf(ms), 1),
    take: () => {
      const all = [...sums].flatMap(([kind, ofKind]) =>
        [...ofKind].map(([subject, histogram]) => ({ kind, subject, histogram })),
      );
      sums.clear();
      return all;
    },
    giveBack: (given) => {
      for (const { kind, subject, histogram } of given) histogram.forEach((hits, bucket) => add(kind, subject, bucket, hits));
    },
  };
};
