import { createFloors, type InHand, type QueueProgress } from './floors';

/**
 * A worker's own watermark: the queue time up to which it believes every message that reached it is admitted or set aside.
 *
 * It is the smallest of: the queue time of each message in hand; `seen` minus the out-of-orderness bound; the value it had when
 * each outstanding receive began, since two receives may come back out of order; and the floor of what left its hands
 * undeleted (a ghost), until another worker has had time to receive it. It may go back; only the fleet's never does.
 *
 * The value kept for a receive leaves the other receives out of account: were they in it, two that always overlap would hold
 * each other at the value of the first for ever. It leaves out the ghosts of other receives for the same reason: while some
 * fail now and then, one's ghost would be handed on to the next.
 */
export interface IntakeWatermark {
  readonly pollStarted: (poll: number, nowMs: number, monotonicMs: number) => void;
  readonly pollReturned: (poll: number, messages: readonly InHand[], monotonicMs: number) => void;
  /** The answer is unknown: what it may have carried is a ghost. */
  readonly pollFailed: (poll: number, monotonicMs: number) => void;
  readonly deleted: (messages: readonly InHand[]) => void;
  readonly kept: (messages: readonly InHand[], monotonicMs: number) => void;
  /** Epoch ms; 0 while it knows nothing; null while it has no say, having completed no receive for so long. */
  readonly value: (monotonicMs: number) => number | null;
  /** A receive has completed: from then on something may be in its hands. */
  readonly hasReceived: () => boolean;
  /** What a leaving worker bequeaths: the floor of what it held or handed back, null if nothing. */
  readonly floor: (monotonicMs: number) => number | null;
  /** The newest queue time received, or at which the queue was empty. */
  readonly seenMs: () => number;
  /** How far behind the newest queue time seen this one is, ms; 0 when it is the newest. */
  readonly disorder: (sentAtMs: number) => number;
}

export interface IntakeWatermarkOptions {
  readonly outOfOrdernessMs: number;
  /** The visibility timeout and two long polls: by then another worker has received what left this one's hands. */
  readonly ghostMs: number;
  readonly visibilityMs: number;
  /** The fleet's watermark at the start; 0 when there is none. */
  readonly initialMs: number;
}

const finiteOrNull = (value: number): number | null => (value === Infinity ? null : value);

interface Poll {
  readonly valueMs: number;
  readonly startedAtMs: number;
}

/** The receives that are under way. */
const createPolls = () => {
  const polls = new Map<number, Poll>();
  return {
    start: (id: number, poll: Poll) => void polls.set(id, poll),
    end: (id: number): Poll | undefined => {
      const poll = polls.get(id);
      polls.delete(id);
      return poll;
    },
    lowestMs: () => [...polls.values()].reduce((lowest, { valueMs }) => Math.min(lowest, valueMs), Infinity),
  };
};

/** When there was the last one, and what follows for what leaves now. */
const createReceives = ({ ghostMs, visibilityMs }: IntakeWatermarkOptions) => {
  let lastReceive: number | null = null;
  let hasReceived = false;
  /** Queue time less monotonic time, as of the last poll. */
  let offsetMs = 0;
  return {
    started: (nowMs: number, monotonicMs: number): void => {
      lastReceive ??= monotonicMs;
      offsetMs = nowMs - monotonicMs;
    },
    completed: (monotonicMs: number): void => {
      lastReceive = monotonicMs;
      hasReceived = true;
    },
    hasReceived: () => hasReceived,
    hasSay: (monotonicMs: number): boolean => lastReceive === null || monotonicMs - lastReceive <= ghostMs,
    returnsAtMs: (monotonicMs: number): number => monotonicMs + offsetMs + visibilityMs,
  };
};

export const createIntakeWatermark = (options: IntakeWatermarkOptions): IntakeWatermark => {
  const { outOfOrdernessMs, ghostMs, initialMs } = options;
  const polls = createPolls();
  const { started: receiveStarted, completed, hasReceived, hasSay, returnsAtMs } = createReceives(options);
  let seenMs = 0;
  const queue: QueueProgress = { returnsAtMs, reachedMs: (monotonicMs) => (hasSay(monotonicMs) ? seenMs : Infinity) };
  const floors = createFloors(ghostMs, queue);
  const lostPolls = createFloors(ghostMs, queue);

  const settledMs = (monotonicMs: number): number =>
    Math.min(floors.lowest(monotonicMs), Math.max(initialMs, seenMs - outOfOrdernessMs));
  const lowestGhost = (monotonicMs: number): number => Math.min(floors.lowest(monotonicMs), lostPolls.lowest(monotonicMs));

  return {
    pollStarted: (poll, nowMs, monotonicMs) => {
      receiveStarted(nowMs, monotonicMs);
      polls.start(poll, { valueMs: settledMs(monotonicMs), startedAtMs: nowMs });
    },
    pollReturned: (poll, messages, monotonicMs) => {
      completed(monotonicMs);
      const started = polls.end(poll);
      // An empty long poll asked every server of the queue: nothing older than its start is waiting. What was kept may be hidden
      // from it, but not for longer than its ghost counts.
      if (messages.length === 0 && started) seenMs = Math.max(seenMs, started.startedAtMs);
      floors.take(messages, monotonicMs);
      for (const { sentAtMs } of messages) seenMs = Math.max(seenMs, sentAtMs);
    },
    pollFailed: (poll, monotonicMs) => {
      const lost = polls.end(poll);
      // A worker whose every poll fails must leave the minimum some day: its later failures leave no ghosts.
      if (lost && hasSay(monotonicMs)) lostPolls.haunt(lost.valueMs, monotonicMs);
    },
    deleted: floors.drop,
    kept: floors.release,
    value: (monotonicMs) =>
      hasSay(monotonicMs)
        ? Math.min(settledMs(monotonicMs), lostPolls.lowest(monotonicMs), polls.lowestMs())
        : finiteOrNull(lowestGhost(monotonicMs)),
    hasReceived,
    seenMs: () => seenMs,
    floor: (monotonicMs) => finiteOrNull(lowestGhost(monotonicMs)),
    disorder: (sentAtMs) => Math.max(0, seenMs - sentAtMs),
  };
};
