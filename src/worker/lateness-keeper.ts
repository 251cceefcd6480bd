import { createLatenessTally, type LatenessKind, type LatenessSum } from '../core/lateness';
import type { MetricName } from '../core/metric-names';
import type { Clock, LatenessStore, Log, Metrics } from '../ports';

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

/** One write a subject: in a minute a few dozen, for any traffic. */
const addEveryMs = 60_000;

/**
 * Statistics, nothing more: nobody waits for them, a crash loses those of a minute, and an add whose answer was lost may count
 * twice. What could not be added is added later, to the sum of that later day.
 */
export const keepLateness = (outside: LatenessKeeperOutside, retentionMs: number): LatenessKeeper => {
  const { store, clock, log } = outside;
  const tally = createLatenessTally();
  let isFailing = false;

  const addAll = async (): Promise<void> => {
    const sums: LatenessSum[] = [...tally.take()];
    try {
      for (let sum = sums[0]; sum; sum = sums[0]) {
        await store.add(sum, clock.nowMs(), clock.nowMs() + retentionMs);
        sums.shift();
      }
      isFailing = false;
    } catch (error) {
      tally.giveBack(sums);
      // Said once, however long it lasts: what is wrong with the table others say.
      if (!isFailing) log.warn('Statistics of lateness could not be added and are kept for later.', { sums: sums.length }, error);
      isFailing = true;
    }
  };

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
    run: async (over) => {
      const isOver = (): boolean => over.aborted;
      while (!isOver()) {
        await clock.sleep(addEveryMs, over);
        if (!isOver()) await addAll();
      }
      await addAll();
    },
  };
};
