import type { Anomaly } from '../record';
import type { MappedEvent } from './facts';
import { nameEvent } from './instant';

/** Of these a session has one at one time. Several outcomes, contacts or attribute updates at one time are ordinary. */
const isOnceAtATime = ({ event, facts }: MappedEvent): boolean =>
  facts.session !== null || (facts.isAfterCallWork && event.sessionId !== null);

const claimOf = ({ event }: MappedEvent): string =>
  JSON.stringify([event.type, event.participantId, event.sessionId, event.eventTimeMs]);

/**
 * The same (type, participant, session, time) with different content is two facts. Both stay in the lifecycle and give their
 * metadata; for sums and counts the last in order stands for them, and an anomaly says so.
 */
export const settleConflicts = (
  events: readonly MappedEvent[],
): { readonly counted: readonly MappedEvent[]; readonly anomalies: readonly Anomaly[] } => {
  const standing = new Map<string, MappedEvent>();
  const contested = new Map<string, MappedEvent>();
  for (const mapped of events.filter(isOnceAtATime)) {
    const claim = claimOf(mapped);
    if (standing.has(claim)) contested.set(claim, mapped);
    standing.set(claim, mapped);
  }
  return {
    counted: events.filter((mapped) => !isOnceAtATime(mapped) || standing.get(claimOf(mapped)) === mapped),
    anomalies: [...contested.values()].map(({ event }) => ({
      kind: 'conflict',
      detail: `Expected one ${nameEvent(event)} of its session, got several with different content; the last in order counts.`,
    })),
  };
};
