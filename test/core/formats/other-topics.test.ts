import { readEnvelope } from '../../../src/core/formats/envelope';
import { readEvents } from '../../../src/core/formats/read-events';
import type { JsonObject } from '../../../src/core/json';
import { noon, orgId, second, topicMessage } from '../../factories';
import { registry } from '../../outside';

const sentiment = 'v2.speechandtextanalytics.conversation.{id}.sentiment';
const transcription = 'v2.conversations.{id}.transcription';
const audit = 'v2.audits.entitytype.{id}.entityid.{id}';

const read = (message: JsonObject) => {
  const envelope = readEnvelope(JSON.stringify(message));
  if ('reason' in envelope) throw new Error(envelope.detail);
  return readEvents(envelope, registry, []);
};
const passedOf = (...[topic, body, options]: Parameters<typeof topicMessage>) =>
  read(topicMessage(topic, body, options)).passed[0]?.event;
const attachedOf = (...[topic, body, options]: Parameters<typeof topicMessage>) =>
  read(topicMessage(topic, body, options)).events[0]?.event;

test('an attached event is one of its conversation, and says that it takes no part in reconstruction', () => {
  const body = { conversationId: 'conversation-1', sentimentOverallScore: -0.5 };
  expect(attachedOf(sentiment, body)).toEqual({
    layout: 1,
    orgId,
    format: 'genesys',
    type: 'speechandtextanalytics.conversation.sentiment',
    conversationId: 'conversation-1',
    participantId: null,
    sessionId: null,
    eventTimeMs: noon,
    subject: 'v2.speechandtextanalytics.conversation.sentiment',
    schemaVersion: 1,
    mediaType: null,
    envelopeTimeMs: noon,
    sequence: 0,
    fingerprint: '5a42f909693ad9168b8d841b2f72e2bd',
    body,
    attached: true,
  });
});

test.each([{}, { conversationId: '' }, { conversationId: null }, { conversationId: 7 }, { conversationId: '\ud800' }])(
  'an attached event that does not say of which conversation is refused: %j',
  (body) =>
    expect(read(topicMessage(sentiment, body))).toMatchObject({ events: [], passed: [], rejection: { reason: 'invalid' } }),
);

test('a passed event has the conversation and the time that its subject says where to find', () => {
  const body = { eventTime: '2026-01-05T11:00:00.000Z', conversationId: 'conversation-1', communicationId: 'call-1' };
  expect(passedOf(transcription, body)).toMatchObject({ conversationId: 'conversation-1', eventTimeMs: noon - 3_600_000, body });
});

test.each([
  ['epoch milliseconds', noon - 5, noon - 5],
  ['ISO 8601', '2026-01-05T12:00:01.000Z', second(1)],
  ['a date only Genesys can read', 'Monday', noon],
  ['a number that is no time', -1, noon],
  ['nothing', null, noon],
])('its time may be %s; without one it is when its carrier was published', (_, eventTime, expected) =>
  expect(passedOf(transcription, { eventTime })?.eventTimeMs).toBe(expected),
);

test('an event of no conversation is passed on, too, whatever is in it', () => {
  expect(passedOf(audit, {})).toMatchObject({ conversationId: null, type: 'audits.entitytype.entityid.by-id', body: {} });
  expect(passedOf(audit, { eventTime: ['?'], id: 7 })).toMatchObject({ conversationId: null, eventTimeMs: noon });
});

test('what came twice has one fingerprint, whatever ids its carriers bore; another fact has another', () => {
  const body = { conversationId: 'conversation-1', eventTime: noon };
  const once = passedOf(transcription, body);
  expect(passedOf(transcription, body, { published: second(9) })?.fingerprint).toBe(once?.fingerprint);
  expect(passedOf(transcription, { ...body, communicationId: 'call-2' })?.fingerprint).not.toBe(once?.fingerprint);
});

test('two that are alike and say no time are two if they were published at two times', () => {
  expect(passedOf(audit, {})?.fingerprint).toBe(passedOf(audit, {})?.fingerprint);
  expect(passedOf(audit, {}, { published: second(1) })?.fingerprint).not.toBe(passedOf(audit, {})?.fingerprint);
});

test('what a topic was called before it was renamed is still known', () => {
  const former = 'v2.conversations.{id}.transcriptions';
  expect(passedOf(former, { eventTime: noon })?.subject).toBe('v2.conversations.transcription');
  const bare = topicMessage(former, { eventTime: noon })['detail'] as JsonObject;
  expect(read(bare).passed[0]?.subject.subject).toBe('v2.conversations.transcription');
});
