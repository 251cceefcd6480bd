/** Probabilities of a fault at each call, and lengths. */
export interface Weather {
  readonly refused: number;
  readonly lost: number;
  /** The caller is told that it failed, and it takes effect some seconds afterwards. */
  readonly landsLate: number;
  readonly partial: number;
  readonly slowMs: number;
  readonly stalled: number;
  readonly duplicates: number;
  readonly lostReceives: number;
  readonly indexLagMs: number;
  /** By worker: host clock less AWS's, ms. */
  readonly clockSkewMs: readonly number[];
  readonly genesys: Readonly<Record<'absent' | 'incomplete' | 'unavailable' | 'refused' | 'slow', number>>;
}
