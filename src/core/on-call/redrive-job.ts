/*
 * A redrive as the table keeps it, so that anybody can resume it and everything it selected is accounted for:
 *
 *   REDRIVE#<job>  JOB         this, and a lease: one at a time works on it
 *                  S#<n>       what was selected, in chunks
 *                  M#<id>      what this job did with one: moved, skipped, failed
 *                  O#<id>      what the worker then did with it: admitted, or refused again
 *
 * selected = moved + skipped + failed + left, at any time.
 */

export type RedriveState = 'running' | 'done' | 'stopped' | 'cancelled';

export interface RedriveJob {
  readonly job: string;
  readonly state: RedriveState;
  /** Why it is not running. */
  readonly because: string | null;
  readonly startedAtMs: number;
  readonly who: string;
  readonly why: string;
  /** The filter, as the one who asked wrote it. */
  readonly what: string;
  readonly place: 'worker' | 'eventbridge' | 'subscription' | 'window' | 'execution';
  readonly queueUrl: string | null;
  readonly selected: number;
  readonly perSecond: number;
  /** Share of those moved that may be refused again before it stops by itself, 0 to 1. */
  readonly stopAt: number;
  /** Somebody asked it to end. */
  readonly cancel: boolean;
  /** Somebody works on it, and will be done or have said more by then. Absent: nobody does. */
  readonly heldUntilMs?: number;
}

/** What a job did with one of its selection. Written after the copy is in its new place and before the letter is deleted. */
export interface Move {
  readonly id: string;
  readonly did: 'moved' | 'skipped' | 'failed';
  readonly why: string | null;
}

/** What came of a message that was moved back, by the worker that took it. */
export interface RedriveOutcome {
  readonly job: string;
  /** The letter's id in the selection. */
  readonly letter: string;
  readonly outcome: 'admitted' | 'refused';
  /** Of a refusal. */
  readonly reason: string | null;
}
