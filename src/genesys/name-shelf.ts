import { isPathId } from './path-id';

/*
 * The names of one kind, in memory:
 *
 *   never asked for ---> wanted ---> known
 *                          |  '----> unknown, for an hour
 *                          '-- asked for by many at once: still one
 */

export interface NameShelf {
  /** What is not known is wanted from now on, unless it was found to have no name a short while ago. */
  readonly nameOf: (id: string, nowMs: number) => string | null;
  /** Some of those that are wanted, the longest waiting first. */
  readonly wanted: (most: number) => readonly string[];
  readonly put: (names: ReadonlyMap<string, string>) => void;
  /** These have none: nobody wants them for a while. */
  readonly giveUp: (ids: readonly string[], nowMs: number) => void;
}

/** How long an id without a name is not asked for again. */
const unknownMs = 3_600_000;
/** More than this is a flood of ids that are none. */
const mostWanted = 10_000;
const mostUnknown = 10_000;
const longestName = 500;

/** Those that were put first make room: a listing puts all of them anew. */
const shrink = (map: Map<string, unknown>, most: number): void => {
  for (const id of map.keys()) {
    if (map.size <= most) return;
    map.delete(id);
  }
};

export const createNameShelf = (mostNames: number): NameShelf => {
  const known = new Map<string, string>();
  const wanted = new Set<string>();
  const unknownUntilMs = new Map<string, number>();
  return {
    nameOf: (id, nowMs) => {
      const name = known.get(id);
      if (name !== undefined) return name;
      const isUnknown = (unknownUntilMs.get(id) ?? 0) > nowMs;
      if (!isUnknown && wanted.size < mostWanted && isPathId(id)) wanted.add(id);
      return null;
    },
    wanted: (most) => [...wanted].slice(0, most),
    put: (names) => {
      for (const [id, name] of names) {
        known.delete(id);
        known.set(id, name.slice(0, longestName));
        wanted.delete(id);
      }
      shrink(known, mostNames);
    },
    giveUp: (ids, nowMs) => {
      for (const id of ids) {
        wanted.delete(id);
        unknownUntilMs.delete(id);
        unknownUntilMs.set(id, nowMs + unknownMs);
      }
      shrink(unknownUntilMs, mostUnknown);
    },
  };
};
