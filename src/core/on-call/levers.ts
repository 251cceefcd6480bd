/** What a person can pause for the whole fleet. `handoff`: windows that would start an execution wait; all others close. */
export const levers = ['intake', 'closing', 'handoff'] as const;
export type Lever = (typeof levers)[number];

/** Where there is nobody to pull one. */
export const nobodyPauses: { readonly isPaused: (lever: Lever) => boolean } = { isPaused: () => false };

/** A lever that somebody has pulled. */
export interface Pause {
  readonly lever: Lever;
  readonly sinceMs: number;
  readonly who: string;
  readonly reason: string;
}
