import type { Leave } from './due';
import { dueOn, type Head, type HeadUpdate, parkedOn } from './items';
import type { Pane } from './record';
import { type HeadChange, updateOf, type WindowSettings } from './window';

/*
 * What a close does to its head. Every change after the claim is fenced by the claim's own token; those that open the window
 * again or close it also by the `rearmAt` they know of, so that no re-arming is ever wiped away unseen.
 */

const failureFields = ['lastError', 'failedAttempt'] as const;

/** Marks the window as closing before anything of it is read. `rearmAt` stays: it speaks of events we may not see. */
export const claimWindow = (
  settings: WindowSettings,
  due: { readonly conversationId: string; readonly dueAt: number; readonly dueOn: string },
  token: string,
  nowMs: number,
): HeadUpdate =>
  updateOf(settings, due.conversationId, nowMs, {
    expect: { dueAt: due.dueAt, dueOn: due.dueOn },
    set: {
      state: 'closing',
      token,
      dueAt: nowMs + settings.leaseMs,
      dueOn: dueOn('wall', due.conversationId, settings.shards),
    },
    addAttempt: true,
  });

const fenced = (settings: WindowSettings, head: Head, nowMs: number, change: Omit<HeadChange, 'expect'>): HeadUpdate =>
  updateOf(settings, head.conversationId, nowMs, { ...change, expect: { state: 'closing', token: head.token ?? '' } });

const fencedByRearm = (settings: WindowSettings, head: Head, nowMs: number, change: Omit<HeadChange, 'expect'>): HeadUpdate => {
  const expect = { state: 'closing', token: head.token ?? '', rearmAt: head.rearmAt ?? null } as const;
  return updateOf(settings, head.conversationId, nowMs, { ...change, expect });
};

export const renewLease = (settings: WindowSettings, head: Head, nowMs: number): HeadUpdate =>
  fenced(settings, head, nowMs, { set: { dueAt: nowMs + settings.leaseMs } });

/**
 * Back to open: not due yet after all. `endingMs` is what this look at the events says: kept or set while they look complete,
 * taken away while they do not. (A first `customer.end` may be followed by an hour of talk on another leg: a cap that counted
 * from it would have passed already when the real end comes, and the close would not wait for its after-call work.)
 */
export const leaveWindow = (
  settings: WindowSettings,
  head: Head,
  until: Pick<Leave, 'dueAtMs' | 'endingMs'>,
  nowMs: number,
): HeadUpdate => {
  const { set, remove } = leftOpen(settings, head, until);
  return fencedByRearm(settings, head, nowMs, {
    set: { ...set, attempts: 0, waits: 0 },
    remove: ['rearmAt', 'token', ...failureFields, ...remove],
  });
};

const leftOpen = (settings: WindowSettings, head: Head, { dueAtMs, endingMs }: Pick<Leave, 'dueAtMs' | 'endingMs'>) =>
  ({
    set: {
      state: 'open',
      dueAt: Math.min(dueAtMs, head.rearmAt ?? Infinity),
      dueOn: dueOn('queue', head.conversationId, settings.shards),
      ...(endingMs === null ? {} : { ending: endingMs }),
    },
    remove: endingMs === null ? (['ending'] as const) : [],
  }) as const;

/*
 * Waiting, and failing with the weather, are not the window's fault: they do not merely give back their own attempt, they forget
 * all. In an outage of hours a claim whose answer is lost now and then, or a deploy, would else add up to a parking.
 */

/** Genesys is not ready: closing still, but nobody's, until a later wall time. */
export const waitForDetails = (
  settings: WindowSettings,
  head: Head,
  wait: { readonly gapMs: number; readonly counts: boolean },
  nowMs: number,
): HeadUpdate =>
  fenced(settings, head, nowMs, {
    set: { dueAt: nowMs + wait.gapMs, attempts: 0, waits: head.waits + (wait.counts ? 1 : 0) },
    remove: ['token', 'failedAttempt'],
  });

const longestError = 500;

/** The close failed: let go at once instead of waiting for the lease, and say why. The attempt stays counted if it is to blame. */
export const releaseFailed = (
  settings: WindowSettings,
  head: Head,
  failure: { readonly error: string; readonly gapMs: number; readonly counts: boolean },
  nowMs: number,
): HeadUpdate =>
  fenced(settings, head, nowMs, {
    set: {
      dueAt: nowMs + failure.gapMs,
      lastError: failure.error.slice(0, longestError),
      ...(failure.counts ? { failedAttempt: head.attempts } : { attempts: 0 }),
    },
    remove: ['token', ...(failure.counts ? [] : (['failedAttempt'] as const))],
  });

