import { anOrganisation } from '../../localstack/embedded/genesys/organisation';
import { eventStreamBody, eventSubscriptionBody, sendDescribed } from '../../src/genesys/provisioning-described';
import { start } from './provisioned';

const stream = eventStreamBody({
  name: 'tidemark',
  eventBusArn: 'arn:aws:events:eu-central-1:123456789012:event-bus/calls',
  region: 'eu-central-1',
});
const subscription = eventSubscriptionBody({
  name: 'tidemark',
  webhookUrl: 'https://door.example/events',
  media: ['voice', 'chat'],
  maxRetries: 5,
});

const withDescribed = async (isThere: boolean) => {
  const described = isThere ? { eventStreams: [], subscriptions: [] } : null;
  return { ...(await start(anOrganisation({ described }))), described };
};

test('an event stream is asked for as it is described; one that is there is no failure', async () => {
  const { client, described } = await withDescribed(true);
  expect(await sendDescribed(client, 'event-streams', stream)).toBe('made');
  expect(await sendDescribed(client, 'event-streams', stream)).toBe('exists');
  expect(described?.eventStreams).toEqual([
    {
      name: 'tidemark',
      enabled: true,
      filter: { eventType: 'conversation.end' },
      target: {
        type: 'EventBridge',
        eventBridgeArn: 'arn:aws:events:eu-central-1:123456789012:event-bus/calls',
        region: 'eu-central-1',
      },
    },
  ]);
});

test('a subscription is asked for with its retry policy and its filter, as it is described', async () => {
  const { client, described } = await withDescribed(true);
  expect(await sendDescribed(client, 'event-subscription', subscription)).toBe('made');
  expect(await sendDescribed(client, 'event-subscription', subscription)).toBe('exists');
  expect(described?.subscriptions).toEqual([
    {
      name: 'tidemark',
      description: expect.any(String) as string,
      eventTypes: ['v2.detail.events.conversation'],
      targetType: 'webhook',
      target: {
        webhook: {
          url: 'https://door.example/events',
          headers: {
            'X-Idempotency-Key': '${data.id}',
            'X-Event-Type': '${eventType}',
            'Content-Type': 'application/json',
          },
        },
      },
      retryPolicy: { type: 'custom', maxRetries: 5, initialDelayMs: 1000, backoffMultiplier: 2 },
      status: 'active',
      filters: [{ field: 'data.type', operator: 'IN', values: ['voice', 'chat'] }],
    },
  ]);
});

test.each(['event-streams', 'event-subscription'] as const)('%s is not there where the public API is', async (call) => {
  const { client } = await withDescribed(false);
  expect(await sendDescribed(client, call, stream)).toBe('not-there');
});

test('a refusal says what it wants', async () => {
  const { client, genesys } = await withDescribed(true);
  genesys.control.faults([{ answer: 403 }]);
  await expect(sendDescribed(client, 'event-streams', stream)).rejects.toThrow('eventstream:write');
});

test('an outage is not repeated: it may have been made all the same', async () => {
  const { client, genesys, writes } = await withDescribed(true);
  genesys.control.faults([{ answer: 503, times: 5 }]);
  await expect(sendDescribed(client, 'event-streams', stream)).rejects.toThrow('It may have been made all the same');
  expect(writes()).toHaveLength(1);
});
