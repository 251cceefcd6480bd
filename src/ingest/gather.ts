import type { WatchOutside } from '../breaker-watch';
import type { Clock, Metrics } from '../ports';
import type { IntakeWriter, QueuedPost } from '../ports-ingest';
import { createQueueHealth, type QueueHealth } from './queue-health';
import { type Batch, createWaitingPosts, type Gathered, mostTogether, type WaitingPosts } from './waiting-posts';

/** Together they keep up with 4,000 posts a second where a write takes 20 ms; no more than that hangs when SQS does. */
const mostWrites = 8;

interface Around {
  readonly clock: Pick<Clock, 'monotonicMs' | 'sleep'>;
  readonly metrics: Metrics;
  readonly gatherMs: number;
  readonly waiting: WaitingPosts;
  readonly health: Pick<QueueHealth, 'takeTurn' | 'write'>;
}

/** To be called when a post came, its time came, or a write ended: nothing else makes a write possible. */
const writesWhatIsDue = ({ clock, metrics, gatherMs, waiting, health }: Around): (() => void) => {
  let writes = 0;
  let isTimed = false;

  const write = async ({ posts }: Batch, endTurn: () => void): Promise<void> => {
    waiting.take(posts);
    writes += 1;
    metrics.add('PostsGathered', posts.length);
    const outcomes = await health.write(posts.map(({ post }) => post));
    writes -= 1;
    endTurn();
    posts.forEach(({ settle }, index) => settle(outcomes[index] ?? { kind: 'failed', why: 'no outcome' }));
    writeWhatIsDue();
  };
  const writeAfter = async (ms: number): Promise<void> => {
    if (isTimed) return;
    isTimed = true;
    await clock.sleep(ms);
    isTimed = false;
    writeWhatIsDue();
  };
  const writeWhatIsDue = (): void => {
    while (writes < mostWrites) {
      const batch = waiting.firstOnes();
      const [first] = batch.posts;
      if (!first) return;
      const leftMs = batch.isFull ? 0 : first.sinceMs + gatherMs - clock.monotonicMs();
      if (leftMs > 0) return void writeAfter(leftMs);
      const endTurn = health.takeTurn();
      if (!endTurn) return;
      void write(batch, endTurn);
    }
  };
  return writeWhatIsDue;
};

/**
 * Many posts become few writes. A write leaves when it is full, or `gatherMs` after the first of its posts came; while as many are
 * under way as may be, posts gather on. Each post has its own outcome.
 */
export const createGather = (outside: WatchOutside & { readonly writer: IntakeWriter }, gatherMs: number) => {
  const { clock, metrics } = outside;
  const waiting = createWaitingPosts();
  const health = createQueueHealth(outside, () => {
    if (health.mode() === 'open') waiting.turnAllAway();
  });
  const writeWhatIsDue = writesWhatIsDue({ clock, metrics, gatherMs, waiting, health });

  return {
    health,
    /** For how long the first that waits has waited: what a post that comes now must expect, at least. */
    longestMs: (): number => waiting.longestMs(clock.monotonicMs()),
    /** Whether a post that comes now may wait. While SQS is only being tried again: as many as one write takes. */
    hasRoom: (): boolean => {
      const mode = health.mode();
      return mode === 'closed' || (mode === 'probing' && waiting.count() < mostTogether);
    },
    /** Never rejects. */
    put: (post: QueuedPost, withdraw: AbortSignal): Promise<Gathered> => {
      if (health.mode() === 'open') return Promise.resolve({ kind: 'turned-away' });
      const gathered = waiting.add(post, clock.monotonicMs(), withdraw);
      writeWhatIsDue();
      return gathered;
    },
  };
};
