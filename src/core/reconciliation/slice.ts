/** Conversations that ended after `afterMs` and not after `upToMs`. */
export interface Slice {
  readonly afterMs: number;
  readonly upToMs: number;
}

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;

/** The newest minute of analytics is still being written. */
const freshMs = 60_000;
/** What one pass has to do before its progress counts. */
const longestSliceMs = 6 * hourMs;
/** Every pass reads days of conversations, however short its slice is. */
const leastSliceMs = hourMs;

/**
 * What a pass is to compare; null while there is too little to be worth one.
 *
 *     done up to          + 6 hours at most      now − after − 1 minute        now
 *     ────┼─────────────────────┼────────────────────────┼──────────────────────┼────►
 *         │ this slice          │ later ones
 */
export const nextSlice = (doneUpToMs: number, afterMs: number, nowMs: number): Slice | null => {
  const upToMs = Math.min(doneUpToMs + longestSliceMs, nowMs - afterMs - freshMs);
  return upToMs - doneUpToMs < leastSliceMs ? null : { afterMs: doneUpToMs, upToMs };
};

/**
 * Genesys finds a conversation by the UTC day on which it began, so a search for ends reaches back by as long as conversations last.
 * Calls, chats and mails are over within two days but for a few; each day more would be a day's pages more in every pass.
 */
const reachMs = 2 * dayMs;

/**
 * The intervals to search for a slice: a UTC day each. Genesys takes up to 31 days; shorter ones have fewer pages, which shift less
 * while they are read.
 */
export const intervalsOf = ({ afterMs, upToMs }: Slice): readonly string[] => {
  const firstDay = Math.floor((afterMs - reachMs) / dayMs);
  const lastDay = Math.floor(upToMs / dayMs);
  return Array.from({ length: lastDay - firstDay + 1 }, (_, index) => {
    const fromMs = (firstDay + index) * dayMs;
    // Not up to the next midnight: that would touch the next day, too. And never beyond what is to be found.
    const toMs = Math.min(fromMs + dayMs - 1, Math.max(fromMs + 1_000, upToMs));
    return `${new Date(fromMs).toISOString()}/${new Date(toMs).toISOString()}`;
  });
};
