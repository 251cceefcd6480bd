/** A queue time that holds a watermark back for a while. */
interface Floor {
  readonly atMs: number;
  readonly untilMonotonicMs: number;
  /** Queue time at which it is visible to others at the latest. */
  readonly returnsAtMs: number;
}

/**
 * Where the queue stands. What comes back may have to wait behind a backlog: a queue may hand it out as if it had been sent only
 * then. So a ghost counts until its time is up and messages of the time of its return have been received, or there was none.
 */
export interface QueueProgress {
  /** When what leaves now is visible to others at the latest, in queue time. */
  readonly returnsAtMs: (monotonicMs: number) => number;
  /** The newest queue time received; Infinity where nothing is received any more. */
  readonly reachedMs: (monotonicMs: number) => number;
}

export interface InHand {
  readonly handle: string;
  readonly sentAtMs: number;
  readonly receiveCount: number;
}

/**
 * About half an hour of coming back. What has been received more often (it trips a bug of ours, or cannot be set aside) would
 * hold back the whole fleet's closes for as long as it lives; an outage that keeps every message is mostly over by then.
 */
const mostReceives = 30;

const mayHold = ({ receiveCount }: InHand): boolean => receiveCount <= mostReceives;

/**
 * What holds a worker's watermark back: the messages in its hands, and the ghosts of those that left its hands undeleted. Both
 * count for `ghostMs`, and in a backlog longer: a message held past its visibility timeout may be in another's hands, and then
 * it is theirs to count.
 */
export interface Floors {
  readonly take: (messages: readonly InHand[], monotonicMs: number) => void;
  readonly drop: (messages: readonly InHand[]) => void;
  /** They leave undeleted: what they held back stays held back for a while. */
  readonly release: (messages: readonly InHand[], monotonicMs: number) => void;
  readonly haunt: (atMs: number, monotonicMs: number) => void;
  /** Infinity when nothing holds it back. */
  readonly lowest: (monotonicMs: number) => number;
}

const lowestOf = (floors: Iterable<Floor>, counts: (floor: Floor) => boolean): number => {
  let lowest = Infinity;
  for (const floor of floors) if (floor.atMs < lowest && counts(floor)) lowest = floor.atMs;
  return lowest;
};

export const createFloors = (ghostMs: number, { returnsAtMs, reachedMs }: QueueProgress): Floors => {
  const held = new Map<string, Floor>();
  let ghosts: readonly Floor[] = [];
  const floorAt = (atMs: number, monotonicMs: number): Floor => ({
    atMs,
    untilMonotonicMs: monotonicMs + ghostMs,
    returnsAtMs: returnsAtMs(monotonicMs),
  });
  const drop = (messages: readonly InHand[]): void => {
    for (const { handle } of messages) held.delete(handle);
  };
  const haunt = (atMs: number, monotonicMs: number): void => {
    if (atMs < Infinity) ghosts = [...ghosts, floorAt(atMs, monotonicMs)];
  };
  const stillCounts = (monotonicMs: number): ((floor: Floor) => boolean) => {
    const reached = reachedMs(monotonicMs);
    return (floor) => floor.untilMonotonicMs > monotonicMs || floor.returnsAtMs > reached;
  };
  return {
    take: (messages, monotonicMs) => {
      for (const { handle, sentAtMs } of messages.filter(mayHold)) held.set(handle, floorAt(sentAtMs, monotonicMs));
    },
    drop,
    release: (messages, monotonicMs) => {
      drop(messages);
      haunt(Math.min(...messages.filter(mayHold).map(({ sentAtMs }) => sentAtMs)), monotonicMs);
    },
    haunt,
    lowest: (monotonicMs) => {
      const counts = stillCounts(monotonicMs);
      if (ghosts.length > 0) ghosts = ghosts.filter(counts);
      return Math.min(lowestOf(held.values(), counts), lowestOf(ghosts, counts));
    },
  };
};
