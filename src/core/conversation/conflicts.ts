import type { Anomaly } from '../record';
import type { MappedEvent } from './facts';
import { nameEvent } from './instant';

/** A detail is known by its place in its envelope. What it says of the state is no sum: of such a one each word is taken. */
const isNumbered = ({ event, facts }: MappedEvent): boolean =>
  event.format === 'detail-envelope' && typeof event.body['sequence'] === 'number' && facts.status === null;

/** Of these a session has one at one time. Several outcomes, contacts or attribute updates at one time are ordinary. */
const isOnceAtATime = (mapped: MappedEvent): boolean =>
  mapped.facts.session !== null || (mapped.facts.isAfterCallWork && mapped.event.sessionId !== null) || isNumbered(mapped);

const claimOf = (mapped: MappedEvent): string => {
  const { type, participantId, sessionId, eventTimeMs, envelopeTimeMs, sequence } = mapped.event;
  // A topic's rank is no part of the claim: a deploy may change it.
  return JSON.stringify([type, participantId, sessionId, eventTimeMs, ...(isNumbered(mapped) ? [envelopeTimeMs, sequence] : [])]);
};

/**
 * The same (type, participant, session, time) with different content, or the same place in an envelope, is two facts. Both stay in the lifecycle and give their
 * metadata; for sums and counts the last in order stands for them, and an anomaly says so.
 */
export const settleConflicts = (
  events: readonly MappedEvent[],
): { readonly counted: readonly MappedEvent[]; readonly anomalies: readonly Anomaly[] } => {
  const standing = new Map<string, MappedEvent>();
  const contested = new Map<string, MappedEvent>();
  const claims = events.map((mapped) => (isOnceAtATime(mapped) ? claimOf(mapped) : null));
  for (const [index, mapped] of events.entries()) {
    const claim = claims[index] ?? null;
    if (claim === null) continue;
    if (standing.has(claim)) contested.set(claim, mapped);
    standing.set(claim, mapped);
  }
  const stands = (mapped: MappedEvent, claim: string | null): boolean => claim === null || standing.get(claim) === mapped;
  return {
    counted: events.filter((mapped, index) => stands(mapped, claims[index] ?? null)),
    anomalies: [...contested.values()].map(({ event }) => ({
      kind: 'conflict',
      detail: `Expected one ${nameEvent(event)} of its ${event.format === 'detail-envelope' ? 'sequence' : 'session'}, got several with different content; the last in order counts.`,
    })),
  };
};
