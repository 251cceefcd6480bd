import type { Move, RedriveOutcome } from './redrive-job';

/** What has become of a job's selection. selected = moved + skipped + failed + left; moved = admitted + refused + unanswered. */
export interface RedriveCounts {
  readonly selected: number;
  readonly moved: number;
  readonly skipped: number;
  readonly failed: number;
  readonly left: number;
  readonly admitted: number;
  readonly refused: number;
  /** Moved, and nobody has said yet what came of it. */
  readonly unanswered: number;
}

const noCounts: RedriveCounts = {
  selected: 0,
  moved: 0,
  skipped: 0,
  failed: 0,
  left: 0,
  admitted: 0,
  refused: 0,
  unanswered: 0,
};

/** An outcome counts once its move is noted: until then its letter is left, and whoever goes on notes it. */
export const countRedrive = (
  selected: number,
  moves: ReadonlyMap<string, Move>,
  outcomes: ReadonlyMap<string, RedriveOutcome>,
): RedriveCounts => {
  const counts = { ...noCounts, selected, left: selected - moves.size };
  for (const { id, did } of moves.values()) {
    counts[did] += 1;
    if (did === 'moved') counts[outcomes.get(id)?.outcome ?? 'unanswered'] += 1;
  }
  return counts;
};
