import { isoOrNull } from './conversation/instant';
import type { CanonicalEvent, EventFormat, PassedEvent } from './event';
import type { Notification } from './items';
import type { JsonObject } from './json';
import { attribute } from './travel';

/** An event that no record carries, as it is published: `schemas/tidemark.passed-event`. Its fingerprint is what it is deduplicated by. */
export interface PassedMessage {
  readonly layout: 1;
  readonly conversationId: string | null;
  readonly fingerprint: string;
  readonly type: string;
  readonly subject: string;
  readonly schemaVersion: number;
  readonly format: EventFormat;
  readonly eventTime: string | null;
  readonly orgId: string | null;
  /** The event as it came, less its carrier. */
  readonly body: JsonObject;
}

/** Whole or not at all: nobody else keeps it. */
export const passedEventNotification = (event: PassedEvent): Notification => {
  const { conversationId, fingerprint, type, subject, schemaVersion, format, eventTimeMs, orgId, body } = event;
  const eventTime = isoOrNull(eventTimeMs);
  const message: PassedMessage = {
    layout: 1,
    conversationId,
    fingerprint,
    type,
    subject,
    schemaVersion,
    format,
    eventTime,
    orgId,
    body,
  };
  return { message: JSON.stringify(message), attributes: { kind: 'passed-event', subject, ...attribute('orgId', orgId) } };
};

/** Of an event that could have been reconstructed or attached: with a conversation and a time. */
export const asPassed = (event: CanonicalEvent): PassedEvent => {
  const { layout, conversationId, orgId, format, type, subject, schemaVersion, eventTimeMs, fingerprint, body } = event;
  return { layout, conversationId, orgId, format, type, subject, schemaVersion, eventTimeMs, fingerprint, body };
};
