import type { Clock, Log } from '../../ports';

const leastBetweenMs = 60_000;

/** A line that anybody outside can cause: said at most once a minute, with how often it would have been. */
export const createRareLine = (clock: Pick<Clock, 'monotonicMs'>, log: Pick<Log, 'warn'>, message: string) => {
  let count = 0;
  let saidAtMs = -Infinity;
  return (): void => {
    count += 1;
    const nowMs = clock.monotonicMs();
    if (nowMs - saidAtMs < leastBetweenMs) return;
    log.warn(message, { posts: count });
    saidAtMs = nowMs;
    count = 0;
  };
};
