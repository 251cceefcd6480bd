import { readFileSync } from 'node:fs';
import path from 'node:path';
import { readEnvelope } from '../../../src/core/formats/envelope';
import { type EventsRead, readEvents } from '../../../src/core/formats/read-events';
import { registry } from '../../outside';

/*
 * Canonical events as they are stored, whole. A change here is a change of layout or fingerprint: stored events would no longer
 * be the facts that they were, and each would be counted twice.
 */

const read = (body: string): EventsRead => {
  const envelope = readEnvelope(body);
  if ('reason' in envelope) throw new Error(`Expected an envelope, got ${envelope.reason}: ${envelope.detail}`);
  return readEvents(envelope, registry, []);
};

const eventsOf = (body: string) => {
  const { events, rejection, drift } = read(body);
  expect({ rejection, drift }).toEqual({ rejection: null, drift: [] });
  return events.map(({ event }) => event);
};

const publicSamples = readFileSync(path.join(__dirname, '..', '..', 'samples', 'genesys', 'public.jsonl'), 'utf8').split('\n');

test('the first public sample of the real feed', () => {
  expect(eventsOf(publicSamples[0]!)).toEqual([
    {
      layout: 1,
      orgId: '32aa07aa-db1b-4987-abd0-9483601ec29d',
      format: 'genesys',
      type: 'customer.start',
      conversationId: '2f7bf00a-0fc2-4d6a-9b56-92238191433e',
      participantId: '9fb2ca78-8389-4758-b76a-9b0300de1fce',
      sessionId: 'c03d300e-fa79-4353-9695-b97a71322785',
      eventTimeMs: 1649237444949,
      envelopeTimeMs: 1649237444949,
      sequence: 10,
      fingerprint: 'a014af7ba5e68ff2b551614274bec4db',
      subject: 'v2.detail.events.conversation.customer.start',
      schemaVersion: 8,
      mediaType: 'CHAT',
      body: {
        eventTime: 1649237444949,
        conversationId: '2f7bf00a-0fc2-4d6a-9b56-92238191433e',
        participantId: '9fb2ca78-8389-4758-b76a-9b0300de1fce',
        sessionId: 'c03d300e-fa79-4353-9695-b97a71322785',
        mediaType: 'CHAT',
        provider: 'PureCloud Webchat v2',
        direction: 'INBOUND',
        externalContactId: 'uwu',
        externalOrganizationId: 'America',
        conversationExternalContactIds: ['idk'],
      },
    },
  ]);
});

/** The example payload of the older integration's own documentation. */
const detailEnvelope = {
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
        name: 'conversation:state',
        type: 'conversation:state',
        data: { status: 'connected' },
        sequence: 1,
        timestamp: '2024-05-15T14:22:00.500Z',
      },
      {
        name: 'voice:call:connected',
        type: 'voice:call:connected',
        data: { callerNumber: '+15551234567', calleeNumber: '+15559876543', direction: 'inbound', holdDuration: 0 },
        sequence: 2,
        timestamp: '2024-05-15T14:22:00.750Z',
      },
    ],
  },
  metadata: { source: 'genesyscloud', eventType: 'v2.detail.events.conversation' },
};

const ofEnvelope = {
  layout: 1,
  orgId: null as string | null,
  format: 'detail-envelope',
  conversationId: 'conv-uuid-67890',
  participantId: null,
  sessionId: null,
  schemaVersion: 1,
  mediaType: 'voice',
  envelopeTimeMs: Date.UTC(2024, 4, 15, 14, 22, 1, 123),
};
const detailEvents = [
  {
    ...ofEnvelope,
    type: 'conversation:state',
    subject: 'detail-envelope.conversation.state',
    eventTimeMs: Date.UTC(2024, 4, 15, 14, 22, 0, 500),
    sequence: 1,
    fingerprint: '2c3234434c341cdc4e778d706c94ab31',
    body: detailEnvelope.data.details[0],
  },
  {
    ...ofEnvelope,
    type: 'voice:call:connected',
    subject: 'detail-envelope.voice.call.connected',
    eventTimeMs: Date.UTC(2024, 4, 15, 14, 22, 0, 750),
    sequence: 2,
    fingerprint: 'f52b603001539392a7f01909de78274d',
    body: detailEnvelope.data.details[1],
  },
];

test('a detail envelope on its own', () => {
  expect(eventsOf(JSON.stringify(detailEnvelope))).toEqual(detailEvents);
});

test('a detail envelope as the detail of an EventBridge event: the same facts, of a known organisation', () => {
  const source = 'aws.partner/genesys.com/cloud/organisation-1/suffix';
  const event = { version: '0', 'detail-type': 'v2.detail.events.conversation', source, detail: detailEnvelope };
  expect(eventsOf(JSON.stringify(event))).toEqual(detailEvents.map((one) => ({ ...one, orgId: 'organisation-1' })));
});

test('a conversation.end that leaves its time to its carrier', () => {
  const event = {
    version: '0',
    id: '1',
    'detail-type': 'conversation.end',
    source: 'genesys.cloud',
    time: '2024-05-15T14:22:01Z',
    detail: { conversationId: 'conv-uuid-67890' },
  };
  expect(eventsOf(JSON.stringify(event))).toEqual([
    {
      layout: 1,
      orgId: null,
      format: 'conversation-end',
      type: 'conversation.end',
      conversationId: 'conv-uuid-67890',
      participantId: null,
      sessionId: null,
      eventTimeMs: Date.UTC(2024, 4, 15, 14, 22, 1),
      envelopeTimeMs: Date.UTC(2024, 4, 15, 14, 22, 1),
      sequence: 0,
      fingerprint: 'e8c69885f095902ddcd1bde2ea4e2e93',
      subject: 'conversation.end',
      schemaVersion: 1,
      mediaType: null,
      body: { conversationId: 'conv-uuid-67890' },
    },
  ]);
});
