import type { Effect, Moment, TracedEffect } from './history';

/** What took effect, in order; and who waits for a moment to strike in. */
export interface Trace {
  readonly effects: readonly TracedEffect[];
  readonly tell: (effect: Effect) => void;
  readonly branches: ReadonlyMap<string, number>;
  readonly take: (branch: string) => void;
  /** A worker has got so far with a conversation, or with a batch (null). It has not heard of it yet. */
  readonly reach: (worker: number, moment: Moment, conversationId: string | null) => void;
  readonly onReach: (listener: Trace['reach']) => void;
}

export const createTrace = (nowMs: () => number): Trace => {
  const beganMs = nowMs();
  const effects: TracedEffect[] = [];
  const branches = new Map<string, number>();
  const listeners: Trace['reach'][] = [];
  return {
    effects,
    tell: (effect) => void effects.push({ ...effect, atMs: nowMs() - beganMs }),
    branches,
    take: (branch) => void branches.set(branch, (branches.get(branch) ?? 0) + 1),
    reach: (worker, moment, conversationId) => {
      for (const listener of listeners) listener(worker, moment, conversationId);
    },
    onReach: (listener) => void listeners.push(listener),
  };
};
