import type { Json, JsonObject } from '../json';
import type { ParticipantSummary, RecordContent } from '../record';
import { bareAddress } from './address';
import type { MappedEvent } from './facts';
import type { Session } from './sessions';

const idSet = (): Set<string | null> => new Set();
const sorted = (ids: ReadonlySet<string | null>): readonly string[] => [...ids].filter((id) => id !== null).sort();
const sortedUnique = (texts: readonly (string | null)[]): readonly string[] => sorted(new Set(texts));

type Ids = Pick<
  RecordContent,
  'queueIds' | 'skillIds' | 'agentIds' | 'wrapUpCodes' | 'flowIds' | 'campaignId' | 'externalContactIds'
>;

/** Merged from every event: a queue, skill or wrap-up is often attached after the state it belongs to. */
export const mergeIds = (events: readonly MappedEvent[]): Ids => {
  const [queueIds, skillIds, agentIds, wrapUpCodes, flowIds, contactIds] = [idSet(), idSet(), idSet(), idSet(), idSet(), idSet()];
  for (const { facts } of events) {
    queueIds.add(facts.queueId);
    agentIds.add(facts.userId);
    wrapUpCodes.add(facts.wrapUpCode);
    flowIds.add(facts.flowId);
    contactIds.add(facts.externalContactId);
    for (const id of facts.skillIds) skillIds.add(id);
    for (const id of facts.conversationContactIds) contactIds.add(id);
  }
  return {
    queueIds: sorted(queueIds),
    skillIds: sorted(skillIds),
    agentIds: sorted(agentIds),
    wrapUpCodes: sorted(wrapUpCodes),
    flowIds: sorted(flowIds),
    campaignId: events.findLast(({ facts }) => facts.campaignId !== null)?.facts.campaignId ?? null,
    externalContactIds: sorted(contactIds),
  };
};

/**
 * The last in order wins; null says nothing. Keys are free text and stay as they are: pairs become an object only at the end,
 * by definition and not by assignment, so that `__proto__` is a key like any other.
 */
export const mergeAttributes = (events: readonly MappedEvent[]): JsonObject => {
  const merged = new Map<string, Json>();
  for (const { facts } of events) {
    for (const [key, value] of Object.entries(facts.attributes)) if (value !== null) merged.set(key, value);
  }
  return Object.fromEntries([...merged].sort(([a], [b]) => (a < b ? -1 : 1)));
};

type Customer = Pick<RecordContent, 'mediaType' | 'direction' | 'caller' | 'callee'>;

/** Of the first customer session; of the details where there is none. What a session's start omits its end may say. */
export const describeCustomer = (events: readonly MappedEvent[], sessions: readonly Session[]): Customer => {
  const first = sessions.find((session) => session.family === 'customer');
  const witnesses = (first?.moments ?? events.filter(({ event }) => event.format === 'detail-envelope')).map(
    ({ facts }) => facts,
  );
  const firstWord = (key: keyof Customer): string | null => witnesses.find((facts) => facts[key] !== null)?.[key] ?? null;
  return {
    mediaType: firstWord('mediaType'),
    direction: firstWord('direction'),
    caller: bareAddress(firstWord('caller')),
    callee: bareAddress(firstWord('callee')),
  };
};

/** Everybody whom an event names, in the order in which they were first heard of. */
export const listParticipants = (events: readonly MappedEvent[]): readonly ParticipantSummary[] => {
  const eventsOf = new Map<string, MappedEvent[]>();
  for (const mapped of events) {
    const { participantId } = mapped.event;
    if (participantId === null) continue;
    const known = eventsOf.get(participantId);
    if (known) known.push(mapped);
    else eventsOf.set(participantId, [mapped]);
  }
  return [...eventsOf].map(([participantId, own]) => {
    const facts = own.map((mapped) => mapped.facts);
    return {
      participantId,
      purposes: sortedUnique(facts.map(({ session }) => session?.family ?? null)),
      userId: facts.findLast(({ userId }) => userId !== null)?.userId ?? null,
      sessionIds: sortedUnique(facts.map(({ session }) => session?.sessionId ?? null)),
      externalContactIds: sortedUnique(facts.map(({ externalContactId }) => externalContactId)),
    };
  });
};
