import { fingerprint, type CanonicalEvent } from '../src/core/event';
import type { MapperOf } from '../src/core/conversation/fold';
import type { Json, JsonObject } from '../src/core/json';

/*
 * Events and messages with sensible defaults: name only what a test is about. Times are epoch ms; `minute(n)` counts from a
 * fixed noon. `anEvent`, `aDetail` and `anEndMark` make canonical events; `feedMessage`, `detailEnvelope` and `endMarkMessage`
 * make the bodies that arrive, in the shapes that Genesys and the older integrations send.
 */

export const noon = Date.UTC(2026, 0, 5, 12);
export const second = (n: number): number => noon + Math.round(n * 1000);
export const minute = (n: number): number => second(n * 60);

const conversationId = 'conversation-1';
export const orgId = '32aa07aa-db1b-4987-abd0-9483601ec29d';

/** The real feed's topics in the order of their ranks: at one instant starts come before ends. */
const feedTypes = [
  ...['customer.start', 'outbound', 'flow.start', 'acd.start', 'user.start', 'voicemail.start'],
  ...['contact', 'attributes', 'flow.outcome'],
  ...['flow.end', 'acd.end', 'voicemail.end', 'user.end', 'customer.end', 'acw', 'wrapup'],
];

interface EventFields {
  readonly at?: number;
  readonly type?: string;
  readonly conversation?: string;
  readonly org?: string | null;
  readonly participant?: string | null;
  readonly session?: string | null;
  /** As Genesys writes it. */
  readonly media?: string | null;
  /** Added to the event body. */
  readonly body?: JsonObject;
  readonly schemaVersion?: number;
  readonly rank?: number;
}

const present = (members: Record<string, Json>): JsonObject =>
  Object.fromEntries(Object.entries(members).filter(([, value]) => value !== null));

const feedBody = (fields: EventFields): JsonObject => ({
  ...present({
    eventTime: fields.at ?? noon,
    conversationId: fields.conversation ?? conversationId,
    participantId: fields.participant === undefined ? 'participant-1' : fields.participant,
    sessionId: fields.session === undefined ? 'session-1' : fields.session,
    mediaType: fields.media === undefined ? 'VOICE' : fields.media,
  }),
  ...fields.body,
});

/** One event of the real feed, `customer.start` by default. */
export const anEvent = (fields: EventFields = {}): CanonicalEvent => {
  const type = fields.type ?? 'customer.start';
  const at = fields.at ?? noon;
  const parts = {
    format: 'genesys' as const,
    type,
    conversationId: fields.conversation ?? conversationId,
    participantId: fields.participant === undefined ? 'participant-1' : fields.participant,
    sessionId: fields.session === undefined ? 'session-1' : fields.session,
    eventTimeMs: at,
    body: feedBody(fields),
  };
  return {
    layout: 1,
    ...parts,
    orgId: fields.org === undefined ? orgId : fields.org,
    subject: `v2.detail.events.conversation.${type}`,
    schemaVersion: fields.schemaVersion ?? 1,
    mediaType: fields.media === undefined ? 'VOICE' : fields.media,
    envelopeTimeMs: at,
    sequence: fields.rank ?? feedTypes.indexOf(type) + 1,
    fingerprint: fingerprint(parts),
  };
};

interface DetailFields {
  readonly at?: number;
  readonly envelopeAt?: number;
  readonly sequence?: number;
  readonly name?: string;
  readonly data?: JsonObject;
  readonly conversation?: string;
  readonly participant?: string | null;
  readonly media?: string | null;
}

const detailEntry = (fields: DetailFields): JsonObject => ({
  name: fields.name ?? 'conversation:state',
  type: fields.name ?? 'conversation:state',
  data: fields.data ?? {},
  sequence: fields.sequence ?? 1,
  timestamp: new Date(fields.at ?? noon).toISOString(),
});

/** One entry of a detail envelope, `conversation:state` by default; the envelope is as old as the entry unless told. */
export const aDetail = (fields: DetailFields = {}): CanonicalEvent => {
  const type = fields.name ?? 'conversation:state';
  const at = fields.at ?? noon;
  const envelopeTimeMs = fields.envelopeAt ?? at;
  const sequence = fields.sequence ?? 1;
  const parts = {
    format: 'detail-envelope' as const,
    type,
    conversationId: fields.conversation ?? conversationId,
    participantId: fields.participant ?? null,
    sessionId: null,
    eventTimeMs: at,
    body: detailEntry(fields),
  };
  const envelope = { createdTimestamp: new Date(envelopeTimeMs).toISOString(), sequence };
  return {
    layout: 1,
    ...parts,
    orgId: null,
    subject: `detail-envelope.${type.replaceAll(':', '.')}`,
    schemaVersion: 1,
    mediaType: fields.media === undefined ? 'voice' : fields.media,
    envelopeTimeMs,
    sequence,
    fingerprint: fingerprint({ ...parts, envelope }),
  };
};

