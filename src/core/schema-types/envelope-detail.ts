/* Generated from schemas/ by `npm run schemas:types`: change the schema, then run it again. */

import type { Json } from '../json';

/**
 * schemas/envelope.detail/v1.json: Not sent by Genesys today: a legacy format, top-level or as the detail of an EventBridge event.
 * What the schema promises, not what may come: any field may be null or of another type, and there may be others.
 */
export interface EnvelopeDetail {
  /** Of the subscription: the same in every envelope. */
  readonly id?: string;
  readonly type: 'v2.detail.events.conversation';
  /** Orders envelopes. */
  readonly createdTimestamp: string;
  readonly data: {
    /** The conversation. */
    readonly id: string;
    /** The medium. */
    readonly type?: 'voice' | 'chat' | 'message' | 'email' | 'video' | 'callback' | 'task';
    readonly createdTimestamp?: string;
    /** Never orders anything. */
    readonly updatedTimestamp?: string;
    /** Micro-events; each has a subject of its own and is validated by it. */
    readonly details: readonly Json[];
  };
  readonly metadata?: {
    readonly source?: string;
    readonly eventType?: string;
  };
}