/** Why a window is parked: what its last attempt failed with, or that the attempts since did not even say. */
const reasonToPark = ({ attempts, lastError, failedAttempt = 0 }: Head): string => {
  const mute = attempts - 1 - failedAttempt;
  if (lastError !== undefined && mute <= 0) return lastError;
  const silence = `The last ${mute > 0 ? mute : attempts - 1} closes ended without a word: their process died or hung.`;
  return lastError === undefined ? silence : `${silence} Before them: ${lastError}`;
};

/** Out of every timer's sight: it waits for a person, who finds it by when it was parked. */
export const parkWindow = (settings: WindowSettings, head: Head, nowMs: number): HeadUpdate =>
  fenced(settings, head, nowMs, {
    set: { state: 'parked', dueAt: nowMs, dueOn: parkedOn, lastError: reasonToPark(head).slice(0, longestError) },
    remove: ['token', 'failedAttempt'],
  });

/** How a close ended. */
export interface Finish {
  /** Number of the last record. */
  readonly finished: number;
  /** This close put the last record itself, or had nothing to say. */
  readonly own: boolean;
  /** Pane of the record that was put or resumed; null when there was nothing to say. */
  readonly pane: Pane | null;
  /** After an early record of its own: what this look says of the window, which stays open. */
  readonly leave: Pick<Leave, 'dueAtMs' | 'endingMs'> | null;
  /** The watermark: where "due at once" lies on the axis of an open window. */
  readonly watermarkMs: number;
  /** The mark that it was claimed with: see `withoutServedMark`. */
  readonly rebuild?: string | undefined;
}

/** Pane of the record with which a window closes now. The head tells: the record before may be early, or expired. */
export const paneOfClose = ({ finished, onlyEarly }: Head): Pane => (finished === 0 || onlyEarly === true ? 'on_time' : 'late');

/** Whether all records were early, this one included: a record between two closes must not make the second one the first. */
const earlyMark = ({ finished }: Head, pane: Pane | null): Pick<HeadChange, 'set' | 'remove'> =>
  pane === 'early' ? { set: finished === 0 ? { onlyEarly: true } : {} } : { set: {}, remove: pane === null ? [] : ['onlyEarly'] };

/**
 * One update ends the close. Closed only if this close put the last record itself or had nothing to say, and nothing came
 * meanwhile: a record that was resumed, or put by another, may lack an event whose writer saw the head open. Otherwise open,
 * due when re-armed or at once, and the next close compares. An early record ends nothing: after its own, the window is left as
 * if there had been none; after somebody else's, `ending` stays, and the cap of the hold with it.
 */
export const finishWindow = (settings: WindowSettings, head: Head, done: Finish, nowMs: number): HeadUpdate =>
  withoutServedMark(head, done, finished(settings, head, done, nowMs));

/**
 * The mark that a finish takes away: only the very one that its claim saw, and only where the close has compared with it in mind. One that
 * was set since stays, and so does one over a record that somebody else put, perhaps before the mark: the next close compares. What is
 * taken away is a condition, too: a mark that takes its place meanwhile fails the update, and is found when the head is read again.
 */
const withoutServedMark = ({ rebuild }: Head, done: Finish, update: HeadUpdate): HeadUpdate => {
  const isServed = rebuild !== undefined && rebuild === done.rebuild && done.own && !done.leave;
  if (!isServed || update.expect === 'missing') return update;
  return { ...update, expect: { ...update.expect, rebuild }, remove: [...(update.remove ?? []), 'rebuild'] };
};

const finished = (settings: WindowSettings, head: Head, done: Finish, nowMs: number): HeadUpdate => {
  const mark = earlyMark(head, done.pane);
  const set = { finished: done.finished, attempts: 0, waits: 0, ...mark.set } as const;
  const over = ['token', 'rearmAt', ...failureFields, ...(mark.remove ?? [])] as const;
  if (done.own && done.leave) {
    const left = leftOpen(settings, head, done.leave);
    return fencedByRearm(settings, head, nowMs, { set: { ...set, ...left.set }, remove: [...over, ...left.remove] });
  }
  if (done.own && head.rearmAt === undefined) {
    const remove = [...over, 'ending', 'dueAt', 'dueOn'] as const;
    return fencedByRearm(settings, head, nowMs, { set: { ...set, state: 'closed' }, remove });
  }
  const dueAt = head.rearmAt ?? done.watermarkMs;
  const remove = [...over, ...(done.pane === 'early' ? [] : (['ending'] as const))];
  return fencedByRearm(settings, head, nowMs, {
    set: { ...set, state: 'open', dueAt, dueOn: dueOn('queue', head.conversationId, settings.shards) },
    remove,
  });
};
