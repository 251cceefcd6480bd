import type { DurationCheck } from './durations';
import type { MappedEvent } from './facts';
import type { Span } from './states';

/** Time spent in a state, of the spans that are over. */
export const timeInState = (spans: readonly Span[], state: Span['state'], check: DurationCheck): number | null =>
  check.sum(
    spans.filter((span) => span.state === state).map((span) => check.between(span.fromMs, span.toMs, `a time in ${state}`)),
    `the time in ${state}`,
  );

/**
 * From the detail that first names a queue, or the next one, to the connection after it. A queue that is only named once an
 * agent talks was attached late: how long the customer waited there is unknown, not 0.
 */
export const queueWaitsOfDetails = (events: readonly MappedEvent[], check: DurationCheck): readonly (number | null)[] => {
  const waits: (number | null)[] = [];
  let isTalking = false;
  let queueId: string | null = null;
  let sinceMs: number | null = null;
  for (const { event, facts } of events) {
    if (facts.state !== null) isTalking = facts.state === 'connected' || facts.state === 'onhold';
    if (facts.state === 'connected' && sinceMs !== null) {
      waits.push(check.between(sinceMs, event.eventTimeMs, 'the wait in a queue'));
      sinceMs = null;
    }
    if (facts.state === 'disconnected') sinceMs = null;
    if (facts.queueId === null || facts.queueId === queueId) continue;
    queueId = facts.queueId;
    if (!isTalking && facts.state !== 'disconnected') sinceMs ??= event.eventTimeMs;
  }
  return waits;
};
