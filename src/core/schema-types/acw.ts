/* Generated from schemas/ by `npm run schemas:types`: change the schema, then run it again. */

/**
 * schemas/v2.detail.events.conversation.acw/v7.json: An agent has finished after-call work: once per agent and reopening, minutes after customer.end.
 * What the schema promises, not what may come: any field may be null or of another type, and there may be others.
 */
export interface Acw {
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
  readonly userId?: string;
  readonly queueId?: string;
  readonly wrapupCode?: string;
  readonly wrapupNotes?: string;
  readonly wrapupDurationMs?: number;
  readonly conversationExternalContactIds?: readonly string[];
  readonly conversationExternalOrganizationIds?: readonly string[];
  readonly utilizationLabel?: string;
}
