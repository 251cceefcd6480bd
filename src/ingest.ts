import { attributesOf, keyDigest, type Post } from './core/ingest/post';
import type { Refusal } from './core/ingest/problem';
import { createFlights } from './ingest/flights';
import { createGather } from './ingest/gather';
import { createPostKeys } from './ingest/post-keys';
import { recognise, sizeOf } from './ingest/recognise';
import { createRoom, mostBytesInHand } from './ingest/room';
import { createTimeLimit } from './ingest/time-limit';
import type { Clock, Log, Metrics, Random } from './ports';
import type { IntakeWriter, KeptKeys } from './ports-ingest';

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

export interface IngestOutside {
  readonly writer: IntakeWriter;
  /** Null: no keys are kept. */
  readonly keys: KeptKeys | null;
  readonly clock: Clock;
  readonly random: Pick<Random, 'fraction'>;
  readonly log: Log;
  readonly metrics: Metrics;
}

export interface IngestSettings {
  readonly maxWaiting: number;
  readonly gatherMs: number;
  readonly timeoutMs: number;
  /** 0: keys are not kept. */
  readonly idempotencyMs: number;
}

/** How long a post waits for what is kept of its key: a courtesy is worth no more of a sender's time. */
const keyLimitMs = (timeoutMs: number): number => Math.min(1_000, timeoutMs / 4);

type Unavailable = Extract<PostOutcome, { readonly kind: 'unavailable' }>;

const makeParts = (outside: IngestOutside, settings: IngestSettings) => {
  const { clock, keys, metrics } = outside;
  const gather = createGather(outside, settings.gatherMs);
  const keySettings = { idempotencyMs: settings.idempotencyMs, limitMs: keyLimitMs(settings.timeoutMs) };
  return {
    gather,
    metrics,
    keys: keys && settings.idempotencyMs > 0 ? createPostKeys({ ...outside, keys }, keySettings) : null,
    /** Writes are so slow that who comes now would wait for one in vain. */
    isBehind: (): boolean => gather.longestMs() > settings.timeoutMs / 2,
    patience: createTimeLimit(clock, settings.timeoutMs),
    unavailable: (why: Unavailability): Unavailable => ({ kind: 'unavailable', why, retryAfterMs: gather.health.comeBackMs() }),
  };
};

type Parts = ReturnType<typeof makeParts>;

export const createIngest = (outside: IngestOutside, settings: IngestSettings): Ingest => {
  const parts = makeParts(outside, settings);
  const { gather, keys, metrics, patience, unavailable } = parts;
  const flights = createFlights<PostOutcome>();
  const most = { posts: settings.maxWaiting, bytes: mostBytesInHand };
  const letIn = createRoom(most);
  // Who hangs up gives up their place while their post is still on its way: it is bounded by itself.
  const underWay = createRoom(most);
  const sendOnce = sendOn(parts, outside.log);

  /** What comes of it, as long as its sender may wait. */
  const send = async (post: Post): Promise<PostOutcome> => {
    const digest = keys && post.idempotencyKey !== null ? keyDigest(post.idempotencyKey, post.body) : null;
    const wait = flights.join(digest, (nobodyWaits) => sendOnce(post, digest, nobodyWaits));
    const landed = await patience.within(wait.landed);
    wait.leave();
    if (!landed) return unavailable('too-slow');
    const { answer } = landed;
    return answer.kind === 'accepted' && !wait.isFirst ? accepted(answer.messageId, true) : answer;
  };

  return {
    enter: (bytes) => {
      if (!gather.hasRoom()) return unavailable('queue-away');
      return (parts.isBehind() ? null : letIn.take(bytes)) ?? unavailable('overloaded');
    },
    accept: async (post) => {
      const refusal = recognise(post);
      if (refusal) return { kind: 'refused', refusal };
      if (!gather.hasRoom()) return unavailable('queue-away');
      const leave = underWay.take(sizeOf(post));
      if (!leave) return unavailable('overloaded');
      const outcome = await send(post);
      leave();
      if (outcome.kind === 'accepted' && outcome.repeated) metrics.add('PostsRepeated', 1);
      return outcome;
    },
    report: () => {
      gather.health.report();
      // A metric without data is no alarm's zero.
      for (const name of ['PostsRepeated', 'PostKeysMissed'] as const) metrics.add(name, 0);
    },
    drain: flights.untilNone,
  };
};

const accepted = (messageId: string, repeated: boolean): PostOutcome => ({ kind: 'accepted', messageId, repeated });

const refusedByQueue = (why: string): PostOutcome => ({
  kind: 'refused',
  refusal: { problem: 'not-text', detail: `Expected a body that SQS takes as a message; it refused it: ${why}.` },
});

/** A post's way to the queue, from find to keep. It may outlast who sent it: whoever sends it again learns what came of it. */
const sendOn = ({ keys, gather, metrics, unavailable }: Parts, log: Log) => {
  /** The queue has it as this message; it is another that stands for it where another process was first. */
  const keep = async (digest: string, messageId: string, wasFoundOut: boolean): Promise<PostOutcome> => {
    const kept = await keys?.keep(digest, messageId);
    if (!kept || !wasFoundOut) metrics.add('PostKeysMissed', 1);
    const standing = kept?.answer ?? messageId;
    return accepted(standing, standing !== messageId);
  };
  const sendOnce = async (post: Post, digest: string | null, nobodyWaits: AbortSignal): Promise<PostOutcome> => {
    const found = digest === null ? null : await keys?.find(digest);
    if (found?.answer) return accepted(found.answer, true);
    const gathered = await gather.put({ body: post.body, attributes: attributesOf(post) }, nobodyWaits);
    switch (gathered.kind) {
      case 'written':
        return digest === null
          ? accepted(gathered.messageId, false)
          : keep(digest, gathered.messageId, found !== null && found !== undefined);
      case 'refused':
        return refusedByQueue(gathered.why);
      case 'failed':
      case 'turned-away':
        return unavailable('queue-away');
      case 'withdrawn':
        return unavailable('too-slow');
    }
  };
  return (...args: Parameters<typeof sendOnce>): Promise<PostOutcome> =>
    sendOnce(...args).catch((error: unknown) => {
      log.error('A post could not be sent on: a bug. Whoever sent it may try again.', {}, error);
      return unavailable('queue-away');
    });
};
