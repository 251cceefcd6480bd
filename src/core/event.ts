import { hash } from 'node:crypto';
import { canonicalJson, type JsonObject } from './json';

/** The shapes that arrive; one adapter each in `formats/`. */
export type CarriedFormat = 'genesys' | 'detail-envelope' | 'conversation-end';
/** `tidemark`: an event of our own, which no message carries. */
export type EventFormat = CarriedFormat | 'tidemark';

/** One canonical micro-event. Layout 1; stored events of an older layout are brought up to date when they are read. */
export interface CanonicalEvent {
  readonly layout: 1;
  readonly conversationId: string;
  /** The Genesys organisation, from the carrier's `source`; null where the carrier does not say. */
  readonly orgId: string | null;
  readonly format: EventFormat;
  /** `customer.end`, `conversation:state`, `conversation.end`, … */
  readonly type: string;
  /** What the registry files its schema under. */
  readonly subject: string;
  readonly schemaVersion: number;
  readonly participantId: string | null;
  readonly sessionId: string | null;
  /** As the sender wrote it (`VOICE`, `voice`); normalised in reconstruction. */
  readonly mediaType: string | null;
  /** When it happened, by the sender's clock. Orders events; never decides when a window closes. */
  readonly eventTimeMs: number;
  /** First part of the order key: `eventTime` of the real feed, the outer `createdTimestamp` of a detail envelope. */
  readonly envelopeTimeMs: number;
  /** Second part of the order key: a topic's rank in the real feed, the detail's own `sequence` in a detail envelope. */
  readonly sequence: number;
  readonly fingerprint: string;
  /** The event as it came, less its carrier. */
  readonly body: JsonObject;
  /** Of a subject that is attached: it goes into the record, and takes no part in reconstruction. */
  readonly attached?: true;
}

/** An event that takes no part in reconstruction: published as it came. Layout 1. */
export interface PassedEvent {
  readonly layout: 1;
  /** Null where it is not about one conversation, or its subject does not say where it names it. */
  readonly conversationId: string | null;
  readonly orgId: string | null;
  readonly format: EventFormat;
  readonly type: string;
  readonly subject: string;
  readonly schemaVersion: number;
  /** When it happened, else when its carrier was published; null where neither says. */
  readonly eventTimeMs: number | null;
  readonly fingerprint: string;
  readonly body: JsonObject;
}

/** What a fingerprint is made of. Neither the EventBridge id nor the SQS id: a re-publish has new ones. */
export type FingerprintParts = Pick<
  CanonicalEvent,
  'format' | 'type' | 'conversationId' | 'participantId' | 'sessionId' | 'eventTimeMs' | 'body'
> & {
  /** Only for a detail envelope: its `createdTimestamp` and the detail's `sequence`, as sent. */
  readonly envelope?: { readonly createdTimestamp: string; readonly sequence: number | null };
};

const fingerprintLayout = 1;

/** Content hash of an event, 128 bits in hex: the same fact sent twice has the same one, whatever ids its carriers bore. */
export const fingerprint = (parts: FingerprintParts): string => {
  const { format, type, conversationId, participantId, sessionId, eventTimeMs, envelope, body } = parts;
  const ids = `${canonicalJson(conversationId)},${canonicalJson(participantId)},${canonicalJson(sessionId)}`;
  const carried = envelope ? `,${canonicalJson(envelope.createdTimestamp)},${canonicalJson(envelope.sequence)}` : '';
  const identity = `[${fingerprintLayout},"${format}",${canonicalJson(type)},${ids},${canonicalJson(eventTimeMs)}${carried}]`;
  return hash('sha256', `${identity}\n${canonicalJson(body)}`).slice(0, 32);
};
