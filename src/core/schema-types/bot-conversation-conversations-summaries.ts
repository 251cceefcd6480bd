/* Generated from schemas/ by `npm run schemas:types`: change the schema, then run it again. */

/**
 * schemas/v2.bot.conversation.conversations.summaries/v1.json: The summary of what a bot and a customer said, written by a model.
 * What the schema promises, not what may come: any field may be null or of another type, and there may be others.
 */
export interface BotConversationConversationsSummaries {
  readonly messageType?:
    'UNKNOWN' | 'SMS' | 'TWITTER' | 'FACEBOOK' | 'INSTAGRAM' | 'LINE' | 'WHATSAPP' | 'WEBMESSAGING' | 'OPEN' | 'APPLE';
  readonly mediaType?: 'UNKNOWN' | 'MESSAGE' | 'CALL' | 'EMAIL';
  readonly summarySourceType?: 'UNKNOWN' | 'GENESYS_NATIVE_SERVICE' | 'EXTERNAL_SERVICE';
  readonly triggerType?: 'UNKNOWN' | 'ON_DEMAND' | 'AFTER_DISCONNECT';
  readonly errorType?: 'UNKNOWN' | 'CONVERSATION_TOO_LONG' | 'CONVERSATION_TOO_SHORT' | 'RATE_LIMITED';
  readonly conversationId?: string;
  readonly queueId?: string;
  readonly participants?: readonly {
    readonly purpose?: 'UNKNOWN' | 'ACD' | 'AGENT' | 'CUSTOMER' | 'WORKFLOW';
    readonly userId?: string;
  }[];
  readonly communicationIds?: readonly string[];
  readonly latestCommunicationId?: string;
  readonly createdDate?: string;
  readonly summaryId?: string;
  readonly language?: string;
  readonly summary?: {
    readonly text?: string;
    readonly score?: number;
  };
  readonly headline?: {
    readonly text?: string;
    readonly description?: string;
    readonly score?: number;
  };
  readonly reason?: {
    readonly text?: string;
    readonly description?: string;
    readonly score?: number;
  };
  readonly resolution?: {
    readonly text?: string;
    readonly description?: string;
    readonly resolutionValue?: string;
    readonly score?: number;
  };
  readonly followupActions?: readonly {
    readonly text?: string;
    readonly description?: string;
    readonly score?: number;
  }[];
  readonly extractedEntities?: readonly {
    readonly label?: string;
    readonly value?: string;
  }[];
  readonly wrapUpCodes?: readonly {
    readonly wrapUpCodeId?: string;
    readonly name?: string;
    readonly description?: string;
    readonly score?: number;
  }[];
  readonly triggerSource?: {
    readonly sourceType?: 'UNKNOWN' | 'AGENT_ASSISTANT' | 'PROGRAM' | 'FLOW' | 'COPILOT';
    readonly sourceOutcome?: 'UNKNOWN' | 'CONTAINED' | 'TRANSFER';
    readonly sourceId?: string;
  };
  readonly lastEditedBy?: {
    readonly purpose?: 'UNKNOWN' | 'ACD' | 'AGENT' | 'CUSTOMER' | 'WORKFLOW';
    readonly userId?: string;
  };
  readonly durationMs?: number;
  readonly labels?: readonly {
    readonly type?: 'Unknown' | 'CustomerSetting';
    readonly name?: string;
    readonly description?: string;
  }[];
}
