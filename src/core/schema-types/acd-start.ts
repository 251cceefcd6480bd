/* Generated from schemas/ by `npm run schemas:types`: change the schema, then run it again. */

/**
 * schemas/v2.detail.events.conversation.acd.start/v6.json: A session enters a queue.
 * What the schema promises, not what may come: any field may be null or of another type, and there may be others.
 */
export interface AcdStart {
  readonly eventTime: number;
  readonly conversationId: string;
  readonly participantId?: string;
  readonly sessionId?: string;
  readonly mediaType?:
    | 'UNKNOWN'
    | 'VOICE'
    | 'CHAT'
    | 'EMAIL'
    | 'CALLBACK'
    | 'COBROWSE'
    | 'VIDEO'
    | 'SCREENSHARE'
    | 'MESSAGE'
    | 'INTERNALMESSAGE'
    | 'SCREENMONITORING';
  readonly direction?: 'UNKNOWN' | 'INBOUND' | 'OUTBOUND';
  readonly messageType?:
    'UNKNOWN' | 'SMS' | 'TWITTER' | 'FACEBOOK' | 'LINE' | 'WHATSAPP' | 'WEBMESSAGING' | 'OPEN' | 'INSTAGRAM' | 'APPLE';
  readonly provider?: string;
  readonly ani?: string;
  readonly dnis?: string;
  readonly addressTo?: string;
  readonly addressFrom?: string;
  readonly callbackUserName?: string;
  readonly callbackNumbers?: readonly string[];
  readonly callbackScheduledTime?: number;
  readonly subject?: string;
  readonly queueId?: string;
  readonly divisionId?: string;
  readonly conversationExternalContactIds?: readonly string[];
  readonly conversationExternalOrganizationIds?: readonly string[];
  readonly utilizationLabel?: string;
  readonly routingPriority?: number;
  readonly requestedRoutingSkillIds?: readonly string[];
  readonly skillExpressionApplied?: boolean;
}
