import { signatureHeaders, signatureToleranceSeconds } from '../../core/ingest/signature';
import { envelopeSchema } from './envelope-schema';
import { longestHeader, travellingHeaders } from './post-head';
import { problemResponses } from './problem-schema';

/** Ways to prove oneself: one of them will do. */
export const securitySchemes = {
  bearer: { type: 'http', scheme: 'bearer', description: 'One of the secrets, as it is.' },
  timestamp: {
    type: 'apiKey',
    in: 'header',
    name: signatureHeaders.timestamp,
    description: `Unix seconds, at most ${signatureToleranceSeconds} off. Part of what is signed.`,
  },
  signature: {
    type: 'apiKey',
    in: 'header',
    name: signatureHeaders.signature,
    description: '`v1=` and the HMAC-SHA256, in hex, of the timestamp, a dot and the bytes of the body.',
  },
} as const;

const travelling = (description: string) => ({
  type: 'string',
  maxLength: longestHeader,
  pattern: '^[\\x20-\\x7e]*$',
  description,
});

const headers = {
  type: 'object',
  properties: {
    [travellingHeaders.idempotencyKey]: travelling(
      'The same key and the same body are answered the same message_id. With another body it is another message.',
    ),
    [travellingHeaders.eventType]: travelling('Travels with the message. Nobody relies on it.'),
  },
};

const accepted = {
  type: 'object',
  required: ['status', 'message_id'],
  additionalProperties: false,
  properties: {
    status: { type: 'string', enum: ['accepted'] },
    message_id: { type: 'string', minLength: 1, description: "The queue's, for good." },
  },
};

/** The problems that a post may be answered with. */
export const postProblems = [
  ...(['not-http', 'not-json', 'not-text', 'bad-header', 'too-deep', 'unauthenticated', 'too-slow', 'too-large'] as const),
  ...(['wrong-content-type', 'unknown-envelope', 'too-many', 'headers-too-large', 'internal', 'unavailable'] as const),
] as const;

export const postSchema = {
  operationId: 'postEvent',
  summary: 'Takes one event',
  description: 'Answers 200 only when the queue has the event. After any other answer, or none, send it again with the same key.',
  security: [{ bearer: [] }, { timestamp: [], signature: [] }],
  headers,
  body: { content: { 'application/json': { schema: envelopeSchema } } },
  response: {
    200: { description: 'The queue has it.', content: { 'application/json': { schema: accepted } } },
    ...problemResponses(postProblems),
  },
};
