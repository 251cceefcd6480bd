/* Generated from schemas/ by `npm run schemas:types`: change the schema, then run it again. */

import type { JsonObject } from '../json';

/** schemas/tidemark.passed-event/v2.json: What is published of an event that is not reconstructed. */
export interface TidemarkPassedEvent {
  /** Layout of the message; grows only when a field changes its meaning. */
  readonly layout: 1;
  /** The conversation; null where it is not about one. */
  readonly conversationId: string | null;
  /** Hash of what it says: the same fact has the same one, however often and by whomever it was sent. */
  readonly fingerprint: string;
  /** conversations.transcription, audits.entitytype.entityid.by-id, … */
  readonly type: string;
  /** What the registry files its schema under. */
  readonly subject: string;
  /** Version of that schema which judged it. */
  readonly schemaVersion: number;
  /** The shape in which it came; tidemark: it is Tidemark's own. */
  readonly format: 'genesys' | 'detail-envelope' | 'conversation-end' | 'tidemark';
  /** When it happened, ISO 8601 with milliseconds; of an event that does not say, when it was published. Null where neither is known. */
  readonly eventTime: string | null;
  /** The Genesys organisation; null where no carrier named it. */
  readonly orgId: string | null;
  /** The event as it came, less its carrier. */
  readonly body: JsonObject;
}
