import type { DurationCheck } from './durations';
import type { MappedEvent } from './facts';
import { nameEvent } from './instant';

/**
 * One wait for each `acd.end`: what it says itself, else the time since the `acd.start` of its session that came last before
 * it. A start that lies after the end, by a skewed clock, makes a negative wait: unknown, and named.
 */
export const queueWaitsOfFeed = (events: readonly MappedEvent[], check: DurationCheck): readonly (number | null)[] => {
  const acd = events.filter(({ facts }) => facts.session?.family === 'acd');
  const starts = acd.filter(({ facts }) => facts.session?.moment === 'start');
  // First any start, for an end that precedes them all; then, on the way, the latest.
  const startedAt = new Map(starts.map(({ event }) => [event.sessionId, event.eventTimeMs]));
  return acd.flatMap(({ event, facts }): (number | null)[] => {
    if (facts.session?.moment === 'start') {
      startedAt.set(event.sessionId, event.eventTimeMs);
      return [];
    }
    const startMs = startedAt.get(event.sessionId) ?? null;
    return [facts.durations.queueWait ?? check.between(startMs, event.eventTimeMs, `the wait of ${nameEvent(event)}`)];
  });
};
