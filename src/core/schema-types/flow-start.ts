/* Generated from schemas/ by `npm run schemas:types`: change the schema, then run it again. */

/**
 * schemas/v2.detail.events.conversation.flow.start/v9.json: A flow (IVR, bot, in-queue flow) takes a session.
 * What the schema promises, not what may come: any field may be null or of another type, and there may be others.
 */
export interface FlowStart {
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
  readonly flowType?:
    | 'UNKNOWN'
    | 'INBOUNDCALL'
    | 'OUTBOUNDCALL'
    | 'INQUEUECALL'
    | 'SECURECALL'
    | 'INBOUNDEMAIL'
    | 'SURVEYINVITE'
    | 'INBOUNDSHORTMESSAGE'
    | 'INBOUNDCHAT'
    | 'WORKFLOW'
    | 'BOT'
    | 'DIGITALBOT'
    | 'COMMONMODULE'
    | 'INQUEUEEMAIL'
    | 'INQUEUESHORTMESSAGE'
    | 'VOICE'
    | 'VOICEMAIL'
    | 'WORKITEM'
    | 'VOICESURVEY';
  readonly provider?: string;
  readonly ani?: string;
  readonly dnis?: string;
  readonly addressTo?: string;
  readonly addressFrom?: string;
  readonly subject?: string;
  readonly flowId?: string;
  readonly divisionId?: string;
  readonly flowVersion?: string;
  readonly conversationExternalContactIds?: readonly string[];
  readonly conversationExternalOrganizationIds?: readonly string[];
  readonly utilizationLabel?: string;
}
