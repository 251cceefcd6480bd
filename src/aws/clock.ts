import { setTimeout as after } from 'node:timers/promises';
import { narrowOffset, offsetMs, type OffsetBounds } from '../core/clock-offset';
import type { Clock } from '../ports';

/** The host's clocks, both in ms: `Date.now` and `performance.now`, passed in by main. */
export interface HostTime {
  readonly nowMs: () => number;
  readonly monotonicMs: () => number;
}

export interface AwsClock extends Clock {
  readonly host: HostTime;
  /** Learns from one answer's `Date` header; one that is no date teaches nothing. */
  readonly learn: (answer: { readonly sentMs: number; readonly receivedMs: number; readonly date: string }) => void;
}

/** Host time until the first answer, AWS's from then on. Leases and back-offs of all workers are set on this one axis. */
export const awsClock = (host: HostTime): AwsClock => {
  let known: OffsetBounds | null = null;
  return {
    host,
    nowMs: () => Math.round(host.nowMs() + offsetMs(known)),
    monotonicMs: host.monotonicMs,
    sleep: async (ms, signal) => {
      // An aborted sleep is a short sleep, not an error.
      await after(Math.max(0, ms), undefined, signal && { signal }).catch(() => undefined);
    },
    learn: ({ sentMs, receivedMs, date }) => {
      const dateMs = Date.parse(date);
      if (Number.isFinite(dateMs)) known = narrowOffset(known, { sentMs, receivedMs, dateMs });
    },
  };
};
