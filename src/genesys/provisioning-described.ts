import type { JsonObject } from '../core/json';
import { askOnce, failure } from './provisioning-patience';
import type { GenesysClient } from './client';
import { GenesysFailedError } from './provisioning-errors';

/*
 * Two calls that are described in tutorials on the web and that Genesys's public API does not list: none of its SDKs has them. They are
 * made as described, for whoever has something that answers them, and never unless asked for by name.
 */

export const described = {
  'event-streams': { path: '/api/v2/eventstreams', permission: 'eventstream:write, as it is described' },
  'event-subscription': {
    path: '/api/v2/eventsub/subscription',
    permission: 'Event Subscriptions > Event Subscription > Edit, as it is described',
  },
} as const;

export type DescribedCall = keyof typeof described;

export interface EventStream {
  readonly name: string;
  readonly eventBusArn: string;
  readonly region: string;
}

export const eventStreamBody = ({ name, eventBusArn, region }: EventStream): JsonObject => ({
  name,
  enabled: true,
  filter: { eventType: 'conversation.end' },
  target: { type: 'EventBridge', eventBridgeArn: eventBusArn, region },
});

export interface EventSubscription {
  readonly name: string;
  readonly webhookUrl: string;
  /** Kinds of media that are sent, as they are described: `voice`, `chat`, `email`, `video`, `task`. */
  readonly media: readonly string[];
  readonly maxRetries: number;
}

const topic = 'v2.detail.events.conversation';

/** Each `${…}` is a hole that the sender is described to fill. */
export const eventSubscriptionBody = ({ name, webhookUrl, media, maxRetries }: EventSubscription): JsonObject => ({
  name,
  description: 'Conversation events for Tidemark',
  eventTypes: [topic],
  targetType: 'webhook',
  target: {
    webhook: {
      url: webhookUrl,
      headers: {
        'X-Idempotency-Key': '${data.id}',
        'X-Event-Type': '${eventType}',
        'Content-Type': 'application/json',
      },
    },
  },
  retryPolicy: { type: 'custom', maxRetries, initialDelayMs: 1_000, backoffMultiplier: 2 },
  status: 'active',
  filters: [{ field: 'data.type', operator: 'IN', values: media }],
});

/** `exists`: a 409. `not-there`: this API has no such call. Rejects with GenesysFailedError for all else. */
export const sendDescribed = async (
  client: GenesysClient,
  call: DescribedCall,
  json: JsonObject,
): Promise<'made' | 'exists' | 'not-there'> => {
  const { path, permission } = described[call];
  const answer = await askOnce(client, { method: 'POST', path, json, permission });
  if (answer.kind === 'ok') return 'made';
  if (answer.kind === 'unacceptable' && answer.status === 409) return 'exists';
  if (answer.kind === 'unacceptable' && answer.status === 404) return 'not-there';
  const failed = failure(`take POST ${path}`, answer);
  const unknown = answer.kind === 'unavailable' && answer.isThrottle !== true;
  throw unknown
    ? new GenesysFailedError(`${failed.message} It may have been made all the same; then the next run says so.`)
    : failed;
};
