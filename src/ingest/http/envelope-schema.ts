/*
 * The shapes that are taken, for the document: as much as the code looks at, no more. The code is core/formats; a test holds one against the other.
 * Everything in the examples is made up.
 */

const object = (required: readonly string[], properties: Readonly<Record<string, unknown>>, description: string) => ({
  type: 'object',
  description,
  required,
  properties,
});

const detailEnvelopeType = { type: 'string', enum: ['v2.detail.events.conversation'] };

const shapes = [
  object(['detail'], { detail: object(['eventBody'], {}, 'What Genesys Cloud sends.') }, 'An EventBridge event.'),
  object(['eventBody'], {}, 'The detail of an EventBridge event, alone.'),
  object(['type'], { type: detailEnvelopeType }, 'A detail envelope; its events are in data.details.'),
  object(
    ['detail'],
    { detail: object(['type'], { type: detailEnvelopeType }, 'A detail envelope.') },
    'A detail envelope inside an EventBridge event.',
  ),
  object(
    ['detail-type', 'detail'],
    { 'detail-type': { type: 'string', enum: ['conversation.end'] }, detail: { type: 'object' } },
    'A conversation.end.',
  ),
  object(
    ['Type', 'Message'],
    { Type: { type: 'string', enum: ['Notification'] }, Message: { type: ['string', 'object'] } },
    'Any of these inside a notification of SNS.',
  ),
  object(
    ['requestPayload'],
    { requestPayload: { type: ['string', 'object'] } },
    'Any of these inside what Lambda sends where it failed.',
  ),
];

const examples = [
  {
    version: '0',
    id: '00000000-0000-4000-8000-000000000001',
    'detail-type': 'v2.detail.events.conversation.{id}.customer.start',
    source: 'aws.partner/genesys.com/cloud/00000000-0000-4000-8000-000000000000/example',
    time: '2026-01-05T12:00:00Z',
    detail: {
      topicName: 'v2.detail.events.conversation.00000000-0000-4000-8000-000000000002.customer.start',
      version: '2',
      eventBody: {
        eventTime: 1_767_614_400_000,
        conversationId: '00000000-0000-4000-8000-000000000002',
        participantId: '00000000-0000-4000-8000-000000000003',
        sessionId: '00000000-0000-4000-8000-000000000004',
        mediaType: 'VOICE',
      },
    },
  },
  {
    type: 'v2.detail.events.conversation',
    data: { id: '00000000-0000-4000-8000-000000000002', details: [] },
  },
];

export const envelopeSchema = {
  description: 'One envelope of a kind that the workers read. It goes to the queue byte for byte.',
  anyOf: shapes,
  examples,
};
