import type { EnvelopeScript, EnvelopeState } from './envelope-script';
import { envelopesOf } from './envelope-script';
import type { Expected, ExpectedLifecycleEntry, ExpectedRevision, Truth } from './traffic';
import { isoTime } from './truth';

/** The most details in one envelope; a script's facts and its lifecycle are cut the same way. */
export const detailsPerEnvelope = 3;

const lifecycleOf = (script: EnvelopeScript): readonly ExpectedLifecycleEntry[] =>
  envelopesOf(script, detailsPerEnvelope).flatMap(({ details }) =>
    details.map(({ at, name }, index) => ({ sequence: index + 1, timestamp: isoTime(at), action: name })),
  );

/** How long the conversation was in a state; null if it never left one, or never was in it. */
const timeIn = (script: EnvelopeScript, state: EnvelopeState): number | null => {
  const spans = script.turns.flatMap((turn, index) => {
    const next = script.turns[index + 1];
    return turn.state === state && next ? [next.at - turn.at] : [];
  });
  return spans.length === 0 ? null : spans.reduce((total, span) => total + span, 0);
};

const inMs = (seconds: number | null): number | null => (seconds === null ? null : seconds * 1000);

const metricsOf = (script: EnvelopeScript): Expected['metrics'] => {
  const [talkMs, holdMs, afterCallWorkMs] = [timeIn(script, 'connected'), inMs(script.holdSeconds), inMs(script.workSeconds)];
  const handled = [talkMs, holdMs, afterCallWorkMs].filter((part) => part !== null);
  return {
    talkMs,
    holdMs,
    alertMs: timeIn(script, 'ringing'),
    ...(script.queueWaitMs !== null && { queueWaitMs: script.queueWaitMs }),
    afterCallWorkMs,
    handleMs: handled.length === 0 ? null : handled.reduce((total, part) => total + part, 0),
    transfers: script.transfers,
    abandoned: null,
  };
};

const revisionsOf = (script: EnvelopeScript, isFinal: boolean): readonly ExpectedRevision[] => {
  const waves = [...new Set(script.tellings.map(({ wave }) => wave))].sort();
  return waves.map((wave) => ({
    wave,
    status: isFinal ? 'final' : 'partial',
    missing: isFinal ? [] : ['customer-end'],
    eventCount: script.tellings.filter((telling) => telling.wave <= wave).length,
  }));
};

const timesOf = (script: EnvelopeScript) => {
  const startedMs = script.tellings[0]!.at;
  const end = script.turns.find(({ state }) => state === 'disconnected');
  const measured = end ? end.at - startedMs : null;
  return {
    startedAt: isoTime(startedMs),
    endedAt: end ? isoTime(end.at) : null,
    durationMs: inMs(script.durationSeconds) ?? measured,
  };
};

export const envelopeTruthOf = (script: EnvelopeScript): Truth => {
  const { turns, conversationId, story, late } = script;
  const isFinal = turns.some(({ state }) => state === 'disconnected');
  const revisions = revisionsOf(script, isFinal);
  const { orgId, media, direction, participantIds, queueIds, skillIds, wrapUpCodes, caller, callee } = script;
  const lastTold = script.tellings.filter(({ name }) => name === 'conversation:state').at(-1);
  const expected: Expected = {
    conversationId,
    orgId,
    status: isFinal ? 'final' : 'partial',
    missing: isFinal ? [] : ['customer-end'],
    mediaType: media,
    direction,
    ...timesOf(script),
    finalStatus: String(lastTold?.data['status']),
    eventCount: script.tellings.length,
    lifecycle: lifecycleOf(script),
    states: turns.map(({ state, at }, index) => {
      const next = turns[index + 1];
      return { state, from: isoTime(at), to: next ? isoTime(next.at) : null };
    }),
    statesReached: [...new Set(turns.map(({ state }) => state))].sort(),
    sessions: [],
    ...{ participantIds, queueIds, skillIds, wrapUpCodes },
    agentIds: [...script.agentIds].sort(),
    flowIds: [],
    campaignId: null,
    attributes: {},
    externalContactIds: [],
    ...{ caller: caller?.replace(/^tel:/, '') ?? null, callee },
    metrics: metricsOf(script),
  };
  return { conversationId, story, expected, revisions, reopened: false, late };
};
