import type { Spent } from './usage';

/** How long answers took, in milliseconds. */
export interface Latency {
  readonly count: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
  readonly maxMs: number;
}

/** What one round of one case measured. */
export interface Reading {
  readonly wallMs: number;
  /** By status; 0: no answer. Only `200` counts as done. */
  readonly answers: Readonly<Record<string, Latency>>;
  readonly subject: Spent;
  readonly generator: Spent;
  readonly backend: Spent | null;
  /** Calls that the backend answered, by operation. */
  readonly calls: Readonly<Record<string, number>>;
}

export const done = '200';

export const latencyOf = (takenMs: readonly number[]): Latency => {
  const sorted = Float64Array.from(takenMs).sort();
  const at = (share: number): number => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
  return { count: sorted.length, p50Ms: at(0.5), p99Ms: at(0.99), maxMs: at(1) };
};
