import { attributeBytes, limits, utf8Bytes } from '../core/limits';
import type { QueuedPost, WriteOutcome } from '../ports-ingest';

/** `turned-away`: the queue is away. `withdrawn`: nobody waited any more when its turn came. Neither was written. */
export type Gathered = WriteOutcome | { readonly kind: 'turned-away' | 'withdrawn' };

export interface WaitingPost {
  readonly post: QueuedPost;
  readonly bytes: number;
  readonly sinceMs: number;
  readonly settle: (outcome: Gathered) => void;
}

/** SQS: entries of a SendMessageBatch. */
export const mostTogether = 10;

export interface Batch {
  readonly posts: readonly WaitingPost[];
  /** It has no room for the next one, or for any. */
  readonly isFull: boolean;
}

/** Posts that wait to be written, those that came first at the front. */
export const createWaitingPosts = () => {
  const waiting = new Set<WaitingPost>();
  return {
    count: (): number => waiting.size,
    /** For how long the first has waited; 0 where none does. */
    longestMs: (nowMs: number): number => nowMs - (waiting.values().next().value?.sinceMs ?? nowMs),
    /** The first that fit into one write. */
    firstOnes: (): Batch => {
      const posts: WaitingPost[] = [];
      let bytes = 0;
      for (const one of waiting) {
        bytes += one.bytes;
        if (posts.length > 0 && bytes > limits.messageBytes) return { posts, isFull: true };
        posts.push(one);
        if (posts.length === mostTogether) return { posts, isFull: true };
      }
      return { posts, isFull: false };
    },
    take: (posts: readonly WaitingPost[]): void => posts.forEach((one) => waiting.delete(one)),
    turnAllAway: (): void => {
      for (const one of waiting) {
        waiting.delete(one);
        one.settle({ kind: 'turned-away' });
      }
    },
    /** Resolves when it is settled. Once it is taken, it is not withdrawn any more. */
    add: (post: QueuedPost, sinceMs: number, withdraw: AbortSignal): Promise<Gathered> =>
      new Promise((resolve) => {
        const settle = (outcome: Gathered): void => {
          withdraw.removeEventListener('abort', stop);
          resolve(outcome);
        };
        const one = { post, bytes: utf8Bytes(post.body) + attributeBytes(post.attributes), sinceMs, settle };
        const stop = (): void => {
          if (waiting.delete(one)) settle({ kind: 'withdrawn' });
        };
        waiting.add(one);
        withdraw.addEventListener('abort', stop);
        if (withdraw.aborted) stop();
      }),
  };
};

export type WaitingPosts = ReturnType<typeof createWaitingPosts>;
