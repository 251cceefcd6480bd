/* Generated from schemas/ by `npm run schemas:types`: change the schema, then run it again. */

import type { Json } from '../json';

/**
 * schemas/envelope.conversation-end/v1.json: Whoever knows that a conversation is over may send it.
 * What the schema promises, not what may come: any field may be null or of another type, and there may be others.
 */
export type EnvelopeConversationEnd = (
  | {
      readonly detail?: {
        readonly timestamp: Json;
      };
    }
  | {
      readonly time: string;
    }
) & {
  readonly version?: string;
  readonly id?: string;
  readonly 'detail-type': 'conversation.end';
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
    readonly conversationId: string;
    readonly timestamp?: string;
    readonly mediaType?: string;
  };
};
