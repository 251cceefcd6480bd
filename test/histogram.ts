import { bucketOf, emptyHistogram, type Histogram } from '../src/core/lateness';

/** One more in the bucket of so many ms. */
export const countIn = (histogram: Histogram, ms: number): Histogram =>
  histogram.map((hits, bucket) => (bucket === bucketOf(ms) ? hits + 1 : hits));

export const histogramOf = (values: readonly number[]): Histogram => values.reduce(countIn, emptyHistogram);
