import type { CanonicalEvent } from '../event';
import { orderDistinct } from '../order';
import { applyCorrections } from '../reconciliation/correction-event';
import type { Anomaly, ConversationMetrics, LifecycleEntry, RecordContent, StateSpan } from '../record';
import { outline } from './completeness';
import { settleConflicts } from './conflicts';
import { findSequenceAnomalies } from './detail-sequence';
import { createDurationCheck, type DurationCheck } from './durations';
import type { Ending } from './ending';
import type { MappedEvent } from './facts';
import { dateableOrNull, isoOrNull, nameEvent } from './instant';
import type { MapperOf } from './mappers';
import { describeCustomer, listParticipants, mergeAttributes, mergeIds } from './metadata';
import { measure } from './metrics';
import { traceProvenance } from './provenance';
import { summariseSession } from './sessions';
import { findStates } from './state-history';
import type { Span } from './states';

export type { MapperOf };

export interface Folded {
  readonly content: RecordContent;
  /** By what the events or Genesys's analytics say; whether the hold has passed is for the window to say. */
  readonly complete: boolean;
  readonly awaitsAfterCallWork: boolean;
  /** Each fact once, in order. */
  readonly ordered: readonly CanonicalEvent[];
  /** Distinct, sorted. */
  readonly fingerprints: readonly string[];
}

/** What happened, by its senders: a correction did not happen in the conversation. */
const isSent = ({ format }: CanonicalEvent): boolean => format !== 'tidemark';

/** One entry for each distinct event, never collapsed, whether or not anything else could be read from it. */
const listLifecycle = (events: readonly CanonicalEvent[]): readonly LifecycleEntry[] =>
  events.map((event, index) => ({
    sequence: event.format === 'detail-envelope' ? event.sequence : index + 1,
    timestamp: isoOrNull(event.eventTimeMs),
    action: event.type,
  }));

const findImpossibleTimes = (ordered: readonly CanonicalEvent[]): readonly Anomaly[] =>
  ordered
    .filter((event) => dateableOrNull(event.eventTimeMs) === null)
    .map((event) => ({
      kind: 'impossible-time',
      detail: `Expected the time of ${nameEvent(event)} to lie before the year 10000, where dates end; taken as unknown.`,
    }));

const toStateSpan = ({ state, fromMs, toMs }: Span): StateSpan => ({ state, from: isoOrNull(fromMs), to: isoOrNull(toMs) });

/** The total that a `conversation:state:updated` tells wins over the difference: the sender measured it. */
const findDuration = (counted: readonly MappedEvent[], ending: Ending, check: DurationCheck): number | null =>
  counted.findLast(({ facts }) => facts.durations.conversation !== undefined)?.facts.durations.conversation ??
  check.between(ending.startedAtMs, ending.endedAtMs, 'the duration of the conversation');

/** A status that a detail envelope states is the last word, unless something else says that it is over. */
const findFinalStatus = (events: readonly MappedEvent[], ending: Ending, current: Span['state'] | null): string | null =>
  ending.isDerived ? 'disconnected' : (events.findLast(({ facts }) => facts.status !== null)?.facts.status ?? current);

const reconstruct = (ordered: readonly CanonicalEvent[], mapperOf: MapperOf) => {
  const { mapped, sessions, awaits, ending } = outline(ordered, mapperOf);
  const settled = settleConflicts(mapped.events);
  const states = findStates(settled.counted, sessions, ending);
  const check = createDurationCheck();
  const metrics: ConversationMetrics = measure(settled.counted, states.spans, check);
  const durationMs = findDuration(settled.counted, ending, check);
  const anomalies = [
    ...findImpossibleTimes(ordered),
    ...findSequenceAnomalies(ordered),
    ...mapped.anomalies,
    ...settled.anomalies,
    ...states.anomalies,
    ...check.anomalies,
  ];
  return { mapped, sessions, awaits, ending, states, metrics, durationMs, anomalies };
};

/**
 * What a conversation's events say, all together. Pure, and the same for every arrival order and any duplication. Never
 * throws for what an event holds.
 */
export const foldConversation = (events: readonly CanonicalEvent[], mapperOf: MapperOf): Folded => {
  const ordered = orderDistinct(events);
  const sent = ordered.filter(isSent);
  const { mapped, sessions, awaits, ending, states, ...found } = reconstruct(ordered, mapperOf);
  const told: RecordContent = {
    conversationId: ordered[0]?.conversationId ?? '',
    orgId: ordered.find((event) => event.orgId !== null)?.orgId ?? null,
    status: ending.isComplete ? 'final' : 'partial',
    missing: ending.missing,
    anomalies: found.anomalies,
    producedBy: traceProvenance(ordered, mapped.mappers),
    ...describeCustomer(mapped.events, sessions),
    startedAt: isoOrNull(ending.startedAtMs),
    endedAt: isoOrNull(ending.endedAtMs),
    durationMs: found.durationMs,
    finalStatus: findFinalStatus(mapped.events, ending, states.current),
    eventCount: sent.length,
    lifecycle: listLifecycle(sent),
    states: states.spans.map(toStateSpan),
    participants: listParticipants(mapped.events),
    sessions: sessions.map(summariseSession),
    ...mergeIds(mapped.events),
    attributes: mergeAttributes(mapped.events),
    metrics: found.metrics,
  };
  const own = mapped.events.map(({ event }) => event).filter((event) => !isSent(event));
  const { content, isOver } = applyCorrections(told, own);
  const fingerprints = ordered.map((event) => event.fingerprint).sort();
  return { content, complete: ending.isComplete || isOver, awaitsAfterCallWork: awaits, ordered, fingerprints };
};
