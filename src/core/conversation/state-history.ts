import type { Anomaly } from '../record';
import type { Ending } from './ending';
import type { MappedEvent, SessionMoment } from './facts';
import { mediaTraits } from './media';
import { interacted, type Session, sessionKey } from './sessions';
import { createStateMachine, type Span, type StateMachine } from './states';

/*
 * How the states of a conversation follow from its events. A detail envelope says its states. In the real feed they follow
 * from sessions, and some only from an end that tells what the session had been:
 *
 *   customer  ├──────────────────────────────────────────┤
 *   acd          ├────┤
 *   user A            ├───────────────┤ transfer              the end says: interacted, so it was connected from its start
 *   user B                         ├─────────────────────┤
 *   state     ringing │   connected   │ connected          │ disconnected
 *                          onhold     transfer (no time in it: B was there already)
 *
 * A hold is known by its length alone. Its span has the bounds of the session in which it lay and lies beside the span of
 * connected; how long it took is in `metrics.holdMs`.
 */
interface Walk {
  readonly machine: StateMachine;
  /** User sessions that turned out to be, or are by their medium, connected from their start. */
  readonly connecting: ReadonlySet<string>;
  /** Those of them that run at this point of the walk, and since when. */
  readonly running: Map<string, number>;
  /** Sessions whose start lies after their end: when it was is unknown, so it is none here. */
  readonly skewed: ReadonlySet<string>;
  readonly open: Set<string>;
  customerHasLeft: boolean;
  latestEndMs: number | null;
}

const connects = (session: Session): boolean =>
  session.family === 'user' &&
  session.moments.some(
    (mapped) =>
      interacted(mapped) || (mapped.facts.session?.moment === 'start' && mediaTraits(mapped.facts.mediaType).connectsAtStart),
  );

const ringingFamilies: ReadonlySet<string> = new Set(['customer', 'flow', 'acd', 'user']);

/** While an agent talks, another session that starts (a consult, an in-queue flow) does not make the customer hear ringing. */
const stateAtStart = (walk: Walk, family: string, key: string): Span['state'] | null => {
  if (walk.connecting.has(key)) return 'connected';
  return walk.running.size === 0 && ringingFamilies.has(family) ? 'ringing' : null;
};

const startSession = (walk: Walk, mapped: MappedEvent, session: SessionMoment): void => {
  const key = sessionKey(session.family, session.sessionId);
  if (walk.skewed.has(key)) return;
  const wasOver = walk.open.size === 0 && walk.customerHasLeft;
  const state = stateAtStart(walk, session.family, key);
  walk.open.add(key);
  if (state === 'connected') walk.running.set(key, mapped.event.eventTimeMs);
  if (state === null) return;
  // It was over, and now it goes on: only this start tells that the last end had been one.
  if (wasOver) walk.machine.enter('disconnected', walk.latestEndMs, mapped);
  walk.machine.enter(state, mapped.event.eventTimeMs, mapped);
};

const endUserSession = (walk: Walk, mapped: MappedEvent, key: string, wasOpen: boolean): void => {
  const { machine, running } = walk;
  const { event, facts } = mapped;
  const startMs = running.get(key) ?? null;
  const startNeverCame = wasOpen && startMs === null && interacted(mapped);
  if (startNeverCame && running.size === 0) machine.enter('connected', null, mapped);
  if ((facts.durations.hold ?? 0) > 0) machine.note({ state: 'onhold', fromMs: startMs, toMs: event.eventTimeMs });
  running.delete(key);
  if (facts.transfer === null) return;
  machine.enter('transfer', event.eventTimeMs, mapped);
  if (running.size > 0) machine.enter('connected', event.eventTimeMs, mapped);
};

const endSession = (walk: Walk, mapped: MappedEvent, session: SessionMoment): void => {
  const key = sessionKey(session.family, session.sessionId);
  const wasOpen = walk.open.delete(key);
  walk.latestEndMs = mapped.event.eventTimeMs;
  if (session.family === 'customer') walk.customerHasLeft = true;
  if (session.family === 'user') endUserSession(walk, mapped, key, wasOpen);
};

const step = (walk: Walk, mapped: MappedEvent): void => {
  const { session, state } = mapped.facts;
  if (session?.moment === 'start') startSession(walk, mapped, session);
  if (session?.moment === 'end') endSession(walk, mapped, session);
  if (state !== null) walk.machine.enter(state, mapped.event.eventTimeMs, mapped);
};

const keysOf = (sessions: readonly Session[]): ReadonlySet<string> =>
  new Set(sessions.map(({ family, sessionId }) => sessionKey(family, sessionId)));

export const findStates = (
  events: readonly MappedEvent[],
  sessions: readonly Session[],
  ending: Ending,
): { readonly spans: readonly Span[]; readonly current: Span['state'] | null; readonly anomalies: readonly Anomaly[] } => {
  const walk: Walk = {
    machine: createStateMachine(),
    connecting: keysOf(sessions.filter(connects)),
    running: new Map(),
    skewed: keysOf(sessions.filter((session) => session.isSkewed)),
    // A session whose start never came was open before anything that we know.
    open: new Set(keysOf(sessions.filter((session) => session.lacksStart || session.isSkewed))),
    customerHasLeft: false,
    latestEndMs: null,
  };
  for (const mapped of events) step(walk, mapped);
  const { machine } = walk;
  if (ending.isDerived) machine.enter('disconnected', ending.endedAtMs, null);
  return { spans: machine.spans(), current: machine.current(), anomalies: machine.anomalies };
};
