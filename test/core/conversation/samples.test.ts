import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { foldConversation } from '../../../src/core/conversation/fold';
import type { CanonicalEvent } from '../../../src/core/event';
import { readEnvelope } from '../../../src/core/formats/envelope';
import { readEvents } from '../../../src/core/formats/read-events';
import { makeRecord } from '../../../src/core/revision';
import { openSchemaRegistry } from '../../../src/schema-files';
import { detailEnvelope, endMarkMessage, feedMessage, minute, noon, second } from '../../factories';

const registry = openSchemaRegistry();

const read = (body: string): readonly CanonicalEvent[] => {
  const envelope = readEnvelope(body);
  return 'reason' in envelope ? [] : readEvents(envelope, registry, []).events.map(({ event }) => event);
};

const samples = (file: string): readonly string[] =>
  readFileSync(join(__dirname, '../../samples/genesys', file), 'utf8')
    .split('\n')
    .filter((line) => line !== '');

const foldBodies = (bodies: readonly string[], conversationId: string) =>
  foldConversation(
    bodies.flatMap(read).filter((event) => event.conversationId === conversationId),
    (subject) => {
      const known = registry.subjectNamed(subject);
      return known && { name: known.mapper, version: known.mapperVersion };
    },
  );

const recordOf = (folded: ReturnType<typeof foldBodies>) =>
  makeRecord({
    content: folded.content,
    life: '0123456789abcdef',
    revision: 1,
    pane: 'on_time',
    previous: null,
    expiredHistory: false,
  });

describe('the public samples', () => {
  test('one start and two ends of the same session and time, with different content, are a conflict in a final record', () => {
    const folded = foldBodies(samples('public.jsonl'), '2f7bf00a-0fc2-4d6a-9b56-92238191433e');
    expect(folded.content).toMatchObject({
      orgId: '32aa07aa-db1b-4987-abd0-9483601ec29d',
      status: 'final',
      missing: [],
      mediaType: 'chat',
      direction: 'inbound',
      startedAt: '2022-04-06T09:30:44.949Z',
      endedAt: '2022-04-06T09:31:44.949Z',
      durationMs: 60_000,
      finalStatus: 'disconnected',
      eventCount: 3,
      externalContactIds: ['12456349-b5c7-4d8f-9eb4-f4df18bce9a9', 'idk', 'uwu'],
      anomalies: [{ kind: 'conflict' }],
    });
    expect(folded.content.lifecycle.map(({ action }) => action)).toEqual(['customer.start', 'customer.end', 'customer.end']);
    expect(registry.validate('tidemark.record', recordOf(folded))).toMatchObject({ ok: true });
  });

  test('a lone end of 1970 is a final record that misses its start', () => {
    const { content } = foldBodies(samples('public.jsonl'), 'conversationId');
    expect(content).toMatchObject({
      status: 'final',
      missing: ['start'],
      startedAt: '1970-01-01T00:00:10.000Z',
      durationMs: 0,
      caller: 'ani',
      callee: 'dnis',
    });
  });

  test('attributes alone are a partial record', () => {
    const { content } = foldBodies(samples('public.jsonl'), 'test-conversation-id');
    expect(content).toMatchObject({ status: 'partial', missing: ['customer-end'], mediaType: null, sessions: [] });
    expect(Object.keys(content.attributes)).toEqual(['ANI', 'IDENTITY_PLATFORM_UNIFIED', 'LLM (AW) question', 'outage_flag']);
  });

  test('the synthetic lines are one partial conversation', () => {
    const folded = foldBodies(samples('synthetic.jsonl'), '11111111-2222-4333-8444-555555555555');
    expect(folded.content).toMatchObject({
      status: 'partial',
      missing: ['customer-end', ...[2, 3, 4].map((n) => `session-end:bbbbbbbb-0000-4000-8000-00000000000${n}`)],
      eventCount: 9,
      campaignId: '77777777-0000-4000-8000-000000000001',
      metrics: { afterCallWorkMs: 30_000, handleMs: 30_000, talkMs: null, transfers: 0, abandoned: false },
    });
    expect(registry.validate('tidemark.record', recordOf(folded))).toMatchObject({ ok: true });
  });
});

describe('the shapes that older integrations send', () => {
  // The example payload of the integration guide that this format comes from.
  const example = JSON.stringify({
    id: 'sub-uuid-12345',
    type: 'v2.detail.events.conversation',
    createdTimestamp: '2024-05-15T14:22:01.123Z',
    data: {
      id: 'conv-uuid-67890',
      type: 'voice',
      createdTimestamp: '2024-05-15T14:22:00.000Z',
      updatedTimestamp: '2024-05-15T14:22:01.123Z',
      details: [
        {
          ...{ name: 'conversation:state', type: 'conversation:state', data: { status: 'connected' } },
          ...{ sequence: 1, timestamp: '2024-05-15T14:22:00.500Z' },
        },
        {
          ...{ name: 'voice:call:connected', type: 'voice:call:connected' },
          data: { callerNumber: '+15551234567', calleeNumber: '+15559876543', direction: 'inbound', holdDuration: 0 },
          ...{ sequence: 2, timestamp: '2024-05-15T14:22:00.750Z' },
        },
      ],
    },
    metadata: { source: 'genesyscloud', eventType: 'v2.detail.events.conversation' },
  });

  test('the example of the detail envelope is a partial record of a connected call', () => {
    const folded = foldBodies([example], 'conv-uuid-67890');
    expect(folded.content).toMatchObject({
      status: 'partial',
      missing: ['customer-end'],
      mediaType: 'voice',
      direction: 'inbound',
      caller: '+15551234567',
      callee: '+15559876543',
      startedAt: '2024-05-15T14:22:00.500Z',
      endedAt: null,
      finalStatus: 'connected',
      states: [{ state: 'connected', from: '2024-05-15T14:22:00.500Z', to: null }],
      lifecycle: [{ sequence: 1 }, { sequence: 2 }],
      metrics: { talkMs: null, holdMs: 0, transfers: 0, abandoned: null },
      anomalies: [],
    });
    expect(registry.validate('tidemark.record', recordOf(folded))).toMatchObject({ ok: true });
  });

  test('envelopes whose sequence starts again are put in order by their createdTimestamp', () => {
    const envelopes = [
      detailEnvelope([{ at: second(30), sequence: 1, data: { status: 'disconnected' } }], { at: second(31) }),
      detailEnvelope(
        [
          { at: second(9), sequence: 2, data: { status: 'connected' } },
          { at: second(1), sequence: 1, data: { status: 'ringing' } },
        ],
        { at: second(10) },
      ),
    ];
    const { content } = foldBodies(
      envelopes.map((body) => JSON.stringify(body)),
      'conversation-1',
    );
    expect(content).toMatchObject({ status: 'final', anomalies: [], metrics: { talkMs: 21_000, alertMs: 8000 } });
    expect(content.lifecycle.map(({ sequence }) => sequence)).toEqual([1, 2, 1]);
  });

  test('a conversation.end ends what the real feed began', () => {
    const bodies = [feedMessage(), feedMessage({ type: 'customer.end', at: minute(3) }), endMarkMessage({ at: noon })];
    const { content } = foldBodies(
      bodies.map((body) => JSON.stringify(body)),
      'conversation-1',
    );
    expect(content).toMatchObject({ status: 'final', missing: [], eventCount: 3, durationMs: 180_000 });
    expect(content.lifecycle.at(-1)?.action).toBe('conversation.end');
  });
});
