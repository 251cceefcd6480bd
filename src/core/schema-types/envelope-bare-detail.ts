/* Generated from schemas/ by `npm run schemas:types`: change the schema, then run it again. */

import type { JsonObject } from '../json';

/**
 * schemas/envelope.bare-detail/v1.json: Does not say which organisation it is from.
 * What the schema promises, not what may come: any field may be null or of another type, and there may be others.
 */
export interface EnvelopeBareDetail {
  /** The topic with its ids filled in: here the only name of the event. */
  readonly topicName: string;
  /** Always "2": no schema version. */
  readonly version?: string;
  /** The event; its subject says what is in it. */
  readonly eventBody: JsonObject;
  readonly metadata?: {
    readonly CorrelationId?: string;
  };
  /** When Genesys published it. */
  readonly timestamp?: string;
}
