/* Generated from schemas/ by `npm run schemas:types`: change the schema, then run it again. */

import type { JsonObject } from '../json';

/**
 * schemas/envelope.eventbridge/v1.json: The real feed. The detail-type is the topic template with the literal text {id}.
 * What the schema promises, not what may come: any field may be null or of another type, and there may be others.
 */
export interface EnvelopeEventbridge {
  readonly version?: string;
  readonly id?: string;
  readonly 'detail-type': string;
  /** aws.partner/genesys.com/cloud/<organisation>/<suffix> */
  readonly source?: string;
  readonly account?: string;
  /** Whole seconds; never orders anything. */
  readonly time?: string;
  readonly region?: string;
  readonly resources?: readonly string[];
  /** Set by an EventBridge archive replay. */
  readonly 'replay-name'?: string;
  readonly detail: {
    /** The topic with its ids filled in. */
    readonly topicName?: string;
    /** Always "2": no schema version. */
    readonly version?: string;
    /** The event; its subject says what is in it. */
    readonly eventBody: JsonObject;
    readonly metadata?: {
      readonly CorrelationId?: string;
    };
    /** When Genesys published it. */
    readonly timestamp?: string;
  };
}
