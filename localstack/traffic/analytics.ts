import type { Truth } from './traffic';

type Json = Readonly<Record<string, unknown>>;

/**
 * What Genesys's analytics would answer for a conversation, as far as anybody looks: its times, its numbers (canaries, too), no
 * attributes. A conversation that nobody ended has no `conversationEnd`.
 */
export const analyticsOf = ({
  expected,
}: Truth): Json & { readonly conversationId: string; readonly conversationStart: string } => {
  const { conversationId, direction, mediaType, caller, callee } = expected;
  const conversationStart = expected.startedAt ?? expected.lifecycle[0]!.timestamp;
  const conversationEnd = expected.endedAt ?? (expected.status === 'final' ? expected.lifecycle.at(-1)!.timestamp : null);
  const session = {
    sessionId: expected.sessions[0]?.sessionId ?? conversationId,
    ...(mediaType !== null && { mediaType }),
    ...(direction !== null && { direction }),
    ...(caller !== null && { ani: `tel:${caller}` }),
    ...(callee !== null && { dnis: `tel:${callee}` }),
    segments: [
      {
        segmentStart: conversationStart,
        ...(conversationEnd !== null && { segmentEnd: conversationEnd }),
        segmentType: 'interact',
      },
    ],
  };
  return {
    conversationId,
    conversationStart,
    ...(conversationEnd !== null && { conversationEnd }),
    ...(direction !== null && { originatingDirection: direction }),
    participants: [{ participantId: expected.participantIds[0] ?? conversationId, purpose: 'customer', sessions: [session] }],
  };
};
