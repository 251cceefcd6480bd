import type { Clock, Log } from '../ports';

/** What has been counted and is not in the table yet. */
interface Tally<T> {
  readonly take: () => readonly T[];
  readonly giveBack: (rows: readonly T[]) => void;
}

interface Statistics<T> {
  /** What they are of, for the log. */
  readonly of: string;
  readonly tally: Tally<T>;
  readonly add: (row: T) => Promise<void>;
}

/** One write a row: in a minute a few dozen, for any traffic. */
const addEveryMs = 60_000;

/**
 * Brings statistics to the table every so often, and once more when the signal aborts. Nobody waits for them: a crash loses those
 * of a minute, and an add whose answer was lost may count twice. What could not be added is added later.
 */
export const keepStatistics = <T>(
  { clock, log }: { readonly clock: Clock; readonly log: Log },
  { of, tally, add }: Statistics<T>,
) => {
  let isFailing = false;

  const addAll = async (): Promise<void> => {
    const rows = [...tally.take()];
    try {
      for (let row = rows[0]; row !== undefined; row = rows[0]) {
        await add(row);
        rows.shift();
      }
      isFailing = false;
    } catch (error) {
      tally.giveBack(rows);
      // Said once, however long it lasts: what is wrong with the table others say.
      if (!isFailing) log.warn('Statistics could not be added and are kept for later.', { of, rows: rows.length }, error);
      isFailing = true;
    }
  };

  return async (over: AbortSignal): Promise<void> => {
    const isOver = (): boolean => over.aborted;
    while (!isOver()) {
      await clock.sleep(addEveryMs, over);
      if (!isOver()) await addAll();
    }
    await addAll();
  };
};
