/* Generated from schemas/ by `npm run schemas:types`: change the schema, then run it again. */

import type { JsonObject } from '../json';

/**
 * schemas/envelope.sns/v1.json: The signature is not checked: only the queue policy says who may send.
 * What the schema promises, not what may come: any field may be null or of another type, and there may be others.
 */
export interface EnvelopeSns {
  readonly Type: 'Notification';
  /** The wrapped body, as text. */
  readonly Message: string;
  readonly MessageId?: string;
  readonly TopicArn?: string;
  readonly Subject?: string;
  readonly SignatureVersion?: string;
  readonly Signature?: string;
  readonly SigningCertURL?: string;
  readonly UnsubscribeURL?: string;
  readonly SequenceNumber?: string;
  readonly Timestamp?: string;
  readonly MessageAttributes?: JsonObject;
}
