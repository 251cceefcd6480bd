import type { DurationCheck } from './durations';
import type { MappedEvent } from './facts';
import { nameEvent } from './instant';

const isAcd = ({ facts }: MappedEvent): boolean => facts.session?.family === 'acd';

/**
 * One wait for each `acd.end`: what it says itself, else the time since the `acd.start` of its session that came last before
 * it. A start that lies after the end, by a skewed clock, makes a negative wait: unknown, and named.
 */
export const queueWaitsOfFeed = (events: readonly MappedEvent[], check: DurationCheck): readonly (number | null)[] => {
  const startedAt = new Map<string, number>();
  const starts = events.filter((mapped) => isAcd(mapped) && mapped.facts.session?.moment === 'start');
  // From the back, so that each session's first start is there for an end that precedes them all.
  for (const { event } of starts.toReversed()) startedAt.set(event.sessionId ?? '', event.eventTimeMs);
  return events.filter(isAcd).flatMap(({ event, facts }): (number | null)[] => {
    const session = event.sessionId ?? '';
    if (facts.session?.moment === 'end') {
      return [
        facts.durations.queueWait ??
          check.between(startedAt.get(session) ?? null, event.eventTimeMs, `the wait of ${nameEvent(event)}`),
      ];
    }
    startedAt.set(session, event.eventTimeMs);
    return [];
  });
};
