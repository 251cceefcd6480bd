import type { PostAttributes } from './core/ingest/post';

/*
 * What the door over HTTP needs from outside, on one page. Types only; the promises are kept by every version of a port (AWS, memory)
 * and held by its contract suite in test/contract.
 */

/** What goes to the queue. */
export interface QueuedPost {
  /** As it was sent, byte for byte. */
  readonly body: string;
  readonly attributes: PostAttributes;
}

/** Of one post of a batch. */
export type WriteOutcome =
  /** The queue has it, for good. */
  | { readonly kind: 'written'; readonly messageId: string }
  /** The queue will never take it. `why` is SQS's code, no text of the post. */
  | { readonly kind: 'refused'; readonly why: string }
  /** Not now. */
  | { readonly kind: 'failed'; readonly why: string };

export interface IntakeWriter {
  /**
   * Writes at most 10 posts, together at most SQS's largest message, and answers each its own outcome, in their order. Rejects when
   * there is no answer: each of them may have been written or not.
   */
  readonly write: (batch: readonly QueuedPost[]) => Promise<readonly WriteOutcome[]>;
}

/** Which message an idempotency key and a body first became. Its digest is core/ingest/post's. */
export interface KeptKeys {
  /** The message's id, or null where nothing is kept, or no longer. Consistent. */
  readonly find: (digest: string, nowMs: number) => Promise<string | null>;
  /** Keeps the id, unless one is kept that has not expired. Answers the one that stands: who comes second learns the first's. */
  readonly keep: (
    digest: string,
    kept: { readonly messageId: string; readonly expiresAtMs: number },
    nowMs: number,
  ) => Promise<string>;
}

/** What senders prove themselves with; of each kind at most two at a time, so that one can be replaced. */
export interface IngestSecrets {
  /** Sent as they are, `Authorization: Bearer`. */
  readonly bearer: readonly string[];
  /** Keys of HMAC-SHA256. */
  readonly signing: readonly string[];
}

export interface IngestSecretSource {
  /**
   * `known`: what was read a short while ago will do. `fresh`: somebody came with another secret, and it may have been replaced
   * just now; a source does not ask again more often than every few seconds. Null: they cannot be had, and none ever could.
   */
  readonly read: (how: 'known' | 'fresh') => Promise<IngestSecrets | null>;
}
