import type { WriteMoment } from './doors';
import { wantedHits } from './ledger';

/** What a door was at when something happened to it. */
export interface DoorHit {
  /** That it had in hand. */
  readonly posts: number;
  /** Of a write to the queue, a little before. */
  readonly moment: WriteMoment;
}

export interface DoorCounts {
  readonly kills: number;
  /** Kills of a door that had posts in hand. */
  readonly onPosts: number;
  /** Of these, by the moment. */
  readonly moments: Readonly<Record<WriteMoment, number>>;
  /** Posts whose door was killed. */
  readonly posts: number;
  readonly stops: number;
  /** Stops of a door that had posts in hand. */
  readonly stopsOnPosts: number;
}

export interface DoorLedger {
  readonly killed: (door: string, hit: DoorHit) => void;
  readonly stopped: (door: string, hit: DoorHit) => void;
  readonly counts: () => DoorCounts;
}

export const openDoorLedger = (journal: (entry: Readonly<Record<string, unknown>>) => void): DoorLedger => {
  const sums = { kills: 0, onPosts: 0, posts: 0, stops: 0, stopsOnPosts: 0 };
  const moments: Record<WriteMoment, number> = { writing: 0, written: 0 };
  return {
    killed: (door, hit) => {
      journal({ killed: door, ...hit });
      sums.kills += 1;
      if (hit.posts === 0) return;
      sums.onPosts += 1;
      sums.posts += hit.posts;
      moments[hit.moment] += 1;
    },
    stopped: (door, hit) => {
      journal({ stopping: door, ...hit });
      sums.stops += 1;
      if (hit.posts > 0) sums.stopsOnPosts += 1;
    },
    counts: () => ({ ...sums, moments: { ...moments } }),
  };
};

/** As many as of kills of any other kind. */
export const complainOfDoorHits = ({ onPosts }: DoorCounts, minutes: number): readonly string[] => {
  const wanted = wantedHits(minutes);
  if (onPosts >= wanted) return [];
  return [
    `Expected at least ${wanted} kills of a door with posts in hand in ${minutes} minutes, got ${onPosts}: the run shows too little.`,
  ];
};
