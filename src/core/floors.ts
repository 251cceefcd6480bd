/** A queue time that holds a watermark back for a while. */
interface Floor {
  readonly atMs: number;
  readonly untilMonotonicMs: number;
}

export interface InHand {
  readonly handle: string;
  readonly sentAtMs: number;
}

/**
 * What holds a worker's watermark back: the messages in its hands, and the ghosts of those that left its hands undeleted. Both
 * count for `ghostMs`: a message held past its visibility timeout may be in another's hands, and then it is theirs to count.
 */
export interface Floors {
  readonly take: (messages: readonly InHand[], monotonicMs: number) => void;
  readonly drop: (messages: readonly InHand[]) => void;
  readonly haunt: (atMs: number, monotonicMs: number) => void;
  /** Infinity when nothing holds it back. */
  readonly lowest: (monotonicMs: number) => number;
}

export const createFloors = (ghostMs: number): Floors => {
  const held = new Map<string, Floor>();
  let ghosts: readonly Floor[] = [];
  return {
    take: (messages, monotonicMs) => {
      for (const { handle, sentAtMs } of messages) held.set(handle, { atMs: sentAtMs, untilMonotonicMs: monotonicMs + ghostMs });
    },
    drop: (messages) => {
      for (const { handle } of messages) held.delete(handle);
    },
    haunt: (atMs, monotonicMs) => {
      ghosts = [...ghosts, { atMs, untilMonotonicMs: monotonicMs + ghostMs }];
    },
    lowest: (monotonicMs) => {
      ghosts = ghosts.filter((ghost) => ghost.untilMonotonicMs > monotonicMs);
      const counting = [...held.values()].filter((one) => one.untilMonotonicMs > monotonicMs);
      return [...counting, ...ghosts].reduce((lowest, { atMs }) => Math.min(lowest, atMs), Infinity);
    },
  };
};
