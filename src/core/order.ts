import type { CanonicalEvent, EventFormat } from './event';

const compareText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** First part of the order. */
export const placeOfFormat: Readonly<Record<EventFormat, number>> = {
  genesys: 0,
  'detail-envelope': 0,
  'conversation-end': 1,
  tidemark: 2,
};

/**
 * The one order of a conversation's events: the parts of its order key, then the fingerprint, so that it is total and any
 * arrival order gives the same one. Text is compared by code units, never by locale. An explicit end mark sorts after all
 * else, whatever its clock said, and what we have to say of the whole after that.
 */
export const compareEvents = (a: CanonicalEvent, b: CanonicalEvent): number =>
  placeOfFormat[a.format] - placeOfFormat[b.format] ||
  a.envelopeTimeMs - b.envelopeTimeMs ||
  a.sequence - b.sequence ||
  compareText(a.participantId ?? '', b.participantId ?? '') ||
  compareText(a.sessionId ?? '', b.sessionId ?? '') ||
  compareText(a.fingerprint, b.fingerprint);

/** The better witness of one fact: it knows the organisation, was read by the newer schema; the rest only makes the choice total. */
const compareCopies = (a: CanonicalEvent, b: CanonicalEvent): number =>
  Number(a.orgId !== null) - Number(b.orgId !== null) ||
  a.schemaVersion - b.schemaVersion ||
  a.sequence - b.sequence ||
  compareText(a.orgId ?? '', b.orgId ?? '') ||
  compareText(a.subject, b.subject) ||
  compareText(a.mediaType ?? '', b.mediaType ?? '');

/** Each fingerprint once, in order. A fact may be stored under several order keys: a deploy can change a topic's rank. */
export const orderDistinct = (events: readonly CanonicalEvent[]): readonly CanonicalEvent[] => {
  const best = new Map<string, CanonicalEvent>();
  for (const event of events) {
    const known = best.get(event.fingerprint);
    if (!known || compareCopies(event, known) > 0) best.set(event.fingerprint, event);
  }
  return [...best.values()].sort(compareEvents);
};
