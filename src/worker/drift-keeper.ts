import type { DriftWatch } from '../core/drift';
import { createDriftTally } from '../core/drift-tally';
import type { Clock, DriftStore, Log } from '../ports';

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

/** One write a row: none at all while what arrives is as the registry says. */
const addEveryMs = 60_000;

/**
 * Statistics, as those of lateness: a crash loses those of a minute, and an add whose answer was lost may count twice. The log
 * names subject, path and kind, never what stood there: that is masked, and in the table only.
 */
export const keepDrift = ({ store, clock, log }: DriftKeeperOutside, retentionMs: number): DriftKeeper => {
  const tally = createDriftTally();
  let isFailing = false;

  const addAll = async (): Promise<void> => {
    const sightings = [...tally.take()];
    try {
      for (let sighting = sightings[0]; sighting; sighting = sightings[0]) {
        await store.add(sighting, clock.nowMs() + retentionMs);
        sightings.shift();
      }
      isFailing = false;
    } catch (error) {
      tally.giveBack(sightings);
      // Said once, however long it lasts: what is wrong with the table others say.
      if (!isFailing)
        log.warn('Statistics of drift could not be added and are kept for later.', { rows: sightings.length }, error);
      isFailing = true;
    }
  };

  return {
    note: (subject, drift) => {
      const sighting = tally.count(subject, drift, clock.nowMs());
      if (sighting === null) return;
      const { path, kind, oldestVersion } = sighting;
      log.warn('What arrives departs from the newest schema. It is taken; said once.', { subject, path, kind, oldestVersion });
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
