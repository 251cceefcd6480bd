import type { Clock } from '../ports';

/*
 * Whether the worker's loops still turn. A loop has stopped when one of its turns has been under way for too long, or when none
 * has begun for too long. How a turn ends says nothing: a call that fails, a breaker that is open, a lever that is pulled and an
 * empty queue are turns like any other, and a new worker would meet the same.
 */

export type LoopName = 'receive' | 'close' | 'heartbeat';

export interface LoopState {
  readonly loop: LoopName;
  /** Since its longest turn under way began; where none is, since the last one. 0 while it waits for leave to go on. */
  readonly ageMs: number;
  readonly turns: boolean;
}

export interface Pulse {
  /** A loop that is alone comes round. */
  readonly beat: (loop: LoopName) => void;
  /** A turn of one of several begins; call what is answered when it is over. */
  readonly begin: (loop: LoopName) => () => void;
  /** Somebody waits for leave to begin a turn, for however long; call what is answered when he has it. */
  readonly wait: (loop: LoopName) => () => void;
  /** It was told to stop, and is judged no longer. */
  readonly end: (loop: LoopName) => void;
  /** Loops that have begun and not ended. */
  readonly look: () => readonly LoopState[];
  /** A poll has begun. */
  readonly hasReceived: () => boolean;
}

/**
 * Three times the slowest turn there is. Against services that do nothing but time out, a call takes half a minute, and a turn makes
 * a handful of them, one after the other.
 */
export const stuckAfterMs = 600_000;

interface Loop {
  lastMs: number;
  waiting: number;
  readonly turns: Set<{ readonly sinceMs: number }>;
}

const ageOf = ({ lastMs, waiting, turns }: Loop, nowMs: number): number => {
  if (turns.size > 0) return nowMs - Math.min(...[...turns].map(({ sinceMs }) => sinceMs));
  return waiting > 0 ? 0 : nowMs - lastMs;
};

export const createPulse = ({ monotonicMs }: Pick<Clock, 'monotonicMs'>): Pulse => {
  const loops = new Map<LoopName, Loop>();
  let hasReceived = false;
  const touch = (name: LoopName): Loop => {
    const loop = loops.get(name) ?? { lastMs: 0, waiting: 0, turns: new Set() };
    loop.lastMs = monotonicMs();
    loops.set(name, loop);
    return loop;
  };
  return {
    beat: (name) => void touch(name),
    begin: (name) => {
      if (name === 'receive') hasReceived = true;
      const loop = touch(name);
      const turn = { sinceMs: loop.lastMs };
      loop.turns.add(turn);
      return () => {
        loop.turns.delete(turn);
        loop.lastMs = monotonicMs();
      };
    },
    wait: (name) => {
      const loop = touch(name);
      loop.waiting += 1;
      return () => {
        loop.waiting -= 1;
        loop.lastMs = monotonicMs();
      };
    },
    end: (name) => void loops.delete(name),
    look: () =>
      [...loops].map(([loop, state]) => {
        const ageMs = Math.round(ageOf(state, monotonicMs()));
        return { loop, ageMs, turns: ageMs <= stuckAfterMs };
      }),
    hasReceived: () => hasReceived,
  };
};
