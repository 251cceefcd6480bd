import type { Chance } from '../chance';

/** How an event travels: what its sender puts around it. Nothing of it is part of the fact. */

type Raw = Readonly<Record<string, unknown>>;

/** Event times count from here, as do the virtual clock's. */
export const epochMs = Date.UTC(2026, 0, 1);

export const iso = (atMs: number): string => new Date(epochMs + atMs).toISOString();

const organisation = '32aa07aa-db1b-4987-abd0-9483601ec29d';

/** The real feed: EventBridge's envelope around one event body of a topic, whose `{id}` is that of its conversation, if it is about one. */
export const ofTopic = (chance: Chance, topic: string, raw: Raw, atMs: number): Raw => ({
  version: '0',
  id: chance.uuid(),
  'detail-type': topic,
  source: `aws.partner/genesys.com/cloud/${organisation}/simulation`,
  account: '123456789012',
  time: iso(atMs),
  region: 'us-east-1',
  resources: [],
  detail: {
    topicName: topic.replace('{id}', () => (typeof raw['conversationId'] === 'string' ? raw['conversationId'] : 'somebody')),
    version: '2',
    eventBody: raw,
    metadata: { CorrelationId: chance.uuid() },
    timestamp: iso(atMs),
  },
});

/** A detail event of a conversation. */
export const inEventBridge = (chance: Chance, action: string, raw: Raw, atMs: number): Raw =>
  ofTopic(chance, `v2.detail.events.conversation.{id}.${action}`, raw, atMs);

/** The older integration: several details in one envelope. The instant it was created belongs to the facts in it. */
export const inDetailEnvelope = (conversationId: string, createdAtMs: number, details: readonly Raw[]): Raw => ({
  id: conversationId,
  type: 'v2.detail.events.conversation',
  createdTimestamp: iso(createdAtMs),
  data: { id: conversationId, type: 'voice', createdTimestamp: iso(createdAtMs), details },
  metadata: { source: `aws.partner/genesys.com/cloud/${organisation}/simulation`, eventType: 'v2.detail.events.conversation' },
});

/** Somebody upstream says that a conversation is over. */
export const asEndMark = (chance: Chance, raw: Raw, atMs: number): Raw => ({
  version: '0',
  id: chance.uuid(),
  'detail-type': 'conversation.end',
  source: `aws.partner/genesys.com/cloud/${organisation}/simulation`,
  account: '123456789012',
  time: iso(atMs),
  region: 'us-east-1',
  resources: [],
  detail: raw,
});

const inNotification = (chance: Chance, inside: Raw): Raw => ({
  Type: 'Notification',
  MessageId: chance.uuid(),
  TopicArn: 'arn:aws:sns:us-east-1:123456789012:conversations',
  Message: JSON.stringify(inside),
});

const inFailedInvocation = (chance: Chance, inside: Raw): Raw => ({
  version: '1.0',
  requestContext: { requestId: chance.uuid(), condition: 'RetriesExhausted', approximateInvokeCount: 3 },
  requestPayload: inside,
});

/** Now and then in a wrapper, or as EventBridge's archive sends it again. */
export const wrapNowAndThen = (chance: Chance, inside: Raw): Raw => {
  const draw = chance.fraction();
  if (draw < 0.04) return inNotification(chance, inside);
  if (draw < 0.08) return inFailedInvocation(chance, inside);
  if (draw < 0.1) return { ...inside, 'replay-name': 'simulation' };
  return draw < 0.11 ? inNotification(chance, inFailedInvocation(chance, inside)) : inside;
};
