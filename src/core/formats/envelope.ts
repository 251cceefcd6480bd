import type { CarriedFormat } from '../event';
import { isObject, type JsonObject, textOrNull } from '../json';
import type { Rejection } from '../rejection';
import { parseObject } from './parse';
import { unwrap } from './unwrap';

/** A message body read as far as its shape: which format it is in, and what carried it. */
export interface Envelope {
  readonly format: CarriedFormat;
  /** Shapes to validate before the events inside, outermost first, under the registry's names. */
  readonly shapes: readonly { readonly subject: string; readonly object: JsonObject }[];
  /** The part that the format's adapter reads: the EventBridge event, its detail, or the detail envelope. */
  readonly object: JsonObject;
  /** How the detail envelope or the detail arrived matters to nobody; who sent it does. */
  readonly source: string | null;
  /** True where a rule's `InputPath` sent the detail without its event. */
  readonly bare: boolean;
}

/** The type that marks a detail envelope (seed format with `data.details[]`). */
const detailEnvelopeType = 'v2.detail.events.conversation';

const isDetailEnvelope = (object: JsonObject): boolean => object['type'] === detailEnvelopeType;

type Shape = Pick<Envelope, 'format' | 'object' | 'source' | 'bare'> & { readonly subject: string };

/** Of an object with a `detail`: the three formats that EventBridge carries. */
const recogniseEvent = (event: JsonObject, detail: JsonObject): Shape | null => {
  const source = textOrNull(event['source']);
  if (event['detail-type'] === 'conversation.end' && !isObject(detail['eventBody'])) {
    return { format: 'conversation-end', subject: 'envelope.conversation-end', object: event, source, bare: false };
  }
  if ('eventBody' in detail) return { format: 'genesys', subject: 'envelope.eventbridge', object: event, source, bare: false };
  if (isDetailEnvelope(detail))
    return { format: 'detail-envelope', subject: 'envelope.detail', object: detail, source, bare: false };
  return null;
};

const metadataSource = (object: JsonObject): string | null => {
  const metadata = object['metadata'];
  return isObject(metadata) ? textOrNull(metadata['source']) : null;
};

const recogniseShape = (object: JsonObject): Shape | null => {
  const detail = object['detail'];
  if (isObject(detail)) return recogniseEvent(object, detail);
  if ('eventBody' in object) {
    return { format: 'genesys', subject: 'envelope.bare-detail', object, source: null, bare: true };
  }
  if (isDetailEnvelope(object)) {
    return { format: 'detail-envelope', subject: 'envelope.detail', object, source: metadataSource(object), bare: false };
  }
  return null;
};

const unknown = (object: JsonObject): Rejection => {
  const named = textOrNull(object['detail-type']);
  return {
    reason: 'unknown-envelope',
    detail:
      'Expected an EventBridge event with detail.eventBody, its detail alone, a detail envelope with data.details, ' +
      `or a conversation.end with detail.conversationId; got an object ${named === null ? 'of no known shape' : 'whose detail is none of them'}.`,
    step: 'receive',
    ...(named === null ? {} : { type: named }),
  };
};

/** Reads a message body as far as its shape, or says why it has none that we know. Never throws. */
export const readEnvelope = (body: string): Envelope | Rejection => {
  const parsed = parseObject(body, 'the message body');
  if ('reason' in parsed) return parsed;
  const unwrapped = unwrap(parsed.object);
  if ('reason' in unwrapped) return unwrapped;
  const shape = recogniseShape(unwrapped.object);
  if (!shape) return unknown(unwrapped.object);
  const { subject, format, object, source, bare } = shape;
  return { format, shapes: [...unwrapped.peeled, { subject, object }], object, source, bare };
};
