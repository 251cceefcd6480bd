import type { Kind } from './conversation';

export interface Asked {
  readonly sizes: readonly number[];
  /** CPU time for each stage. */
  readonly cpuMs: number;
}

/** CPU microseconds per event, by stage, of all threads together. */
export interface Told {
  readonly kind: Kind;
  readonly size: number;
  readonly floor: number;
  readonly stages: Readonly<Record<string, number>>;
}
