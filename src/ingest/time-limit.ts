import type { Clock } from '../ports';

interface Waiting {
  readonly dueMs: number;
  readonly expire: () => void;
}

/**
 * Waits for promises, for each the same time at most. Who comes first is due first, so one timer serves them all: no post costs
 * a timer of its own.
 */
export const createTimeLimit = ({ monotonicMs, sleep }: Pick<Clock, 'monotonicMs' | 'sleep'>, limitMs: number) => {
  /** In the order in which they are due. */
  const waiting = new Set<Waiting>();
  let watch = new AbortController();

  const expireInTurn = async (over: AbortSignal): Promise<void> => {
    for (let [first] = waiting; first && !over.aborted; [first] = waiting) {
      await sleep(first.dueMs - monotonicMs(), over);
      for (const one of waiting) {
        if (one.dueMs > monotonicMs()) break;
        one.expire();
      }
    }
  };
  const add = (one: Waiting): void => {
    waiting.add(one);
    if (waiting.size > 1) return;
    watch = new AbortController();
    void expireInTurn(watch.signal);
  };
  const remove = (one: Waiting): void => {
    if (waiting.delete(one) && waiting.size === 0) watch.abort();
  };

  return {
    /** What it resolves to, or null where that takes longer. Rejects where it does so in time; later, nobody hears of it. */
    within: <T>(promise: Promise<T>): Promise<{ readonly answer: T } | null> =>
      new Promise((resolve, reject) => {
        const one = {
          dueMs: monotonicMs() + limitMs,
          expire: () => {
            remove(one);
            resolve(null);
          },
        };
        add(one);
        promise.then((answer) => resolve({ answer }), reject).finally(() => remove(one));
      }),
  };
};
