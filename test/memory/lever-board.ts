import { answer } from '../../src/memory/answer';
import type { Lever, Pause } from '../../src/core/on-call/levers';
import type { LeverBoard } from '../../src/ports-on-call';

export const memoryLeverBoard = (): LeverBoard => {
  const pulled = new Map<Lever, Pause>();
  return {
    read: () => answer(() => [...pulled.values()].sort((a, b) => (a.lever < b.lever ? -1 : 1))),
    pause: (pause) =>
      answer(() => {
        const before = pulled.get(pause.lever);
        if (before?.reason !== pause.reason) pulled.set(pause.lever, { ...pause, sinceMs: before?.sinceMs ?? pause.sinceMs });
      }),
    resume: (lever) => answer(() => void pulled.delete(lever)),
  };
};
