/** Chance that repeats itself: one seed, one sequence, on every machine. */
export interface Chance {
  /** From 0 up to 1. */
  readonly fraction: () => number;
  readonly is: (share: number) => boolean;
  /** A whole number, both ends included. */
  readonly whole: (from: number, to: number) => number;
  readonly pick: <const T>(items: readonly [T, ...T[]]) => T;
  /** Looks like a UUID. */
  readonly uuid: () => string;
}

/** Mulberry32. */
const words = (seed: number): (() => number) => {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return (mixed ^ (mixed >>> 14)) >>> 0;
  };
};

/** Seeds that follow one another begin far apart: neighbouring seeds shall not draw alike. */
const scatter = (seed: number): number => Math.imul(seed ^ 0x9e3779b9, 0x85ebca6b) ^ (seed >>> 3);

export const createChance = (seed: number): Chance => {
  const word = words(scatter(seed));
  const fraction = (): number => word() / 2 ** 32;
  const whole = (from: number, to: number): number => from + Math.floor(fraction() * (to - from + 1));
  const hex = (): string => word().toString(16).padStart(8, '0');
  return {
    fraction,
    is: (share) => share > 0 && fraction() < share,
    whole,
    pick: (items) => items[Math.floor(fraction() * items.length)] ?? items[0],
    uuid: () => {
      const text = hex() + hex() + hex() + hex();
      return `${text.slice(0, 8)}-${text.slice(8, 12)}-4${text.slice(13, 16)}-a${text.slice(17, 20)}-${text.slice(20)}`;
    },
  };
};
