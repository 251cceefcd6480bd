import { backoffMs } from '../core/backoff';
import type { Outside } from './outside';

/** Between two looks of a window that waits for a person: all are on their way within a minute of the resume, and not in one second. */
const gapMs = 60_000;

/**
 * While somebody has paused the handoff, a revision that would start an execution waits; null where it need not. Nothing of it is
 * sent, and none is put, so that what comes meanwhile is in it. No quota of Genesys is spent on it, and no attempt is counted.
 */
export const holdBack =
  ({ levers, random }: Pick<Outside, 'levers' | 'random'>) =>
  (handsOff: boolean): { readonly gapMs: number; readonly counts: false } | null =>
    handsOff && levers.isPaused('handoff') ? { gapMs: backoffMs(0, gapMs, gapMs, random.fraction()), counts: false } : null;
