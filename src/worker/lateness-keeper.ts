import { createLatenessTally, type LatenessKind, type LatenessSum } from '../core/lateness';
import type { MetricName } from '../core/metric-names';
import type { Clock, LatenessStore, Log, Metrics } from '../ports';
import { keepStatistics } from './statistics';

/** Counts what is said of lateness, and brings it to the table now and then. */
export interface LatenessKeeper {
  /** The metrics that it was given, overheard. */
  readonly metrics: Metrics;
  /** Adds every so often, and once more when the signal aborts. */
  readonly run: (over: AbortSignal) => Promise<void>;
}

export interface LatenessKeeperOutside {
  readonly store: LatenessStore;
  readonly clock: Clock;
  readonly log: Log;
  readonly metrics: Metrics;
}

interface Overheard {
  readonly kind: LatenessKind;
  /** The dimension that says of what. */
  readonly by: string;
}

const overheard: Readonly<Partial<Record<MetricName, Overheard>>> = {
  Disorder: { kind: 'disorder', by: 'subject' },
  HoldGap: { kind: 'hold-gap', by: 'subject' },
  AcwHoldGap: { kind: 'acw-hold-gap', by: 'subject' },
  RecordsPut: { kind: 'records', by: 'pane' },
};

/** What could not be added is added later, to the sum of that later day. */
export const keepLateness = (outside: LatenessKeeperOutside, retentionMs: number): LatenessKeeper => {
  const { store, clock } = outside;
  const tally = createLatenessTally();
  const add = (sum: LatenessSum): Promise<void> => store.add(sum, clock.nowMs(), clock.nowMs() + retentionMs);
  return {
    metrics: {
      add: (name, value, dimensions) => {
        outside.metrics.add(name, value, dimensions);
        const said: Readonly<Record<string, string>> = dimensions ?? {};
        const { kind, by } = overheard[name] ?? {};
        // Of records only the number counts: each is in the first bucket.
        if (kind && by) tally.count(kind, said[by] ?? 'unknown', kind === 'records' ? 0 : value);
      },
    },
    run: keepStatistics(outside, { of: 'lateness', tally, add }),
  };
};
