/* Generated from schemas/ by `npm run schemas:types`: change the schema, then run it again. */

/**
 * schemas/v2.detail.events.conversation.flow.end/v14.json: A flow lets a session go.
 * What the schema promises, not what may come: any field may be null or of another type, and there may be others.
 */
export interface FlowEnd {
  readonly eventTime: number;
  readonly conversationId: string;
  readonly participantId?: string;
  readonly sessionId?: string;
  readonly disconnectType?:
    | 'UNKNOWN'
    | 'ENDPOINT'
    | 'CLIENT'
    | 'SYSTEM'
    | 'TRANSFER'
    | 'ERROR'
    | 'PEER'
    | 'OTHER'
    | 'SPAM'
    | 'TIMEOUT'
    | 'TRANSPORT_FAILURE'
    | 'CONFERENCE_TRANSFER'
    | 'CONSULT_TRANSFER'
    | 'FORWARD_TRANSFER'
    | 'NO_ANSWER_TRANSFER'
    | 'NOT_AVAILABLE_TRANSFER'
    | 'UNCALLABLE'
    | 'DND_ENDPOINT'
    | 'DND_TRANSFER'
    | 'INACTIVITY'
    | 'SESSION_EXPIRED'
    | 'TAKEOVER';
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
  readonly exitReason?:
    | 'UNKNOWN'
    | 'DISCONNECT'
    | 'FLOW_DISCONNECT'
    | 'FLOW_ERROR_DISCONNECT'
    | 'TRANSFER'
    | 'SESSION_EXPIRE_DISCONNECT'
    | 'RECOGNITION_FAILURE_DISCONNECT'
    | 'RECOGNITION_FAILURE_EXIT'
    | 'USER_EXIT'
    | 'FLOW_EXIT'
    | 'FLOW_ERROR_EXIT';
  readonly transferType?:
    | 'UNKNOWN'
    | 'ACD'
    | 'USER'
    | 'NUMBER'
    | 'ACD_VOICEMAIL'
    | 'USER_VOICEMAIL'
    | 'GROUP_VOICEMAIL'
    | 'GROUP'
    | 'FLOW'
    | 'SECURE_FLOW'
    | 'RETURN_TO_AGENT';
  readonly provider?: string;
  readonly ani?: string;
  readonly dnis?: string;
  readonly addressTo?: string;
  readonly addressFrom?: string;
  readonly subject?: string;
  readonly flowId?: string;
  readonly divisionId?: string;
  readonly flowVersion?: string;
  readonly connectedDurationMs?: number;
  readonly conversationExternalContactIds?: readonly string[];
  readonly conversationExternalOrganizationIds?: readonly string[];
  readonly utilizationLabel?: string;
}
