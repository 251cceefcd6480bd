import type { Move, RedriveOutcome } from '../core/on-call/redrive-job';

/** How far a job may climb now. */
export interface Rung {
  /** How many of so many may be moved now, at most ten; waits for its turn. 0: enough. */
  readonly admit: (count: number) => Promise<number>;
  /** What became of those, once it is noted. */
  readonly done: (moves: readonly Move[]) => Promise<void>;
}

/**
 * How what has stopped in one place is moved back. Every step may happen twice, and may be the last one: whatever is moved is first
 * in its new place, then noted, and only then gone from its old one.
 */
export interface Mover {
  /** Where to, as a person calls it. */
  readonly to: string;
  /** What to look at when nobody says what came of it; null where nobody ever will. */
  readonly whenSilent: string | null;
  /** Moves what is left of the selection, as far as the rung admits. `through`: all that can be had now has been met. */
  readonly climb: (rung: Rung) => Promise<'through' | 'enough'>;
  /** Of these, as far as it is known. */
  readonly outcomesOf: (moves: readonly Move[]) => Promise<readonly RedriveOutcome[]>;
  /** Until when something of this job may be hidden in its old place: by us, who could not delete it, or by whoever died over it. */
  readonly hiddenUntilMs: () => number;
}
