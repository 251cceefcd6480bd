import { endMarkEvent } from './genesys-events';
import type { Parcel } from './parcel';
import type { Seat } from './stage';
import type { Truth } from './traffic';
import { isoTime } from './truth';

/**
 * Seed 000 alone: all that ever comes of a conversation is that it ended. One final record, which knows when it was told so and
 * nothing else.
 */
export const loneEndMark = ({
  conversationId,
  startMs,
  centre,
}: Seat): { readonly parcels: readonly Parcel[]; readonly truth: Truth } => {
  const { orgId } = centre;
  const parcel: Parcel = {
    conversationId,
    wave: 1,
    kind: 'good',
    facts: [`${conversationId}#0`],
    publish: (chance) => endMarkEvent(chance, { conversationId, orgId }, startMs),
    mayTravelBare: false,
  };
  const nothing = { talkMs: null, holdMs: null, alertMs: null, queueWaitMs: null, afterCallWorkMs: null, handleMs: null };
  const expected: Truth['expected'] = {
    conversationId,
    orgId,
    status: 'final',
    // Nobody ever told of a beginning.
    missing: ['start'],
    mediaType: null,
    direction: null,
    endedAt: null,
    durationMs: null,
    finalStatus: 'disconnected',
    eventCount: 1,
    lifecycle: [{ sequence: 1, timestamp: isoTime(startMs), action: 'conversation.end' }],
    statesReached: ['disconnected'],
    ...{ participantIds: [], sessions: [], queueIds: [], skillIds: [], agentIds: [], wrapUpCodes: [], flowIds: [] },
    ...{ campaignId: null, attributes: {}, externalContactIds: [], caller: null, callee: null },
    metrics: { ...nothing, transfers: 0, abandoned: null },
  };
  const revisions = [{ wave: 1, status: 'final', missing: ['start'], eventCount: 1 }] as const;
  return {
    parcels: [parcel],
    truth: { conversationId, story: 'end mark alone', expected, revisions, reopened: false, late: false },
  };
};
