import type { Post } from './core/ingest/post';
import type { Refusal } from './core/ingest/problem';

/** How a post ended. */
export type PostOutcome =
  /** The queue has it. `repeated`: it had it before, as this message. */
  | { readonly kind: 'accepted'; readonly messageId: string; readonly repeated: boolean }
  /** It can never be taken. */
  | { readonly kind: 'refused'; readonly refusal: Refusal }
  /** Not now: the queue may have it or not. */
  | { readonly kind: 'unavailable'; readonly why: Unavailability; readonly retryAfterMs: number };

/** `queue-away`: the breaker is open, or the write failed. `overloaded`: more posts wait than may. `too-slow`: no answer in time. */
export type Unavailability = 'queue-away' | 'overloaded' | 'too-slow';

/** Leave to have a body read: called once the post is answered, whatever the answer. */
export type Leave = () => void;

/**
 * The door over HTTP, less HTTP: nothing is accepted before the queue has it.
 *
 * A post in order: enter (is there room, is the queue there) → recognise (is the body an envelope that we know) → find (was it
 * taken before) → gather and write (few requests, each post its own outcome) → keep (the key) → answer.
 */
export interface Ingest {
  /** To be asked before a body is read. `bytes`: as many as it may have. Takes its place until it is told to leave. */
  readonly enter: (bytes: number) => Leave | Extract<PostOutcome, { readonly kind: 'unavailable' }>;
  /** Never rejects. Answers in bounded time. */
  readonly accept: (post: Post) => Promise<PostOutcome>;
  /** For the metrics, every now and then. */
  readonly report: () => void;
  /** Resolves when nothing is on its way to the queue, or at the signal. */
  readonly drain: (hard: AbortSignal) => Promise<void>;
}
