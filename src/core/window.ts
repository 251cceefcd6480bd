import type { CanonicalEvent } from './event';
import { dueOn, type Head, type HeadUpdate } from './items';

/*
 * The window protocol: which change of a head follows from what was read. Pure; every change is one compare-and-set.
 *
 *              admit                    claim                 leave
 *   (missing) ───────► open ───────────────────────► closing ───────► open
 *                       ▲                               │ finish
 *                       │ admit                         ├──────────► closed   (put the last record itself, or nothing to say)
 *                       └───────────── closed ◄─────────┤
 *                                                       ├──────────► open     (re-armed meanwhile, somebody else's record, or an early one)
 *                                                       └ park ────► parked   (failed too often: waits for a person)
 *
 * An open window waits in queue time, a closing one in wall time. Writers put the event before they read the head; closers
 * mark the head before they query: so either the closer sees the event, or the writer sees the mark and sets `rearmAt`.
 */

export interface WindowSettings {
  /** How long a window that may be complete stays open after its newest event, ms of queue time. */
  readonly holdMs: number;
  /** The same where after-call work is still to come; 0 switches that wait off. */
  readonly acwHoldMs: number;
  /** How long an incomplete window waits for its next event before it gives up. */
  readonly idleMs: number;
  /** Longest that newer events can put off the close of a window that is ending. */
  readonly holdCapMs: number;
  /** Longest that news of an open window waits for an early record; 0 makes none. */
  readonly emitPartialEveryMs: number;
  /** Wall time that a claim holds a window; renewed while the close runs. */
  readonly leaseMs: number;
  /** Claims without a finish after which a window is parked. */
  readonly maxAttempts: number;
  readonly shards: number;
  readonly retentionMs: number;
  readonly eventRetentionMs: number;
}

/** What a batch brings to one conversation. */
export interface Arrival {
  readonly conversationId: string;
  /** Queue time it counts as sent at: max(SentTimestamp, watermark). The latest of the batch. */
  readonly atMs: number;
  /** An event of the batch may end the conversation. */
  readonly mayEnd: boolean;
}

/** Whether an event can be the last that completes its conversation: any `*.end`, a `disconnected` state, an end mark, a correction. */
export const mayEnd = (event: CanonicalEvent): boolean => {
  const data = event.body['data'];
  switch (event.format) {
    case 'genesys':
      return event.type.endsWith('.end');
    case 'detail-envelope':
      return event.type === 'conversation:state' && typeof data === 'object' && data !== null && isDisconnected(data);
    case 'conversation-end':
    case 'tidemark':
      return true;
  }
};

const isDisconnected = (data: object): boolean =>
  'status' in data && typeof data.status === 'string' && data.status.toLowerCase() === 'disconnected';

export type HeadChange = Pick<HeadUpdate, 'expect' | 'set' | 'remove' | 'addAttempt'>;

/** Completes a change: every write of a head puts off its expiry. */
export const updateOf = (
  settings: Pick<WindowSettings, 'retentionMs'>,
  conversationId: string,
  nowMs: number,
  change: HeadChange,
): HeadUpdate => ({
  conversationId,
  expiresAtMs: nowMs + settings.retentionMs,
  ...change,
});

/** The change that an arrival makes to the head that was read; null when none is needed. Its events are in the table already. */
export const admitToWindow = (
  settings: WindowSettings,
  head: Head | null,
  arrival: Arrival,
  now: { readonly nowMs: number; readonly life: () => string },
): HeadUpdate | null => {
  const change = head ? changeHead(settings, head, arrival) : createHead(settings, arrival, now.life());
  return change && updateOf(settings, arrival.conversationId, now.nowMs, change);
};

const queueShard = (settings: WindowSettings, arrival: Arrival): string =>
  dueOn('queue', arrival.conversationId, settings.shards);

/** When a window is looked at for an early record of what arrives now; never, where none are made. */
const earlyLookAt = (settings: WindowSettings, { atMs }: Arrival): number =>
  settings.emitPartialEveryMs > 0 ? atMs + settings.emitPartialEveryMs : Infinity;

const createHead = (settings: WindowSettings, arrival: Arrival, life: string): HeadChange => {
  const fresh = { state: 'open', life, finished: 0, attempts: 0, waits: 0, dueOn: queueShard(settings, arrival) } as const;
  const looksAt = arrival.atMs + (arrival.mayEnd ? settings.holdMs : settings.idleMs);
  const dueAt = Math.min(looksAt, earlyLookAt(settings, arrival));
  return { expect: 'missing', set: { ...fresh, dueAt, ...(arrival.mayEnd ? { ending: arrival.atMs } : {}) } };
};

const changeHead = (settings: WindowSettings, head: Head, arrival: Arrival): HeadChange | null => {
  const soon = Math.min(arrival.atMs + settings.holdMs, earlyLookAt(settings, arrival));
  switch (head.state) {
    case 'open':
      return bringForward(settings, head, arrival);
    case 'closing':
      return head.rearmAt === undefined ? { expect: { state: 'closing', rearmAt: null }, set: { rearmAt: soon } } : null;
    case 'closed':
      return {
        expect: { state: 'closed' },
        set: {
          state: 'open',
          dueAt: soon,
          dueOn: queueShard(settings, arrival),
          ...(arrival.mayEnd ? { ending: arrival.atMs } : {}),
        },
        remove: arrival.mayEnd ? [] : ['ending'],
      };
    case 'parked':
      return null;
  }
};

/**
 * Once an end has been seen, a window is due a hold after the next event at the latest; the close itself puts that off. Where
 * early records are made, it is due an interval after the next event, ended or not: one update for all the news of an interval.
 */
const bringForward = (settings: WindowSettings, head: Head, arrival: Arrival): HeadChange | null => {
  const isEnding = arrival.mayEnd || head.ending !== undefined;
  const isFirstEnd = arrival.mayEnd && head.ending === undefined;
  const dueAt = Math.min(isEnding ? arrival.atMs + settings.holdMs : Infinity, earlyLookAt(settings, arrival));
  const isSooner = dueAt < (head.dueAt ?? Infinity);
  if (!isSooner && !isFirstEnd) return null;
  return {
    expect: { state: 'open', dueAt: head.dueAt ?? null, ending: head.ending ?? null },
    set: { ...(isEnding ? { ending: head.ending ?? arrival.atMs } : {}), ...(isSooner ? { dueAt } : {}) },
  };
};
