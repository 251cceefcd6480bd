/*
 * How far another clock is ahead of ours, learned from the `Date` headers of its answers. A header is cut to the second, so an
 * answer dated d, asked for at s and received at r on our clock, only bounds the offset:
 *
 *   ours     s ────────────────── r          it wrote some time in [d, d + 1000), we asked and received around that:
 *   theirs        [d ── d+1000)              d − r  ≤  offset  ≤  d + 1000 − s
 *
 * Many answers, each cut elsewhere in its second, narrow it to the shortest round trip seen.
 */

/** The offset lies between these, in ms; null while nothing is known. */
export interface OffsetBounds {
  readonly lowMs: number;
  readonly highMs: number;
}

export interface DatedAnswer {
  readonly sentMs: number;
  readonly receivedMs: number;
  /** Epoch ms of the `Date` header, whole seconds. */
  readonly dateMs: number;
}

/** Bounds after one more answer. If it contradicts what was known, one of the clocks was set: begin again from the newest. */
export const narrowOffset = (known: OffsetBounds | null, answer: DatedAnswer): OffsetBounds => {
  const newest = { lowMs: answer.dateMs - answer.receivedMs, highMs: answer.dateMs + 1000 - answer.sentMs };
  if (known === null) return newest;
  const both = { lowMs: Math.max(known.lowMs, newest.lowMs), highMs: Math.min(known.highMs, newest.highMs) };
  return both.lowMs <= both.highMs ? both : newest;
};

/**
 * No more than the answers prove, wrong by at most the width of the bounds. While they leave room for our clock to be right it is taken
 * to be: what two programs of one host write down within a second, each with an answer or two behind it, then lies in its order.
 */
export const offsetMs = (known: OffsetBounds | null): number =>
  known === null ? 0 : Math.min(Math.max(0, known.lowMs), known.highMs);
