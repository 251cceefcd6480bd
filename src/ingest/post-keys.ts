import { createBreaker } from '../core/breaker';
import type { KeptKeys } from '../ports-ingest';
import type { Clock, Log, Random } from '../ports';
import { createTimeLimit } from './time-limit';

export interface PostKeysOutside {
  readonly keys: KeptKeys;
  readonly clock: Clock;
  readonly random: Pick<Random, 'fraction'>;
  readonly log: Log;
}

export interface PostKeysSettings {
  /** How long a key is kept. */
  readonly idempotencyMs: number;
  /** How long a post waits for the table at most, each time. */
  readonly limitMs: number;
}

const second = 1_000;

/** A table that is away costs the posts of one second a second each, and from then on one post now and then. */
const options = {
  failures: 3,
  failingMs: second,
  firstOpenMs: 5 * second,
  longestOpenMs: 60 * second,
  calmMs: 60 * second,
  hearsAnyway: false,
};

type Call = 'find' | 'keep';

/** Asks the table as long as it answers. Null: it was not asked, or did not answer in time. Never rejects. */
const createAsk = ({ clock, random, log }: PostKeysOutside, limitMs: number) => {
  const breaker = createBreaker<Call>(options);
  const limit = createTimeLimit(clock, limitMs);
  const now = clock.monotonicMs;
  let isAway = false;

  const say = (error?: unknown): void => {
    if (isAway === (breaker.mode() !== 'closed')) return;
    isAway = !isAway;
    if (isAway) log.warn('The table does not answer: posts are accepted whether or not they were before.', {}, error);
    else log.info('The table answers again: posts that were accepted before are found.');
  };
  const fail = (call: Call, startedMs: number, error?: unknown): null => {
    breaker.failed([call], { startedMs, nowMs: now() }, random.fraction());
    say(error);
    return null;
  };

  return async <T>(call: Call, ask: () => Promise<T>): Promise<{ readonly answer: T } | null> => {
    const startedMs = now();
    if (!breaker.takeTurn(startedMs)) return null;
    const isProbe = breaker.mode() === 'probing';
    try {
      const answered = await limit.within(ask());
      if (!answered) return fail(call, startedMs);
      breaker.succeeded([call], now());
      say();
      return answered;
    } catch (error) {
      return fail(call, startedMs, error);
    } finally {
      if (isProbe) breaker.endTurn();
    }
  };
};

/**
 * What is kept of idempotency keys, as a courtesy: where the table does not answer soon, posts are accepted all the same, and the
 * window's own deduplication sees to what is sent twice. A post with a key costs a read, and a write unless it is a repeat.
 */
export const createPostKeys = (outside: PostKeysOutside, { idempotencyMs, limitMs }: PostKeysSettings) => {
  const { keys, clock } = outside;
  const ask = createAsk(outside, limitMs);
  return {
    /** The message that it became before, or null; null in place of both: nobody knows. */
    find: (digest: string) => ask('find', () => keys.find(digest, clock.nowMs())),
    /** The message that stands for it: another, where a process of the same kind was first. */
    keep: (digest: string, messageId: string) => {
      const nowMs = clock.nowMs();
      return ask('keep', () => keys.keep(digest, { messageId, expiresAtMs: nowMs + idempotencyMs }, nowMs));
    },
  };
};
