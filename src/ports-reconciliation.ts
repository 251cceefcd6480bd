import type { EndedPage } from './core/genesys-answers';
import type { Checkpoint, ReconciliationLease } from './core/reconciliation/checkpoint';
import type { Slice } from './core/reconciliation/slice';

/* What the reconciliation needs from outside, beside ports.ts. */

/** Genesys's analytics of conversations that are over. Never rejects for what Genesys says. */
export interface EndedConversations {
  /** Each that ended within the slice, once, in pages. After an `unavailable` the same page is asked for again, after a `refused` none. */
  readonly endedWithin: (slice: Slice) => AsyncIterable<EndedPage>;
}

/** How far the fleet has compared its records with Genesys's analytics, and who is at it: one row for all. */
export interface ReconciliationStore {
  /** Takes the lease, or renews it under the same token, and answers the checkpoint. Null: somebody else holds it. */
  readonly take: (lease: ReconciliationLease) => Promise<Checkpoint | null>;
  /** Moves the checkpoint. False, and nothing is written, when the lease is no longer held under this token. */
  readonly advance: (token: string, checkpoint: Checkpoint) => Promise<boolean>;
  /** Lets go of the lease, if it is held under this token. */
  readonly release: (token: string) => Promise<void>;
}
