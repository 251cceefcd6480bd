/* Generated from schemas/ by `npm run schemas:types`: change the schema, then run it again. */

/**
 * schemas/v2.detail.events.conversation.acd.end/v11.json: A session leaves a queue: answered, abandoned or flowed out.
 * What the schema promises, not what may come: any field may be null or of another type, and there may be others.
 */
export interface AcdEnd {
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
  readonly acdOutcome?: 'UNKNOWN' | 'ABANDON' | 'ANSWERED' | 'FLOW_OUT';
  readonly usedRouting?:
    'UNKNOWN' | 'MANUAL' | 'PREDICTIVE' | 'PREFERRED' | 'LAST' | 'BULLSEYE' | 'STANDARD' | 'OTHER' | 'CONDITIONAL' | 'VIP';
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
  readonly answeredUserId?: string;
  readonly requestedRoutings?: readonly (
    'UNKNOWN' | 'MANUAL' | 'PREDICTIVE' | 'PREFERRED' | 'LAST' | 'BULLSEYE' | 'STANDARD' | 'OTHER' | 'CONDITIONAL' | 'VIP'
  )[];
  readonly requestedRoutingSkillIds?: readonly string[];
  readonly requestedSkillExpressionIds?: readonly string[];
  readonly requestedLanguageId?: string;
  readonly requestedRoutingUserIds?: readonly string[];
  readonly routingPriority?: number;
  readonly connectedDurationMs?: number;
  readonly conversationExternalContactIds?: readonly string[];
  readonly conversationExternalOrganizationIds?: readonly string[];
  readonly utilizationLabel?: string;
  readonly flowType?: string;
}
