/* Generated from schemas/ by `npm run schemas:types`: change the schema, then run it again. */

/**
 * schemas/conversation.end/v1.json: Not a Genesys topic: whoever knows that a conversation is over may send it. Sorts last and never moves endedAt.
 * What the schema promises, not what may come: any field may be null or of another type, and there may be others.
 */
export interface ConversationEnd {
  readonly conversationId: string;
  /** When it ended; without it the time of its carrier says so. */
  readonly timestamp?: string;
  readonly mediaType?: string;
}