/** An explicit `conversation.end`. */
export const anEndMark = (fields: { readonly at?: number; readonly conversation?: string } = {}): CanonicalEvent => {
  const at = fields.at ?? noon;
  const id = fields.conversation ?? conversationId;
  const parts = {
    format: 'conversation-end' as const,
    type: 'conversation.end',
    conversationId: id,
    participantId: null,
    sessionId: null,
    eventTimeMs: at,
    body: { conversationId: id, timestamp: new Date(at).toISOString() },
  };
  return {
    layout: 1,
    ...parts,
    orgId: null,
    subject: 'conversation.end',
    schemaVersion: 1,
    mediaType: null,
    envelopeTimeMs: at,
    sequence: 0,
    fingerprint: fingerprint(parts),
  };
};

/** What SQS holds for one event of the real feed: EventBridge's envelope around it. */
export const feedMessage = (fields: EventFields & { readonly eventBridgeId?: string } = {}): JsonObject => {
  const type = fields.type ?? 'customer.start';
  const at = fields.at ?? noon;
  const topic = (id: string): string => `v2.detail.events.conversation.${id}.${type}`;
  return {
    version: '0',
    id: fields.eventBridgeId ?? '00000000-0000-4000-8000-000000000001',
    'detail-type': topic('{id}'),
    source: `aws.partner/genesys.com/cloud/${fields.org ?? orgId}/test`,
    account: '123456789012',
    time: new Date(at).toISOString().replace(/\.\d+Z$/, 'Z'),
    region: 'us-east-1',
    resources: [],
    detail: {
      topicName: topic(fields.conversation ?? conversationId),
      version: '2',
      eventBody: feedBody(fields),
      metadata: { CorrelationId: '00000000-0000-4000-a000-000000000001' },
      timestamp: new Date(at + 300).toISOString(),
    },
  };
};

/** What SQS holds for an event of any topic; `published` is when Genesys says that it sent it. */
export const topicMessage = (
  topic: string,
  body: JsonObject,
  { published = noon }: { readonly published?: number } = {},
): JsonObject => ({
  ...feedMessage({ at: published }),
  'detail-type': topic,
  detail: {
    topicName: topic.replaceAll('{id}', 'some-id'),
    version: '2',
    eventBody: body,
    metadata: {},
    timestamp: new Date(published).toISOString(),
  },
});

/** A detail envelope as the older integration sends it. */
export const detailEnvelope = (
  details: readonly DetailFields[],
  envelope: { readonly at?: number; readonly conversation?: string; readonly media?: string } = {},
): JsonObject => {
  const createdTimestamp = new Date(envelope.at ?? noon).toISOString();
  return {
    id: 'subscription-1',
    type: 'v2.detail.events.conversation',
    createdTimestamp,
    data: {
      id: envelope.conversation ?? conversationId,
      type: envelope.media ?? 'voice',
      createdTimestamp,
      updatedTimestamp: createdTimestamp,
      details: details.map(detailEntry),
    },
    metadata: { source: 'genesyscloud', eventType: 'v2.detail.events.conversation' },
  };
};

/** A `conversation.end` on EventBridge. */
export const endMarkMessage = (fields: { readonly at?: number; readonly conversation?: string } = {}): JsonObject => {
  const time = new Date(fields.at ?? noon).toISOString();
  return {
    version: '0',
    id: '00000000-0000-4000-8000-000000000002',
    'detail-type': 'conversation.end',
    source: 'genesys.cloud',
    account: '123456789012',
    time,
    region: 'us-east-1',
    resources: [],
    detail: { conversationId: fields.conversation ?? conversationId, timestamp: time },
  };
};

const detailMapperNames: Readonly<Record<string, string>> = {
  'detail-envelope.conversation.state': 'detail-state',
  'detail-envelope.conversation.state.updated': 'detail-state-updated',
  'detail-envelope.voice.call.connected': 'detail-voice',
  'detail-envelope.voice.call.transferred': 'detail-voice',
  'detail-envelope.participant.added': 'detail-participant',
  'conversation.end': 'end-mark',
};

/** What the registry says of the subjects above, without reading it. */
export const mapperOf: MapperOf = (subject) => {
  const topic = subject.replace('v2.detail.events.conversation.', '');
  const family = topic === 'flow.outcome' ? 'flow-outcome' : (topic.split('.')[0] ?? '');
  const name = feedTypes.includes(topic) ? family : detailMapperNames[subject];
  return name === undefined ? null : { name, version: 1 };
};
