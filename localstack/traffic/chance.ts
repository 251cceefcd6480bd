import { createHash } from 'node:crypto';

/** Seeded chance: the same seed draws the same things on every machine, for ever. */
export interface Chance {
  /** From 0 up to 1. */
  readonly fraction: () => number;
  /** A whole number, both ends included. */
  readonly between: (low: number, high: number) => number;
  /** True in `share` of all draws. */
  readonly happens: (share: number) => boolean;
  readonly pick: <T>(from: readonly T[]) => T;
  readonly shuffle: <T>(items: readonly T[]) => T[];
  readonly uuid: () => string;
  /** A stream of its own, so that drawing more in one place changes nothing in another. */
  readonly fork: (label: string) => Chance;
}

/** mulberry32: 32 bits of state, plenty for stories about phone calls. */
const mulberry32 = (seed: number) => {
  let state = seed;
  return (): number => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
};

export const seededChance = (seed: string): Chance => {
  const fraction = mulberry32(createHash('sha256').update(seed).digest().readInt32BE(0));
  const between = (low: number, high: number): number => low + Math.floor(fraction() * (high - low + 1));
  const pick = <T>(from: readonly T[]): T => from[between(0, from.length - 1)]!;
  const hex = (length: number): string => Array.from({ length }, () => between(0, 15).toString(16)).join('');
  return {
    fraction,
    between,
    happens: (share) => fraction() < share,
    pick,
    shuffle: (items) => {
      const shuffled = [...items];
      for (let last = shuffled.length - 1; last > 0; last -= 1) {
        const other = between(0, last);
        [shuffled[last], shuffled[other]] = [shuffled[other]!, shuffled[last]!];
      }
      return shuffled;
    },
    uuid: () => `${hex(8)}-${hex(4)}-4${hex(3)}-${pick(['8', '9', 'a', 'b'])}${hex(3)}-${hex(12)}`,
    fork: (label) => seededChance(`${seed}/${label}`),
  };
};
