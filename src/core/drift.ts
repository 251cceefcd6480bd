import type { Drift } from './registry/verdict';

/** Departures from a subject's newest schema at one path, as the fleet has seen them. */
export interface DriftSighting extends Drift {
  readonly subject: string;
  readonly count: number;
  readonly firstAtMs: number;
  readonly lastAtMs: number;
  /** Oldest version that knows every field of the message that was seen last; null when none does. */
  readonly oldestVersion: number | null;
  /** What stood there in it, customer data masked. */
  readonly example: string;
}
