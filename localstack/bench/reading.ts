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
  /** What the subject got done: posts accepted, messages deleted, windows closed. */
  readonly done: number;
  /** By status; 0: no answer. Of a subject that answers nobody: none. */
  readonly answers: Readonly<Record<string, Latency>>;
  readonly subject: Spent;
  /** Null where the backend itself holds what is to be done. */
  readonly generator: Spent | null;
  readonly backend: Spent | null;
  /** Calls that the backend answered, by operation. */
  readonly calls: Readonly<Record<string, number>>;
  /** DynamoDB's capacity units that those calls took; none where the backend does not count them. */
  readonly units: Units;
}

/** A write unit is 1 KB of an item; a read unit 4 KB read consistently. The index's writes are counted apart. */
export interface Units {
  readonly write: number;
  readonly indexWrite: number;
  readonly read: number;
}

export const noUnits: Units = { write: 0, indexWrite: 0, read: 0 };

export const accepted = '200';

export const latencyOf = (takenMs: readonly number[]): Latency => {
  const sorted = Float64Array.from(takenMs).sort();
  const at = (share: number): number => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
  return { count: sorted.length, p50Ms: at(0.5), p99Ms: at(0.99), maxMs: at(1) };
};
