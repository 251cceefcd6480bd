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

/** Open still: when it is to be looked at again, and since when it has looked complete, if it does. */
export interface Leave {
  readonly kind: 'leave';
  readonly dueAtMs: number;
  readonly endingMs: number | null;
}

export type Verdict = { readonly kind: 'close'; readonly gaveUp: boolean } | Leave;

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

/** How long a window is left to a newer worker: longer than a deploy takes. */
const toNewerMs = 15 * 60_000;
const toNewerLookMs = 30_000;

/**
 * How a window is left that holds an event of a type or a version which this worker does not know; null when it is not left, or no
 * more. During a deploy there are workers that know it: a record of ours would lack what it says, and no later one might say it.
 * If none of them has closed the window in good time (the deploy was taken back), what is known must do. In queue time:
 *
 *     newest unknown event           + 15 minutes
 *     ────┼───────────────────────────────┼────►
 *         │  leave, look again soon       │  like any other window
 */
export const leaveToNewer = (verdict: Verdict, head: Head, look: Look, newestUnknownMs: number | null): Leave | null => {
  if (newestUnknownMs === null || look.watermarkMs >= newestUnknownMs + toNewerMs) return null;
  const judgedMs = verdict.kind === 'leave' ? verdict.dueAtMs : Infinity;
  const dueAtMs = Math.min(judgedMs, look.watermarkMs + toNewerLookMs, newestUnknownMs + toNewerMs);
  return { kind: 'leave', dueAtMs, endingMs: look.complete ? (head.ending ?? look.newestMs) : null };
};

/**
 * When a window that is left open is due an early record; null when it is due none. Its oldest news (what the last record was
 * not made of) has then waited for one interval:
 *
 *     oldest news         + every                 + every
 *     ────┼──────────────────┼───────────────────────┼────►
 *         │ wait             │ early record          │
 *                            └── closes in here ─────┘ wait for that record: no early one moments before it
 *
 * The news decides, not the look: a look that comes sooner, for a re-arming or a hold that moved, makes no early record, and one
 * that comes late says all that has come by then. So there is about one in an interval, and no look makes news wait for more than two.
 */
export const earlyDueAt = (
  { emitPartialEveryMs: everyMs }: WindowSettings,
  leave: Leave,
  oldestNewsMs: number | null,
): number | null => {
  if (everyMs === 0 || oldestNewsMs === null) return null;
  const dueAtMs = oldestNewsMs + everyMs;
  const closesSoon = leave.dueAtMs <= dueAtMs + everyMs;
  return closesSoon ? null : dueAtMs;
};
