import type { Head } from './items';
import type { WindowSettings } from './window';

/** What a look at a window's events says about its time. */
export interface Look {
  readonly complete: boolean;
  readonly awaitsAfterCallWork: boolean;
  /** Queue time of the newest event. */
  readonly newestMs: number;
  readonly watermarkMs: number;
}

export type Verdict =
  | { readonly kind: 'close'; readonly gaveUp: boolean }
  | { readonly kind: 'leave'; readonly dueAtMs: number; readonly endingMs: number | null };

/**
 * Whether a window may close, and when else it is to be looked at. All in queue time:
 *
 *     newest event          + hold (or + after-call-work hold)            + idle
 *     ────┼──────────────────────┼───────────────────────────────────────────┼────►
 *         │   leave              │  complete: close   incomplete: leave      │ incomplete: give up, close as partial
 *
 * The deadline moves here, with the newest event, and not at every arrival; `holdCapMs` after the end was first seen it moves
 * no more.
 */
export const judgeWindow = (settings: WindowSettings, head: Head, look: Look): Verdict => {
  const { watermarkMs, newestMs } = look;
  if (!look.complete) {
    const givesUpAt = newestMs + settings.idleMs;
    return watermarkMs >= givesUpAt ? { kind: 'close', gaveUp: true } : { kind: 'leave', dueAtMs: givesUpAt, endingMs: null };
  }
  const hold =
    look.awaitsAfterCallWork && settings.acwHoldMs > 0 ? Math.max(settings.acwHoldMs, settings.holdMs) : settings.holdMs;
  const endingMs = head.ending ?? newestMs;
  const closesAt = Math.min(newestMs + hold, endingMs + settings.holdCapMs);
  return watermarkMs >= closesAt ? { kind: 'close', gaveUp: false } : { kind: 'leave', dueAtMs: closesAt, endingMs };
};
