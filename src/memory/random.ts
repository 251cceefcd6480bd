import { createHash } from 'node:crypto';
import { lifeTails, makeLife } from '../core/life';
import type { Random } from '../ports';

/** Mulberry32: 32 bits of state, one multiplication a draw. Good enough to draw histories, and the same on every machine. */
const mulberry32 = (seed: number): (() => number) => {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return (mixed ^ (mixed >>> 14)) >>> 0;
  };
};

/** Chance that repeats itself: one seed, one sequence. */
export const seededRandom = (seed: number): Random => {
  const draw = mulberry32(seed);
  const fraction = (): number => draw() / 2 ** 32;
  const word = (): string => draw().toString(16).padStart(8, '0');
  return {
    fraction,
    id: () => word() + word() + word() + word(),
    // Two draws: one has 32 bits, a tail 36.
    life: (nowMs) => makeLife(nowMs, Math.floor((fraction() + draw()) * (lifeTails / 2 ** 32))),
  };
};

/** Chance for `replay`: a conversation's life follows from its id alone, so the same lines in any order give the same records. */
export const replayRandom = (seed: number): Random => ({
  ...seededRandom(seed),
  life: (_nowMs, conversationId) =>
    makeLife(0, createHash('sha256').update(conversationId).digest().readUIntBE(0, 6) % lifeTails),
});
