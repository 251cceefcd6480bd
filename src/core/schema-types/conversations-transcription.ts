/* Generated from schemas/ by `npm run schemas:types`: change the schema, then run it again. */

/**
 * schemas/v2.conversations.transcription/v1.json: What was said, a few seconds after it was said, many a call; with the status SESSION_ENDED it has no transcripts.
 * What the schema promises, not what may come: any field may be null or of another type, and there may be others.
 */
export interface ConversationsTranscription {
  readonly eventTime?: string;
  readonly organizationId?: string;
  readonly conversationId?: string;
  readonly communicationId?: string;
  readonly sessionStartTimeMs?: number;
  readonly transcriptionStartTimeMs?: number;
  readonly transcripts?: readonly {
    readonly channel?: 'UNKNOWN' | 'INTERNAL' | 'EXTERNAL' | 'BOTH';
    readonly utteranceId?: string;
    readonly isFinal?: boolean;
    readonly alternatives?: readonly {
      readonly confidence?: number;
      readonly offsetMs?: number;
      readonly durationMs?: number;
      readonly transcript?: string;
      readonly words?: readonly {
        readonly confidence?: number;
        readonly startTimeMs?: number;
        readonly offsetMs?: number;
        readonly durationMs?: number;
        readonly word?: string;
      }[];
      readonly decoratedTranscript?: string;
      readonly decoratedWords?: readonly {
        readonly confidence?: number;
        readonly startTimeMs?: number;
        readonly offsetMs?: number;
        readonly durationMs?: number;
        readonly word?: string;
      }[];
    }[];
    readonly agentAssistantId?: string;
    readonly engineProvider?: string;
    readonly engineId?: string;
    readonly engineName?: string;
    readonly dialect?: string;
    readonly speechTextAnalyticsProgramId?: string;
    readonly agentAssistEnabled?: boolean;
    readonly voiceTranscriptionEnabled?: boolean;
  }[];
  readonly status?: {
    readonly status?: 'UNKNOWN' | 'SESSION_ONGOING' | 'SESSION_ENDED';
    readonly offsetMs?: number;
  };
  readonly speechTextAnalyticsProgramId?: string;
}
