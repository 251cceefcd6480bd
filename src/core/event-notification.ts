import { isoOrNull } from './conversation/instant';
import type { CanonicalEvent, EventFormat } from './event';
import { madeOfDigest, type Notification, type StoredRecord } from './items';
import type { JsonObject } from './json';
import { attributeBytes, limits, utf8Bytes } from './limits';
import { attribute, firstThatFits } from './travel';

/** Where an event stands: in the revision that first contains it. */
export interface EventPlace {
  readonly life: string;
  readonly revision: number;
  /** From 1, among the events of that revision. */
  readonly position: number;
}

/** An event as it is published: `schemas/tidemark.event`. Its fingerprint is what it is deduplicated by. */
export interface EventMessage extends EventPlace {
  readonly layout: 1;
  readonly conversationId: string;
  readonly fingerprint: string;
  readonly type: string;
  readonly subject: string;
  readonly schemaVersion: number;
  readonly format: EventFormat;
  readonly eventTime: string | null;
  readonly envelopeTimeMs: number;
  readonly sequence: number;
  readonly orgId: string | null;
  readonly participantId: string | null;
  readonly sessionId: string | null;
  readonly mediaType: string | null;
  /** The event as it came, less its carrier. */
  readonly body: JsonObject | null;
  readonly bodyOmitted?: true;
}

const eventMessage = (event: CanonicalEvent, place: EventPlace): EventMessage => {
  const { conversationId, fingerprint, type, subject, schemaVersion, format, envelopeTimeMs, sequence } = event;
  const { orgId, participantId, sessionId, mediaType, body } = event;
  return {
    layout: 1,
    conversationId,
    life: place.life,
    revision: place.revision,
    position: place.position,
    fingerprint,
    type,
    subject,
    schemaVersion,
    format,
    eventTime: isoOrNull(event.eventTimeMs),
    envelopeTimeMs,
    sequence,
    orgId,
    participantId,
    sessionId,
    mediaType,
    body,
  };
};

const withoutBody = (message: EventMessage): EventMessage => ({ ...message, body: null, bodyOmitted: true });

const withoutIds = (message: EventMessage): EventMessage => ({
  ...withoutBody(message),
  orgId: null,
  participantId: null,
  sessionId: null,
  mediaType: null,
});

const eventAttributes = ({ subject, revision, mediaType, orgId }: EventMessage): Record<string, string> => ({
  kind: 'event',
  subject,
  revision: String(revision),
  ...attribute('mediaType', mediaType && mediaType.toLowerCase()),
  ...attribute('orgId', orgId),
});

/** An event of a revision. What is too large goes without its body, which the table has: it must not hold up the close. */
export const eventNotification = (event: CanonicalEvent, place: EventPlace): Notification => {
  const whole = eventMessage(event, place);
  const attributes = eventAttributes(whole);
  const versions = [() => whole, () => withoutBody(whole), () => withoutIds(whole)].map((make) => () => JSON.stringify(make()));
  return { message: firstThatFits(versions, utf8Bytes, limits.notificationBytes - attributeBytes(attributes)), attributes };
};

/** An event that a revision contains and the one before it did not. */
export interface NewEvent {
  readonly event: CanonicalEvent;
  readonly place: EventPlace;
}

/**
 * The events of a revision that the one before did not contain, in order. Both say what they were made of, so that a resumed
 * revision has the same ones, whatever has come since. One that expired in between is left out: it cannot be had any more.
 */
export const newEventsOf = (
  { record, madeOf }: StoredRecord,
  previous: StoredRecord | null,
  ordered: readonly CanonicalEvent[],
): readonly NewEvent[] => {
  const { life, revision } = record;
  const own = new Set(madeOf);
  const known = new Set(previous?.madeOf);
  return ordered
    .filter(({ fingerprint }) => own.has(madeOfDigest(fingerprint)))
    .map((event, index) => ({ event, place: { life, revision, position: index + 1 } }))
    .filter(({ event }) => !known.has(madeOfDigest(event.fingerprint)));
};
