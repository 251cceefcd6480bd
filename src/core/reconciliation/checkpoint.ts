/** How far the fleet has compared its records with Genesys's analytics. */
export interface Checkpoint {
  /** All that ended up to then has been looked at; null before the first pass. */
  readonly doneUpToMs: number | null;
  /** Of these, those whose window was not closed at the time: to be looked at again. */
  readonly again: readonly string[];
}

/** One worker's hold on it. */
export interface ReconciliationLease {
  readonly token: string;
  /** AWS's wall time: a lease that ended by then is free. */
  readonly nowMs: number;
  readonly untilMs: number;
  /** Of the whole row: without a pass for so long, the next one begins anew. */
  readonly expiresAtMs: number;
}
