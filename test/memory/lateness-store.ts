import { keys } from '../../src/core/items';
import { emptyHistogram, type LatenessSum, mergeHistograms } from '../../src/core/lateness';
import { answer } from '../../src/memory/answer';
import type { LatenessStore } from '../../src/ports';

export const memoryLatenessStore = (): LatenessStore => {
  const days = new Map<string, Map<string, LatenessSum>>();
  const dayOf = (atMs: number): Map<string, LatenessSum> => {
    const { pk } = keys.lateness(atMs, '', '');
    const day = days.get(pk) ?? new Map<string, LatenessSum>();
    days.set(pk, day);
    return day;
  };
  return {
    add: ({ kind, subject, histogram }, atMs) =>
      answer(() => {
        const day = dayOf(atMs);
        const { sk } = keys.lateness(atMs, kind, subject);
        if (histogram.some((hits) => hits > 0))
          day.set(sk, { kind, subject, histogram: mergeHistograms(day.get(sk)?.histogram ?? emptyHistogram, histogram) });
      }),
    read: (atMs) => answer(() => [...dayOf(atMs).values()]),
  };
};
