/* Generated from schemas/ by `npm run schemas:types`: change the schema, then run it again. */

/**
 * schemas/v2.speechandtextanalytics.conversation.sentiment/v1.json: The mood of the conversation as a whole and where it went, once the transcript was read.
 * What the schema promises, not what may come: any field may be null or of another type, and there may be others.
 */
export interface SpeechandtextanalyticsConversationSentiment {
  readonly conversationId: string;
  readonly sentimentOverallScore?: number;
  readonly sentimentTrendScore?: number;
  readonly queueIds?: readonly string[];
  readonly divisionIds?: readonly string[];
  readonly flowIds?: readonly string[];
}
