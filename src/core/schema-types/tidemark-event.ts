/* Generated from schemas/ by `npm run schemas:types`: change the schema, then run it again. */

import type { JsonObject } from '../json';

/** schemas/tidemark.event/v2.json: An event as it is published: with the revision that first contains it, or by itself where its subject is only passed on. */
export interface TidemarkEvent {
  /** Layout of the message; grows only when a field changes its meaning. */
  readonly layout: 1;
  /** The conversation. */
  readonly conversationId: string;
  /** Life of the record that first contains it; null where the subject is only passed on. */
  readonly life: string | null;
  /** Revision that first contains it; null where the subject is only passed on. */
  readonly revision: number | null;
  /** Its place from 1 among the events of that revision, as in the record's lifecycle. A later revision may have an event before it. */
  readonly position: number | null;
  /** Hash of what it says: the same fact has the same one, however often and by whomever it was sent. */
  readonly fingerprint: string;
  /** customer.end, conversation:state, conversation.end, … */
  readonly type: string;
  /** What the registry files its schema under. */
  readonly subject: string;
  /** Version of that schema which judged it. */
  readonly schemaVersion: number;
  /** The shape in which it came; tidemark: it is Tidemark's own. */
  readonly format: 'genesys' | 'detail-envelope' | 'conversation-end' | 'tidemark';
  /** When it happened, by its sender's clock, ISO 8601 with milliseconds; null past the year 9999. */
  readonly eventTime: string | null;
  /** First part of its order, epoch milliseconds: the event's time, of a detail envelope that of the envelope. */
  readonly envelopeTimeMs: number;
  /** Second part of its order: a topic's rank, of a detail envelope the detail's own number. */
  readonly sequence: number;
  /** The Genesys organisation; null where no carrier named it. */
  readonly orgId: string | null;
  /** The participant, where it names one. */
  readonly participantId: string | null;
  /** The session, where it names one. */
  readonly sessionId: string | null;
  /** As its sender wrote it. */
  readonly mediaType: string | null;
  /** The event as it came, less its carrier; null where bodyOmitted says so. */
  readonly body: JsonObject | null;
  /** It was too large to travel; the table has it, by the fingerprint. If it was too large even so, orgId, participantId, sessionId and mediaType are null, too. Absent otherwise. */
  readonly bodyOmitted?: true;
}
