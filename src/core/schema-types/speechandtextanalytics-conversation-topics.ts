/* Generated from schemas/ by `npm run schemas:types`: change the schema, then run it again. */

/**
 * schemas/v2.speechandtextanalytics.conversation.topics/v1.json: The topics that were found in the transcript of one communication.
 * What the schema promises, not what may come: any field may be null or of another type, and there may be others.
 */
export interface SpeechandtextanalyticsConversationTopics {
  readonly conversationId: string;
  readonly communicationId?: string;
  readonly recordingId?: string;
  readonly transcriptId?: string;
  readonly mediaType?: string;
  readonly programId?: string;
  readonly topics?: readonly {
    readonly participant?: string;
    readonly topicId?: string;
    readonly topicName?: string;
  }[];
  readonly participants?: readonly {
    readonly userId?: string;
    readonly queueId?: string;
    readonly divisionId?: string;
    readonly purpose?: string;
    readonly flowId?: string;
  }[];
}
