/** A queue time that holds a watermark back for a while. */
interface Floor {
  readonly atMs: number;
  readonly untilMonotonicMs: number;
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
 * count for `ghostMs`: a message held past its visibility timeout may be in another's hands, and then it is theirs to count.
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

export const createFloors = (ghostMs: number): Floors => {
  const held = new Map<string, Floor>();
  let ghosts: readonly Floor[] = [];
  const drop = (messages: readonly InHand[]): void => {
    for (const { handle } of messages) held.delete(handle);
  };
  const haunt = (atMs: number, monotonicMs: number): void => {
    if (atMs < Infinity) ghosts = [...ghosts, { atMs, untilMonotonicMs: monotonicMs + ghostMs }];
  };
  return {
    take: (messages, monotonicMs) => {
      for (const { handle, sentAtMs } of messages.filter(mayHold))
        held.set(handle, { atMs: sentAtMs, untilMonotonicMs: monotonicMs + ghostMs });
    },
    drop,
    release: (messages, monotonicMs) => {
      drop(messages);
      haunt(Math.min(...messages.filter(mayHold).map(({ sentAtMs }) => sentAtMs)), monotonicMs);
    },
    haunt,
    lowest: (monotonicMs) => {
      ghosts = ghosts.filter((ghost) => ghost.untilMonotonicMs > monotonicMs);
      const counting = [...held.values()].filter((one) => one.untilMonotonicMs > monotonicMs);
      return [...counting, ...ghosts].reduce((lowest, { atMs }) => Math.min(lowest, atMs), Infinity);
    },
  };
};
