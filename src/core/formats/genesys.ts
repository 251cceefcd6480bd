import { fingerprint } from '../event';
import { isObject, type JsonObject, textOrNull } from '../json';
import type { EventSubject, SchemaRegistry } from '../schema-registry';
import { type Entry, organisationOf, type ReadEntries } from './entry';

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
  return [
    {
      name: (envelope.bare ? topicTemplate(topicName, body) : detailType) ?? '',
      subject,
      payload: body,
      toEvent: (known, schemaVersion) => ({
        layout: 1,
        orgId: organisationOf(envelope.source),
        ...identity(known, body),
        subject: known.subject,
        schemaVersion,
        mediaType: textOrNull(body['mediaType']),
        body,
      }),
      topicDisagrees: !envelope.bare && topicName !== null && ofTopic?.subject !== subject?.subject,
    } satisfies Entry,
  ];
};

const asObject = (value: unknown): JsonObject => (isObject(value) ? value : {});

const eventSubject = (registry: SchemaRegistry, name: string | null): EventSubject | null =>
  name === null ? null : registry.eventSubject('genesys', name);

/** A topic with its conversation's id taken out again: ids do not belong in a rejection. */
const topicTemplate = (topicName: string | null, body: JsonObject): string | null => {
  const id = textOrNull(body['conversationId']);
  return topicName === null || id === null ? topicName : topicName.replace(id, '{id}');
};

const identity = (subject: EventSubject, body: JsonObject) => {
  const parts = {
    format: 'genesys',
    type: subject.type,
    conversationId: textOrNull(body['conversationId']) ?? '',
    participantId: textOrNull(body['participantId']),
    sessionId: textOrNull(body['sessionId']),
    eventTimeMs: Number(body['eventTime']),
  } as const;
  return {
    ...parts,
    envelopeTimeMs: parts.eventTimeMs,
    sequence: subject.rank,
    fingerprint: fingerprint({ ...parts, body }),
  };
};
