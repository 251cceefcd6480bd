/* Generated from schemas/ by `npm run schemas:types`: change the schema, then run it again. */

/**
 * schemas/v2.speechandtextanalytics.conversation.empathy/v1.json: How much empathy each agent showed, once the transcript was read.
 * What the schema promises, not what may come: any field may be null or of another type, and there may be others.
 */
export interface SpeechandtextanalyticsConversationEmpathy {
  readonly conversationId: string;
  readonly queueIds?: readonly string[];
  readonly divisionIds?: readonly string[];
  readonly flowIds?: readonly string[];
  readonly agents?: readonly {
    readonly agentId?: string;
    readonly overallEmpathyScore?: number;
  }[];
}
