import { type CanonicalEvent, fingerprint } from '../event';
import { isObject, type Json, type JsonObject, textOrNull } from '../json';
import type { EventSubject, SchemaRegistry } from '../schema-registry';
import { type Entry, organisationOf, passedOf, readInstant, type ReadEntries } from './entry';

/**
 * The detail envelope: `data.details[]`, one event each, ordered by the envelope's `createdTimestamp` and, within it, the
 * detail's own `sequence`, which starts again in every envelope.
 */
export const readDetailEntries: ReadEntries = (envelope, registry) => {
  const data = isObject(envelope.object['data']) ? envelope.object['data'] : {};
  const carrier: Carrier = {
    conversationId: textOrNull(data['id']) ?? '',
    mediaType: textOrNull(data['type']),
    createdTimestamp: textOrNull(envelope.object['createdTimestamp']) ?? '',
    orgId: organisationOf(envelope.source),
  };
  return detailsOf(envelope).map((detail) => readDetail(carrier, isObject(detail) ? detail : {}, registry));
};

/** Every entry of a detail envelope, sound or not; none of any other envelope. */
export const detailsOf = ({ object }: { readonly object: JsonObject }): readonly Json[] => {
  const details = isObject(object['data']) ? object['data']['details'] : null;
  return Array.isArray(details) ? (details as readonly Json[]) : [];
};

interface Carrier {
  readonly conversationId: string;
  readonly mediaType: string | null;
  readonly createdTimestamp: string;
  readonly orgId: string | null;
}

const readDetail = (carrier: Carrier, detail: JsonObject, registry: SchemaRegistry): Entry => {
  const name = textOrNull(detail['name']) ?? '';
  const toEvent: Entry['toEvent'] = (subject, schemaVersion) => detailEvent(carrier, detail, subject, schemaVersion);
  const toPassed: Entry['toPassed'] = (subject, schemaVersion) => passedOf(toEvent(subject, schemaVersion));
  return { name, subject: registry.eventSubject('detail-envelope', name), payload: detail, toEvent, toPassed };
};

const detailEvent = (
  carrier: Carrier,
  detail: JsonObject,
  subject: EventSubject,
  schemaVersion: number,
): CanonicalEvent | { readonly problem: string } => {
  const data = isObject(detail['data']) ? detail['data'] : {};
  const envelopeTimeMs = readInstant(carrier.createdTimestamp);
  const eventTimeMs = readInstant(detail['timestamp']);
  if (envelopeTimeMs === null || eventTimeMs === null) {
    return { problem: `Expected ${envelopeTimeMs === null ? 'createdTimestamp' : 'timestamp'} to be an instant since 1970.` };
  }
  const sequence = typeof detail['sequence'] === 'number' ? detail['sequence'] : null;
  const { type } = subject;
  const { conversationId, createdTimestamp } = carrier;
  const participantId = textOrNull(data['participantId']);
  const sessionId = textOrNull(data['sessionId']);
  const identity = { type, conversationId, participantId, sessionId, eventTimeMs, body: detail };
  // Written out: objects that are made of others cost more than everything else here.
  return {
    layout: 1,
    orgId: carrier.orgId,
    format: 'detail-envelope',
    type,
    conversationId,
    participantId,
    sessionId,
    eventTimeMs,
    subject: subject.subject,
    schemaVersion,
    mediaType: carrier.mediaType,
    envelopeTimeMs,
    sequence: sequence ?? 0,
    fingerprint: fingerprint({ ...identity, format: 'detail-envelope', envelope: { createdTimestamp, sequence } }),
    body: detail,
  };
};
