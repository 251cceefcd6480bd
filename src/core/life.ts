/** 36^9 ms reach to the year 5188. */
const timeWidth = 9;
const tailWidth = 7;

/** How many tails there are for one millisecond: 36^7, about 2^36. */
export const lifeTails = 36 ** tailWidth;

/**
 * A window's life: the millisecond it began, then a tail from 0 up to `lifeTails` that tells apart what began in the same one.
 * 16 characters of [0-9a-z], so byte order is time order.
 */
export const makeLife = (nowMs: number, tail: number): string =>
  Math.floor(nowMs).toString(36).padStart(timeWidth, '0') + tail.toString(36).padStart(tailWidth, '0');
