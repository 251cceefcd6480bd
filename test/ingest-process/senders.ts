import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { type Answer, postOnce } from '../../localstack/demo/door/attempt';
import { feedMessage } from '../factories';
import type { Accepted } from './queue-contents';

export interface Sendable {
  readonly body: string;
  readonly key: string | null;
}

export interface Attempt {
  readonly post: Sendable;
  readonly startedMs: number;
  /** Null: the connection ended, or none could be had. */
  readonly answer: Answer | null;
}

const patienceMs = 20_000;
/** Between two attempts of one sender. */
const gapMs = 250;

/** Some have no key; of the others some share theirs, as events of one conversation do. */
export const aPost = (n: number): Sendable => {
  const conversation = `00000000-0000-4000-8000-${String(n % 3 === 0 ? n - 1 : n).padStart(12, '0')}`;
  const body = JSON.stringify(feedMessage({ conversation, eventBridgeId: randomUUID() }));
  return { body, key: n % 4 === 0 ? null : conversation };
};

export const postTo = (url: string, secret: string, { body, key }: Sendable): Promise<Answer | null> => {
  const headers = { authorization: `Bearer ${secret}`, ...(key === null ? {} : { 'x-idempotency-key': key }) };
  return postOnce(url, { body, headers }, patienceMs);
};

/** Senders who try each post until it is accepted, with the same key and body, and write down every attempt. */
export const openSenders = (url: string, secret: string) => {
  const attempts: Attempt[] = [];
  let inFlight = 0;
  let posts = 0;

  const attempt = async (post: Sendable): Promise<Answer | null> => {
    const startedMs = performance.now();
    inFlight += 1;
    const answer = await postTo(url, secret, post);
    inFlight -= 1;
    attempts.push({ post, startedMs, answer });
    return answer;
  };
  const one = async (over: () => boolean, until: 'accepted' | 'over'): Promise<void> => {
    while (!over()) {
      const post = aPost((posts += 1));
      while ((await attempt(post))?.status !== 200 && !(until === 'over' && over())) await pause(gapMs);
    }
  };

  return {
    /** So many at a time until it is over; each tries its last post until that is accepted, or gives it up then. */
    send: async (senders: number, over: () => boolean, until: 'accepted' | 'over' = 'accepted'): Promise<void> => {
      await Promise.all(Array.from({ length: senders }, () => one(over, until)));
    },
    attempt,
    attempts: (): readonly Attempt[] => attempts,
    inFlight: (): number => inFlight,
    accepted: (): readonly Accepted[] =>
      attempts.flatMap(({ post, answer }) =>
        answer?.status === 200 ? [{ ...post, messageId: answer.messageId ?? 'none' }] : [],
      ),
  };
};
