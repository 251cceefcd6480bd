import type { DriftSighting, DriftWatch } from '../core/drift';
import { createDriftTally } from '../core/drift-tally';
import type { Clock, DriftStore, Log } from '../ports';
import { keepStatistics } from './statistics';

/** Says each departure once, counts them all, and brings the counts to the table now and then. */
export interface DriftKeeper extends DriftWatch {
  /** Adds every so often, and once more when the signal aborts. */
  readonly run: (over: AbortSignal) => Promise<void>;
}

export interface DriftKeeperOutside {
  readonly store: DriftStore;
  readonly clock: Clock;
  readonly log: Log;
}

/** The log names subject, path and kind, never what stood there: that is masked, and in the table only. */
export const keepDrift = ({ store, clock, log }: DriftKeeperOutside, retentionMs: number): DriftKeeper => {
  const tally = createDriftTally();
  const add = (sighting: DriftSighting): Promise<void> => store.add(sighting, clock.nowMs() + retentionMs);
  return {
    note: (subject, drift) => {
      const sighting = tally.count(subject, drift, clock.nowMs());
      if (sighting === null) return;
      const { path, kind, oldestVersion } = sighting;
      log.warn('What arrives departs from the newest schema. It is taken; said once.', { subject, path, kind, oldestVersion });
    },
    run: keepStatistics({ clock, log }, { of: 'drift', tally, add }),
  };
};
