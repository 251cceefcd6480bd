/* Generated from schemas/ by `npm run schemas:types`: change the schema, then run it again. */

/**
 * schemas/v2.speechandtextanalytics.conversations.categories/v1.json: The categories that the transcripts of the conversation fall in.
 * What the schema promises, not what may come: any field may be null or of another type, and there may be others.
 */
export interface SpeechandtextanalyticsConversationsCategories {
  readonly mediaType?: 'unknown' | 'call' | 'chat' | 'email' | 'message';
  readonly organizationId?: string;
  readonly conversationId: string;
  readonly transcriptIds?: readonly string[];
  readonly categoryIds?: readonly string[];
}
