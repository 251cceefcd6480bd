import type { Json, JsonObject } from '../../src/core/json';
import type { EventSubject } from '../../src/core/schema-registry';

/* An event as it arrives: what its schema describes, in each of the carriers that its format knows. */

/** When the carriers say that they were published. */
const published = '2026-08-05T12:00:00.000Z';

const allowedSource = 'aws.partner/genesys.com/cloud/32aa07aa-db1b-4987-abd0-9483601ec29d/test';

const eventBridge = (detailType: string, detail: JsonObject): JsonObject => ({
  version: '0',
  id: '00000000-0000-4000-8000-000000000001',
  'detail-type': detailType,
  source: allowedSource,
  account: '123456789012',
  time: '2026-08-05T12:00:01Z',
  region: 'us-east-1',
  resources: [],
  detail,
});

const idIn = (payload: JsonObject): string =>
  typeof payload['conversationId'] === 'string' && payload['conversationId'] !== '' ? payload['conversationId'] : 'an-id';

const feedDetail = ({ name }: EventSubject, payload: JsonObject): JsonObject => ({
  topicName: name.replaceAll(/\{[^}]*\}/g, () => idIn(payload)),
  version: '2',
  eventBody: payload,
  metadata: { CorrelationId: '00000000-0000-4000-a000-000000000001' },
  timestamp: published,
});

/** A detail envelope around its entries. */
export const detailEnvelopeOf = (details: readonly Json[], conversationId: string): JsonObject => ({
  id: 'subscription-1',
  type: 'v2.detail.events.conversation',
  createdTimestamp: published,
  data: { id: conversationId, type: 'voice', createdTimestamp: published, updatedTimestamp: published, details },
  metadata: { source: allowedSource, eventType: 'v2.detail.events.conversation' },
});

/** The subjects of what comes in messages. */
export const isCarried = ({ format }: Pick<EventSubject, 'format'>): boolean => format !== 'tidemark';

/** The ways in which an event of the subject may come. */
export const carriersOf = (subject: EventSubject, payload: JsonObject): readonly [JsonObject, ...JsonObject[]] => {
  switch (subject.format) {
    case 'tidemark':
      throw new Error(`Expected an event that comes in a message, got ${subject.subject}, which a worker writes itself.`);
    case 'genesys': {
      const detail = feedDetail(subject, payload);
      const event = eventBridge(subject.name, detail);
      return [event, detail, { ...event, 'replay-name': 'an archive' }];
    }
    case 'detail-envelope': {
      const envelope = detailEnvelopeOf([payload], 'conversation-1');
      return [envelope, eventBridge('v2.detail.events.conversation', envelope)];
    }
    case 'conversation-end':
      return [eventBridge('conversation.end', payload)];
  }
};

export const inNotification = (text: string): string =>
  JSON.stringify({ Type: 'Notification', MessageId: 'm-1', TopicArn: 'a topic', Message: text, Timestamp: published });

/** The text goes in as it is: it need not be JSON that a serialiser would write. */
export const inLambdaFailure = (text: string): string =>
  `{"version":"1.0","timestamp":"${published}","requestPayload":${text},"responsePayload":null}`;
