import { type CanonicalEvent, fingerprint, type PassedEvent } from '../event';
import { isObject, type Json, type JsonObject, textOrNull } from '../json';
import type { EventSubject, SchemaRegistry } from '../schema-registry';
import { type Entry, organisationOf, readInstant, type ReadEntries } from './entry';

/**
 * The real feed: one micro-event a message, in `detail.eventBody`. Its type is the `detail-type`, a topic template with the
 * literal text `{id}`; the `topicName`, with ids filled in, counts only where a rule's InputPath sent the detail alone.
 */
export const readGenesysEntries: ReadEntries = (envelope, registry) => {
  const detail = envelope.bare ? envelope.object : asObject(envelope.object['detail']);
  const topicName = textOrNull(detail['topicName']);
  const ofTopic = topicName === null ? null : registry.eventSubjectOfTopic(topicName);
  const detailType = textOrNull(envelope.object['detail-type']);
  const subject = envelope.bare ? ofTopic : eventSubject(registry, detailType);
  const body = asObject(detail['eventBody']);
  const carried: Carried = {
    orgId: organisationOf(envelope.source),
    body,
    publishedMs: () => readInstant(detail['timestamp']) ?? readInstant(envelope.object['time']),
  };
  return [
    {
      name: (envelope.bare ? topicTemplate(topicName, body) : detailType) ?? '',
      subject,
      payload: body,
      toEvent: (known, version) =>
        known.action === 'attach' ? attachedEvent(known, version, carried) : feedEvent(known, version, carried),
      toPassed: (known, version) => passedEvent(known, version, carried),
      topicDisagrees: !envelope.bare && topicName !== null && ofTopic?.subject !== subject?.subject,
    } satisfies Entry,
  ];
};

interface Carried {
  readonly orgId: string | null;
  readonly body: JsonObject;
  /** When Genesys published it; for events that do not say when they happened. */
  readonly publishedMs: () => number | null;
}

const asObject = (value: unknown): JsonObject => (isObject(value) ? value : {});

const eventSubject = (registry: SchemaRegistry, name: string | null): EventSubject | null =>
  name === null ? null : registry.eventSubject('genesys', name);

/** A topic with its conversation's id taken out again: ids do not belong in a rejection. */
const topicTemplate = (topicName: string | null, body: JsonObject): string | null => {
  const id = textOrNull(body['conversationId']);
  return topicName === null || id === null ? topicName : topicName.replace(id, '{id}');
};

/** A conversation detail event: all of them say the same things under the same names. */
const feedEvent = ({ type, subject, rank }: EventSubject, schemaVersion: number, { orgId, body }: Carried): CanonicalEvent => {
  const conversationId = textOrNull(body['conversationId']) ?? '';
  const participantId = textOrNull(body['participantId']);
  const sessionId = textOrNull(body['sessionId']);
  const eventTimeMs = Number(body['eventTime']);
  // Written out: objects that are made of others cost more than everything else here.
  return {
    layout: 1,
    orgId,
    format: 'genesys',
    type,
    conversationId,
    participantId,
    sessionId,
    eventTimeMs,
    subject,
    schemaVersion,
    mediaType: textOrNull(body['mediaType']),
    envelopeTimeMs: eventTimeMs,
    sequence: rank,
    fingerprint: fingerprint({ format: 'genesys', type, conversationId, participantId, sessionId, eventTimeMs, body }),
    body,
  };
};

const valueAt = (body: JsonObject, path: string | null): Json | null =>
  path === null
    ? null
    : path.split('.').reduce<Json | null>((at, key) => (isObject(at) && Object.hasOwn(at, key) ? (at[key] ?? null) : null), body);

/** Epoch ms, or ISO 8601: Genesys's other topics use both. */
const readTime = (value: Json | null): number | null =>
  typeof value === 'number' ? (Number.isSafeInteger(value) && value >= 0 ? value : null) : readInstant(value);

/** Any other topic's event, by the paths that its subject declares. */
const readDeclared = ({ type, reads }: EventSubject, { body, publishedMs }: Carried) => {
  const conversationId = textOrNull(valueAt(body, reads.conversationId)) || null;
  const eventTimeMs = readTime(valueAt(body, reads.eventTime)) ?? publishedMs();
  const parts = {
    format: 'genesys',
    type,
    conversationId: conversationId ?? '',
    participantId: textOrNull(body['participantId']),
    sessionId: textOrNull(body['sessionId']),
    // Without a time of its own, that of its carrier tells two events from one that came twice.
    eventTimeMs: eventTimeMs ?? 0,
  } as const;
  return { conversationId, eventTimeMs, parts, fingerprint: fingerprint({ ...parts, body }) };
};

const attachedEvent = (
  known: EventSubject,
  schemaVersion: number,
  carried: Carried,
): CanonicalEvent | { readonly problem: string } => {
  const { conversationId, parts, fingerprint: identity } = readDeclared(known, carried);
  if (conversationId === null)
    return { problem: `Expected $.${String(known.reads.conversationId)} to be a text that is not empty.` };
  const { orgId, body } = carried;
  return {
    layout: 1,
    orgId,
    ...parts,
    subject: known.subject,
    schemaVersion,
    mediaType: textOrNull(body['mediaType']),
    envelopeTimeMs: parts.eventTimeMs,
    sequence: known.rank,
    fingerprint: identity,
    body,
  };
};

const passedEvent = (known: EventSubject, schemaVersion: number, carried: Carried): PassedEvent => {
  const { conversationId, eventTimeMs, fingerprint: identity } = readDeclared(known, carried);
  const { type, subject } = known;
  const { orgId, body } = carried;
  return {
    layout: 1,
    conversationId,
    orgId,
    format: 'genesys',
    type,
    subject,
    schemaVersion,
    eventTimeMs,
    fingerprint: identity,
    body,
  };
};
