import type { Json } from '../json';
import type { SessionFamily, SessionSummary } from '../record';
import type { MappedEvent } from './facts';
import { isoOrNull } from './instant';

/** One (topic family, sessionId) and the events that started and ended it, in order; messaging may open one several times. */
export interface Session {
  readonly family: SessionFamily;
  readonly sessionId: string;
  readonly moments: readonly MappedEvent[];
  /** The last that is known of it is a start. */
  readonly isOpen: boolean;
  /** The first that is known of it is an end: its start never came. */
  readonly lacksStart: boolean;
  /** Its only start lies after its end: nobody opens again what was never opened, so the two clocks differ and it is over. */
  readonly isSkewed: boolean;
}

export const sessionKey = (family: SessionFamily, sessionId: string): string => `${family} ${sessionId}`;

const makeSession = (moments: readonly MappedEvent[]): Session | null => {
  const first = moments[0]?.facts.session;
  const last = moments.at(-1)?.facts.session;
  if (!first || !last) return null;
  const { family, sessionId } = first;
  const starts = moments.filter(({ facts }) => facts.session?.moment === 'start');
  const startTimes = new Set(starts.map(({ event }) => event.eventTimeMs));
  const isSkewed = first.moment === 'end' && last.moment === 'start' && startTimes.size === 1;
  return {
    family,
    sessionId,
    moments,
    isOpen: last.moment === 'start' && !isSkewed,
    lacksStart: first.moment === 'end' && !isSkewed,
    isSkewed,
  };
};

/** Sessions in the order in which they were first heard of. */
export const collectSessions = (events: readonly MappedEvent[]): readonly Session[] => {
  const momentsByKey = new Map<string, MappedEvent[]>();
  for (const mapped of events) {
    const { session } = mapped.facts;
    if (!session) continue;
    const key = sessionKey(session.family, session.sessionId);
    const moments = momentsByKey.get(key);
    if (moments) moments.push(mapped);
    else momentsByKey.set(key, [mapped]);
  }
  return [...momentsByKey.values()].map(makeSession).filter((session) => session !== null);
};

/** What the session's events say of one thing: the last word counts. */
const lastWord = <T>({ moments }: Session, read: (mapped: MappedEvent) => T | null): T | null => {
  const last = moments.findLast((mapped) => read(mapped) !== null);
  return last === undefined ? null : read(last);
};

/** Its fields are ours by name, so that assigning them is safe. */
const mergeRaw = ({ moments }: Session): Readonly<Record<string, Json>> => {
  const merged: Record<string, Json> = {};
  for (const { facts } of moments) Object.assign(merged, facts.session?.raw);
  return merged;
};

export const summariseSession = (session: Session): SessionSummary => {
  const start = session.moments.find(({ facts }) => facts.session?.moment === 'start');
  const end = session.isOpen ? undefined : session.moments.findLast(({ facts }) => facts.session?.moment === 'end');
  return {
    family: session.family,
    sessionId: session.sessionId,
    participantId: lastWord(session, ({ event }) => event.participantId),
    mediaType: lastWord(session, ({ facts }) => facts.mediaType),
    direction: lastWord(session, ({ facts }) => facts.direction),
    startedAt: isoOrNull(session.lacksStart ? null : (start?.event.eventTimeMs ?? null)),
    endedAt: isoOrNull(end?.event.eventTimeMs ?? null),
    disconnectType: end ? lastWord(session, ({ facts }) => facts.disconnectType) : null,
    userId: lastWord(session, ({ facts }) => facts.userId),
    queueId: lastWord(session, ({ facts }) => facts.queueId),
    flowId: lastWord(session, ({ facts }) => facts.flowId),
    raw: mergeRaw(session),
  };
};

/** One stretch of a user session, from a start to its end; a session without a start begins in the unknown. */
export interface UserRun {
  readonly session: Session;
  readonly startMs: number | null;
  readonly end: MappedEvent;
}

/** An agent and the customer really talked (or wrote): the end says for how long. */
export const interacted = ({ facts }: MappedEvent): boolean =>
  facts.session?.family === 'user' && facts.session.moment === 'end' && (facts.durations.talk ?? 0) > 0;

/** The stretches in which an agent and the customer interacted. */
export const interactedRuns = (sessions: readonly Session[]): readonly UserRun[] =>
  sessions.flatMap((session) => {
    let startMs: number | null = null;
    const runs: UserRun[] = [];
    for (const mapped of session.moments) {
      const isStart = mapped.facts.session?.moment === 'start';
      if (interacted(mapped)) runs.push({ session, startMs, end: mapped });
      startMs = isStart ? mapped.event.eventTimeMs : null;
    }
    return runs;
  });
