import { setTimeout as sleep } from 'node:timers/promises';
import { postOnce, type Answer } from './attempt';
import type { PlannedPost } from './plan';
import { proofHeaders } from './proof';
import type { DoorSecrets } from './secrets';

/* A sender as a good one is: it tries until it is told for good, with the same key, and goes to another door when one is shut. */

/** A post and what became of it. */
export interface Posted {
  readonly post: PlannedPost;
  /** The last one; null: none came. */
  readonly answer: Answer | null;
  readonly attempts: number;
  /** It had been accepted, and was sent once more. */
  readonly isAgain: boolean;
}

export interface Sender {
  /** Never rejects. */
  readonly send: (post: PlannedPost) => Promise<void>;
  readonly posted: () => readonly Posted[];
  /** Posts that this door has been given and has not answered. */
  readonly inFlight: (door: string) => number;
  /** Told of each post that a door is given. Answers how to stop listening. */
  readonly listen: (listener: (door: string) => void) => () => void;
}

export interface SenderOptions {
  /** Any of them will do. */
  readonly doors: readonly string[];
  readonly secrets: DoorSecrets;
  /** For one post, with all its attempts. */
  readonly patienceMs: number;
}

const attemptMs = 12_000;
/** A second of production is a tenth here, as all waits are. */
const gapMs = 100;

const mayWorkLater = (answer: Answer | null): boolean =>
  answer === null || [408, 429].includes(answer.status) || answer.status >= 500;

const eventType = 'v2.detail.events.conversation';

const requestOf = ({ body, key, proof }: PlannedPost, secrets: DoorSecrets) => ({
  body,
  headers: {
    ...proofHeaders(proof, body, secrets),
    'x-event-type': eventType,
    ...(key === null ? {} : { 'x-idempotency-key': key }),
  },
});

/** Counts what each door has in hand. */
const openCounts = () => {
  const counts = new Map<string, number>();
  const listeners = new Set<(door: string) => void>();
  const add = (door: string, change: number): void => void counts.set(door, (counts.get(door) ?? 0) + change);
  return {
    during: async <T>(door: string, work: () => Promise<T>): Promise<T> => {
      add(door, 1);
      listeners.forEach((listener) => listener(door));
      return work().finally(() => add(door, -1));
    },
    of: (door: string): number => counts.get(door) ?? 0,
    listen: (listener: (door: string) => void) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
};

export const openSender = ({ doors, secrets, patienceMs }: SenderOptions): Sender => {
  const posted: Posted[] = [];
  const counts = openCounts();
  let turn = 0;

  const sendOnce = async (post: PlannedPost, isAgain: boolean): Promise<Posted> => {
    const endMs = performance.now() + patienceMs;
    const first = (turn += 1);
    for (let attempts = 1; ; attempts++) {
      const door = doors[(first + attempts) % doors.length]!;
      const answer = await counts.during(door, () => postOnce(door, requestOf(post, secrets), attemptMs));
      if (!mayWorkLater(answer) || performance.now() > endMs) return { post, answer, attempts, isAgain };
      // The next door at once; when each has been asked, after a while.
      if (attempts % doors.length === 0) await sleep(gapMs);
    }
  };

  return {
    send: async (post) => {
      posted.push(await sendOnce(post, false));
      if (post.again) posted.push(await sendOnce(post, true));
    },
    posted: () => posted,
    inFlight: counts.of,
    listen: counts.listen,
  };
};
