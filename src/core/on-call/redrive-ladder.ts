/*
 * A redrive climbs: one, then ten, a hundred, the rest. Before each rung it hears what became of the one below.
 *
 *   1 ──► 10 ──► 100 ──► the rest, looked at every hundred
 *     └──────┴───────┴──► stops: too many were refused again, or nobody answers
 */
export const rungs: readonly number[] = [1, 10, 100, Infinity];

/** What was moved in one go, as far as it is known. */
export interface Tally {
  readonly moved: number;
  readonly admitted: number;
  readonly refused: number;
  /** How often each reason. */
  readonly reasons: Readonly<Record<string, number>>;
}

export const noTally: Tally = { moved: 0, admitted: 0, refused: 0, reasons: {} };

const percent = (share: number): string => `${String(Math.round(share * 1000) / 10)} %`;

const reasonsText = (reasons: Tally['reasons']): string =>
  Object.entries(reasons)
    .sort(([, a], [, b]) => b - a)
    .slice(0, 5)
    .map(([reason, count]) => `${reason} ${String(count)}`)
    .join(', ');

/**
 * Why it must not go on; null while it may. A first one that is refused says enough. Of those still unanswered the best is hoped for:
 * it stops before they have answered only where no answer of theirs could help.
 */
export const tooManyRefused = ({ moved, refused, reasons }: Tally, stopAt: number): string | null => {
  const isCanary = moved === 1;
  if (refused === 0 || (!isCanary && refused <= stopAt * moved)) return null;
  const allowed = isCanary ? 'none may be of the first rung' : `at most ${percent(stopAt)} may be`;
  return `${refused} of ${moved} moved were refused again (${reasonsText(reasons)}); ${allowed}`;
};
