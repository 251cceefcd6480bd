import type { Clock } from '../ports';

/** Those who wait until something has changed, or for their time. */
export const createWaiters = (clock: Pick<Clock, 'sleep'>) => {
  const waiters = new Set<() => void>();
  return {
    wake: (): void => waiters.forEach((wake) => wake()),
    wait: async (ms: number, signal: AbortSignal): Promise<void> => {
      const awake = new AbortController();
      const wake = (): void => awake.abort();
      waiters.add(wake);
      signal.addEventListener('abort', wake);
      await clock.sleep(ms, awake.signal);
      waiters.delete(wake);
      signal.removeEventListener('abort', wake);
    },
  };
};
