import type { CanonicalEvent } from './event';
import type { StoredEvent } from './items';

/*
 * What the hold must cover: how long after its conversation already looked complete an event came, in queue time.
 *
 *     customer.end          flow.outcome                     acw
 *     ────┼──────────────────────┼────────────────────────────┼────►
 *         │ complete │◄── gap ──►│ complete │◄───── gap ──────►│
 *
 * A hold shorter than a gap closes the window in it, and the event makes one more revision.
 */

export interface Gap {
  readonly event: CanonicalEvent;
  readonly ms: number;
  /** After-call work was still awaited: another hold is to cover it. */
  readonly awaitsAfterCallWork: boolean;
}

/** What the fold says of the events up to a moment. */
export interface LookSoFar {
  readonly complete: boolean;
  readonly awaitsAfterCallWork: boolean;
}

export interface GapQuestion {
  readonly arrivals: readonly StoredEvent[];
  /** Those that the record before lacked: each event is asked about with the first record that has it, and never again. */
  readonly isNew: (event: CanonicalEvent) => boolean;
  readonly look: (events: readonly CanonicalEvent[]) => LookSoFar;
}

/** Any hold worth having covers less. */
const leastGapMs = 1_000;

/** Looks at one window, and events looked at in all of them together: one close must not keep its worker from others. */
const mostLooks = 10;
const mostEvents = 20_000;

/** No conversation looks complete before one of these has come: most gaps need no look at all. */
const canComplete = ({ format, type }: CanonicalEvent): boolean =>
  format === 'genesys' ? type === 'customer.end' : format === 'conversation-end' || type === 'conversation:state';

/** Each fact at its first arrival, in the order of arrival. What we say ourselves, hours later, no hold is to cover. */
const inOrderOfArrival = (arrivals: readonly StoredEvent[]): readonly StoredEvent[] => {
  const first = new Map<string, StoredEvent>();
  for (const one of arrivals.filter(({ event }) => event.format !== 'tidemark')) {
    const known = first.get(one.event.fingerprint);
    if (!known || one.sentAtMs < known.sentAtMs) first.set(one.event.fingerprint, one);
  }
  return [...first.values()].sort((a, b) => a.sentAtMs - b.sentAtMs);
};

/** The latest gaps first, where there are more than may be looked at. */
export const findGaps = ({ arrivals, isNew, look }: GapQuestion): readonly Gap[] => {
  const arrived = inOrderOfArrival(arrivals);
  const firstEnd = arrived.findIndex(({ event }) => canComplete(event));
  if (firstEnd === -1) return [];
  const gaps = arrived.flatMap(({ event, sentAtMs }, index) => {
    const ms = sentAtMs - (arrived[index - 1]?.sentAtMs ?? sentAtMs);
    return index > firstEnd && ms >= leastGapMs && isNew(event) ? [{ event, ms, index }] : [];
  });
  const looks = Math.max(1, Math.min(mostLooks, Math.floor(mostEvents / arrived.length)));
  return gaps.slice(-looks).flatMap(({ event, ms, index }) => {
    const { complete, awaitsAfterCallWork } = look(arrived.slice(0, index).map((one) => one.event));
    return complete ? [{ event, ms, awaitsAfterCallWork }] : [];
  });
};
