import { momentsOf } from './moments';
import type { AgentLeg, AgentTimes, Leg, Script } from './script';
import type { Expected, ExpectedMetrics, ExpectedRevision, ExpectedSession, TransferCounts, Truth, Wave } from './traffic';

/*
 * The truth about a script of the real feed, by the design's definitions, read off what people did. It knows no events: a
 * mistake in how events are written or folded cannot hide here.
 */

export const isoTime = (ms: number): string => new Date(ms).toISOString();

const sortedUnique = (ids: readonly (string | null | undefined)[]): readonly string[] =>
  [...new Set(ids.filter((id) => typeof id === 'string'))].sort();

/** Absent parts are skipped; nothing at all is unknown, not zero. */
const sum = (parts: readonly (number | null)[]): number | null => {
  const known = parts.filter((part) => part !== null);
  return known.length === 0 ? null : known.reduce((total, part) => total + part, 0);
};

const transferKinds: Readonly<Record<string, keyof TransferCounts>> = {
  TRANSFER: 'blind',
  CONSULT_TRANSFER: 'consult',
  CONFERENCE_TRANSFER: 'conference',
  FORWARD_TRANSFER: 'forward',
  NO_ANSWER_TRANSFER: 'noAnswer',
  NOT_AVAILABLE_TRANSFER: 'notAvailable',
  DND_TRANSFER: 'doNotDisturb',
};

const noTransfers: TransferCounts = {
  blind: 0,
  consult: 0,
  conference: 0,
  forward: 0,
  noAnswer: 0,
  notAvailable: 0,
  doNotDisturb: 0,
  other: 0,
};

const isAgent = (leg: Leg): leg is AgentLeg => leg.kind === 'user';
const interacted = (leg: AgentLeg): boolean => leg.to !== null && leg.times.talkMs !== null;

const transfersOf = (agents: readonly AgentLeg[]): Pick<ExpectedMetrics, 'transfers' | 'transfersByKind'> => {
  const kinds = agents
    .filter((leg) => leg.disconnect.endsWith('TRANSFER'))
    .map((leg): keyof TransferCounts => transferKinds[leg.disconnect] ?? 'other');
  const counts: Record<keyof TransferCounts, number> = { ...noTransfers };
  for (const kind of kinds) counts[kind] += 1;
  return { transfers: kinds.length, transfersByKind: counts };
};

const metricsOf = (script: Script): ExpectedMetrics => {
  const agents = script.legs.filter(isAgent);
  const finished = agents.filter((leg) => leg.to !== null);
  const total = (time: keyof AgentTimes): number | null => sum(finished.map((leg) => leg.times[time]));
  const waits = script.legs.map((leg) => (leg.kind === 'acd' && leg.to !== null ? (leg.toldWaitMs ?? leg.to - leg.from) : null));
  const afterCallWorkMs = sum(agents.map((leg) => leg.work?.durationMs ?? null));
  return {
    talkMs: total('talkMs'),
    holdMs: total('holdMs'),
    alertMs: total('alertMs'),
    queueWaitMs: sum(waits),
    afterCallWorkMs,
    handleMs: sum([total('talkMs'), total('holdMs'), afterCallWorkMs, total('dialMs'), total('contactMs')]),
    ...transfersOf(finished),
    abandoned:
      script.legs.some((leg) => leg.kind === 'acd' && leg.to !== null && leg.outcome === 'ABANDON') && !agents.some(interacted),
  };
};

const sessionsOf = (legs: readonly Leg[]): readonly ExpectedSession[] =>
  legs
    .map((leg) => ({
      family: leg.kind,
      sessionId: leg.sessionId,
      startedAt: leg.startUnheard ? null : isoTime(leg.from),
      endedAt: leg.to === null ? null : isoTime(leg.to),
    }))
    .sort((a, b) => (`${a.family} ${a.sessionId}` < `${b.family} ${b.sessionId}` ? -1 : 1));

const isDigital = (leg: Leg): boolean => leg.media === 'CHAT' || leg.media === 'MESSAGE' || leg.media === 'EMAIL';

const statesReachedBy = (script: Script, complete: boolean): readonly string[] => {
  const agents = script.legs.filter(isAgent);
  return sortedUnique([
    'ringing',
    agents.some((leg) => interacted(leg) || isDigital(leg)) ? 'connected' : null,
    agents.some((leg) => leg.to !== null && leg.times.holdMs !== null) ? 'onhold' : null,
    agents.some((leg) => leg.to !== null && leg.disconnect.endsWith('TRANSFER')) ? 'transfer' : null,
    complete ? 'disconnected' : null,
  ]);
};

/** What had been told of a leg once a wave was through. */
const heardBy = (wave: Wave, leg: Leg) => ({
  start: leg.startUnheard !== true && leg.wave <= wave,
  end: leg.to !== null && (leg.endWave ?? leg.wave) <= wave,
});

