import type { CanonicalEvent } from '../event';
import type { MappedEvent } from './facts';
import type { Session } from './sessions';

/** Whether, and when, a conversation began and ended, as far as its events tell. */
export interface Ending {
  readonly isComplete: boolean;
  /** Something other than a detail's own state says that it is over: all sessions ended, or an end mark. */
  readonly isDerived: boolean;
  readonly startedAtMs: number | null;
  readonly endedAtMs: number | null;
  /** Sorted, without `expired-history`, which only the record before can tell. */
  readonly missing: readonly string[];
}

const latest = (times: readonly number[]): number | null =>
  times.reduce<number | null>((max, ms) => Math.max(max ?? ms, ms), null);

const earliest = (times: readonly number[]): number | null =>
  times.reduce<number | null>((min, ms) => Math.min(min ?? ms, ms), null);

/** The real feed begins with its earliest event, detail envelopes with their first in order; an end mark tells of no beginning. */
const findStart = (ordered: readonly CanonicalEvent[]): number | null => {
  const feed = ordered.filter((event) => event.format === 'genesys').map((event) => event.eventTimeMs);
  const detail = ordered.find((event) => event.format === 'detail-envelope');
  return earliest(detail ? [...feed, detail.eventTimeMs] : feed);
};

/** When detail envelopes last entered disconnected; said again, it is no news. */
const findDisconnect = (events: readonly MappedEvent[]): number | null => {
  const changes = events.filter(({ facts }) => facts.state !== null);
  const isEntry = ({ facts }: MappedEvent, index: number): boolean =>
    facts.state === 'disconnected' && changes[index - 1]?.facts.state !== 'disconnected';
  return changes.findLast(isEntry)?.event.eventTimeMs ?? null;
};

/** Ends of sessions move the end, once none is open; acw, wrapup, outcomes, attributes and end marks never do. */
const findEnd = (events: readonly MappedEvent[], sessions: readonly Session[]): number | null => {
  const hasOpen = sessions.some((session) => session.isOpen);
  const sessionEnds = events
    .filter(({ facts }) => !hasOpen && facts.session?.moment === 'end')
    .map(({ event }) => event.eventTimeMs);
  const disconnectedMs = findDisconnect(events);
  return latest(disconnectedMs === null ? sessionEnds : [...sessionEnds, disconnectedMs]);
};

const customerHasLeft = (sessions: readonly Session[]): boolean =>
  sessions.some((session) => session.family === 'customer' && !session.isOpen);

export const findEnding = (input: {
  readonly ordered: readonly CanonicalEvent[];
  readonly events: readonly MappedEvent[];
  readonly sessions: readonly Session[];
  readonly awaitsAfterCallWork: boolean;
}): Ending => {
  const { ordered, events, sessions } = input;
  const open = sessions.filter((session) => session.isOpen);
  const isMarked = events.some(({ facts }) => facts.isEndMark);
  const isDisconnected = events.some(({ facts }) => facts.status === 'disconnected');
  const allEnded = customerHasLeft(sessions) && open.length === 0;
  const isComplete = allEnded || isMarked || isDisconnected;
  const startedAtMs = findStart(ordered);
  const lacksStart = startedAtMs === null || sessions.some((session) => session.lacksStart);
  const missing = [
    ...(isComplete || customerHasLeft(sessions) ? [] : ['customer-end']),
    ...open.map((session) => `session-end:${session.sessionId}`),
    ...(lacksStart ? ['start'] : []),
    ...(input.awaitsAfterCallWork ? ['acw'] : []),
  ];
  return {
    isComplete,
    isDerived: allEnded || isMarked,
    startedAtMs,
    endedAtMs: findEnd(events, sessions),
    missing: [...new Set(missing)].sort(),
  };
};
