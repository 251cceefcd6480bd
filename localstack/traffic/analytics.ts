import type { Truth } from './traffic';

type Json = Readonly<Record<string, unknown>>;

const metric = (name: string, value: number | null | undefined, emitDate: string): readonly Json[] =>
  value === null || value === undefined ? [] : [{ name, value, emitDate }];

const metricsOf = ({ metrics }: Truth['expected'], emitDate: string): readonly Json[] => {
  const { transfersByKind: kinds } = metrics;
  return [
    ...metric('tAcd', metrics.queueWaitMs, emitDate),
    ...metric('tAlert', metrics.alertMs, emitDate),
    ...metric('tTalk', metrics.talkMs, emitDate),
    ...metric('tTalkComplete', metrics.talkMs, emitDate),
    ...metric('tHeld', metrics.holdMs, emitDate),
    ...metric('tAcw', metrics.afterCallWorkMs, emitDate),
    ...metric('nBlindTransferred', kinds?.blind || null, emitDate),
    ...metric('nConsultTransferred', kinds?.consult || null, emitDate),
  ];
};

/** The one session of the customer that analytics tell of. */
export const communicationOf = ({ expected }: Truth): string => expected.sessions[0]?.sessionId ?? expected.conversationId;

/** Those who took the customer's call, and where: all in one session each, which is more than anybody looks at. */
const othersOf = (expected: Truth['expected'], startedAt: string, overAt: string, endedAt: string): readonly Json[] => {
  const { conversationId, agentIds, queueIds, wrapUpCodes } = expected;
  const waiting = queueIds.map((queueId) => ({ segmentStart: startedAt, segmentEnd: overAt, segmentType: 'interact', queueId }));
  const work = wrapUpCodes.map((wrapUpCode) => ({
    segmentStart: overAt,
    segmentEnd: endedAt,
    segmentType: 'wrapup',
    wrapUpCode,
  }));
  const metrics = metricsOf(expected, endedAt);
  return [
    { participantId: `${conversationId}-acd`, purpose: 'acd', sessions: [{ segments: [...waiting, ...work], metrics }] },
    ...agentIds.map((userId) => ({ participantId: `${conversationId}-${userId}`, purpose: 'agent', userId, sessions: [] })),
  ];
};

/**
 * What Genesys's analytics would answer for a conversation, as far as anybody looks: its times, its numbers (canaries, too), no
 * attributes. A conversation that nobody ended has no `conversationEnd`; of one that was, it waits for the after-call work.
 */
export const analyticsOf = (truth: Truth): Json & { readonly conversationId: string; readonly conversationStart: string } => {
  const { expected } = truth;
  const { conversationId, direction, mediaType, caller, callee } = expected;
  const conversationStart = expected.startedAt ?? expected.lifecycle[0]!.timestamp;
  const overAt = expected.endedAt ?? (expected.status === 'final' ? expected.lifecycle.at(-1)!.timestamp : null);
  const conversationEnd =
    overAt === null ? null : new Date(Date.parse(overAt) + (expected.metrics.afterCallWorkMs ?? 0)).toISOString();
  const session = {
    sessionId: communicationOf(truth),
    recording: true,
    ...(mediaType !== null && { mediaType }),
    ...(direction !== null && { direction }),
    ...(caller !== null && { ani: `tel:${caller}` }),
    ...(callee !== null && { dnis: `tel:${callee}` }),
    segments: [
      {
        segmentStart: conversationStart,
        ...(overAt !== null && { segmentEnd: overAt }),
        segmentType: 'interact',
      },
    ],
  };
  const others =
    overAt === null || conversationEnd === null ? [] : othersOf(expected, conversationStart, overAt, conversationEnd);
  const customer = { participantId: expected.participantIds[0] ?? conversationId, purpose: 'customer', sessions: [session] };
  return {
    conversationId,
    conversationStart,
    ...(conversationEnd !== null && { conversationEnd }),
    ...(direction !== null && { originatingDirection: direction }),
    participants: [customer, ...others],
  };
};