const missingAfter = (wave: Wave, legs: readonly Leg[]): readonly string[] => {
  const heard = legs.map((leg) => ({ leg, ...heardBy(wave, leg) })).filter(({ start, end }) => start || end);
  const customerLeft = heard.some(({ leg, end }) => leg.kind === 'customer' && end);
  return sortedUnique([
    customerLeft ? null : 'customer-end',
    ...heard.map(({ leg, end }) => (end ? null : `session-end:${leg.sessionId}`)),
    heard.some(({ start }) => !start) ? 'start' : null,
    heard.some(({ leg, end }) => end && isAgent(leg) && interacted(leg) && (leg.work?.wave ?? 9) > wave) ? 'acw' : null,
  ]);
};

const isPartial = (missing: readonly string[]): boolean =>
  missing.some((what) => what === 'customer-end' || what.startsWith('session-end:'));

const revisionsOf = (script: Script): readonly ExpectedRevision[] => {
  const moments = momentsOf(script);
  const waves = [...new Set(moments.map((moment) => moment.wave))].sort();
  return waves.map((wave) => {
    const missing = missingAfter(wave, script.legs);
    const eventCount = moments.filter((moment) => moment.wave <= wave).length;
    return { wave, status: isPartial(missing) ? 'partial' : 'final', missing, eventCount };
  });
};

const withoutScheme = (address: string | undefined): string | null => address?.replace(/^(tel|sip):/, '') ?? null;

const idsOf = (script: Script) => {
  const { legs, notes } = script;
  return {
    participantIds: sortedUnique([
      ...legs.map((leg) => leg.participantId),
      ...notes.map((note) => (note.kind === 'attributes' ? note.participantId : null)),
    ]),
    queueIds: sortedUnique(legs.map((leg) => ('queueId' in leg ? leg.queueId : null))),
    skillIds: sortedUnique(legs.flatMap((leg) => (leg.kind === 'acd' ? leg.skillIds : []))),
    agentIds: sortedUnique(legs.filter(isAgent).map((leg) => leg.userId)),
    wrapUpCodes: sortedUnique([
      ...legs.filter(isAgent).map((leg) => leg.work?.code),
      ...notes.map((note) => (note.kind === 'wrapup' ? note.code : null)),
    ]),
    flowIds: sortedUnique(legs.map((leg) => (leg.kind === 'flow' ? leg.flowId : null))),
    campaignId: notes.find((note) => note.kind === 'outbound')?.campaignId ?? null,
    externalContactIds: sortedUnique([
      ...script.contactIds,
      ...legs.map((leg) => (leg.kind === 'customer' ? leg.externalContactId : null)),
      ...notes.map((note) => (note.kind === 'contact' ? note.externalContactId : null)),
    ]),
  };
};

const attributesOf = (script: Script): Readonly<Record<string, string>> =>
  Object.fromEntries(
    [...script.notes]
      .sort((a, b) => a.at - b.at)
      .flatMap((note) => (note.kind === 'attributes' ? note.attributes : []))
      .map(([key, value]) => [key, value] as const),
  );

const timesOf = (script: Script, complete: boolean) => {
  const moments = momentsOf(script).filter((moment) => moment.topic !== 'conversation.end');
  const startedAt = Math.min(...moments.map((moment) => moment.at));
  const endedAt = complete ? Math.max(...script.legs.map((leg) => leg.to ?? 0)) : null;
  return {
    startedAt: isoTime(startedAt),
    endedAt: endedAt === null ? null : isoTime(endedAt),
    durationMs: endedAt === null ? null : endedAt - startedAt,
  };
};

/** The state that a conversation which nobody ended is left in. */
const lastState = (legs: readonly Leg[]): string =>
  legs.some((leg) => isAgent(leg) && isDigital(leg)) ? 'connected' : 'ringing';

export const truthOf = (script: Script): Truth => {
  const revisions = revisionsOf(script);
  const last = revisions.at(-1)!;
  const complete = last.status === 'final';
  const customer = script.legs.find((leg) => leg.kind === 'customer');
  const expected: Expected = {
    conversationId: script.conversationId,
    orgId: script.orgId,
    status: last.status,
    ...(last.missing && { missing: last.missing }),
    mediaType: customer?.media.toLowerCase() ?? null,
    direction: customer?.direction.toLowerCase() ?? null,
    ...timesOf(script, complete),
    finalStatus: complete ? 'disconnected' : lastState(script.legs),
    eventCount: last.eventCount,
    lifecycle: momentsOf(script).map(({ at, topic }, index) => ({ sequence: index + 1, timestamp: isoTime(at), action: topic })),
    statesReached: statesReachedBy(script, complete),
    sessions: sessionsOf(script.legs),
    ...idsOf(script),
    attributes: attributesOf(script),
    caller: withoutScheme(script.addresses.ani),
    callee: withoutScheme(script.addresses.dnis),
    metrics: metricsOf(script),
  };
  const { conversationId, story, reopened, late } = script;
  return { conversationId, story, expected, revisions, reopened, late };
};
