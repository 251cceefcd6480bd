import type { Purpose } from './genesys-answers';

/*
 * A bucket of tokens, one for each request, that fills up evenly. Of a limit a small part may go at once, the burst; the rest comes
 * back over a minute and a second:
 *
 *   burst + rate × 61 s = limit
 *
 * so that in any 60 s at most the limit goes out, wherever the real minute begins, though the clocks of two workers differ by a
 * second. The smaller the burst, the less of a minute's quota is never used.
 */
export interface Bucket {
  /** Tokens at `atMs`; below zero where others have used up more than was ours to give. */
  readonly level: number;
  readonly atMs: number;
}

const periodMs = 61_000;

/** At least one, or nothing would ever go; some more, or there would be nothing to keep for those who go first. */
export const burstOf = (limit: number): number => Math.max(1, Math.min(4, limit / 2), limit / 40);

/** Tokens in a millisecond. */
export const rateOf = (limit: number): number => Math.max(limit - burstOf(limit), limit / 2) / periodMs;

/** What of the burst is left to those who go first. */
const keptBy: Readonly<Record<Purpose, number>> = { live: 0, redrive: 0.5, reconciliation: 0.75 };

export const fullBucket = (limit: number, nowMs: number): Bucket => ({ level: burstOf(limit), atMs: nowMs });

/** Time that goes back, from one worker's clock to another's, fills nothing. */
export const filled = ({ level, atMs }: Bucket, limit: number, nowMs: number): Bucket => ({
  level: Math.min(burstOf(limit), level + Math.max(0, nowMs - atMs) * rateOf(limit)),
  atMs: Math.max(atMs, nowMs),
});

/** How long until somebody may take a token out, given that nobody else does; 0: now. Of a bucket that is filled up to now. */
export const lackMs = ({ level }: Bucket, limit: number, purpose: Purpose): number => {
  const needed = 1 + keptBy[purpose] * (burstOf(limit) - 1);
  return level >= needed ? 0 : Math.ceil((needed - level) / rateOf(limit));
};

export const withoutOne = ({ level, atMs }: Bucket): Bucket => ({ level: level - 1, atMs });
