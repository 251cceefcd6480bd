/** How AWS behaves from now on. */
export interface Weather {
  /** Before every answer. */
  readonly rttMs: number;
  /** Share of the writes to the queue that go wrong, each way a third of them. */
  readonly failing: number;
  /** Requests to Genesys's API that it answers within a minute; the others are told to come later. Left out: all. */
  readonly genesysPerMinute?: number;
}

/** What becomes of a write. `lost-answer`: it is stored, and whoever asked never learns. */
export type Fate = 'well' | 'partly' | 'refused' | 'lost-answer';

export const drawFate = (failing: number, fraction: number): Fate => {
  if (fraction >= failing) return 'well';
  if (fraction >= (failing * 2) / 3) return 'partly';
  return fraction >= failing / 3 ? 'refused' : 'lost-answer';
};
