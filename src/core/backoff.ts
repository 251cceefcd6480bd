/** Full jitter: a wait from half to all of base × 2^attempt, capped. Everybody who failed together does not return together. */
export const backoffMs = (attempt: number, baseMs: number, capMs: number, fraction: number): number =>
  Math.ceil(Math.min(capMs, baseMs * 2 ** Math.min(attempt, 30)) * (0.5 + fraction / 2));
