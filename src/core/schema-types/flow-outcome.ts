/* Generated from schemas/ by `npm run schemas:types`: change the schema, then run it again. */

/**
 * schemas/v2.detail.events.conversation.flow.outcome/v6.json: A flow reports an outcome; seen up to 90 s after the outcome itself.
 * What the schema promises, not what may come: any field may be null or of another type, and there may be others.
 */
export interface FlowOutcome {
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
  readonly flowOutcomeValue?: 'UNKNOWN' | 'SUCCESS' | 'FAILURE';
  readonly provider?: string;
  readonly ani?: string;
  readonly dnis?: string;
  readonly addressTo?: string;
  readonly addressFrom?: string;
  readonly subject?: string;
  readonly flowId?: string;
  readonly divisionId?: string;
  readonly flowVersion?: string;
  readonly flowOutcomeId?: string;
  readonly flowOutcomeStartTime?: number;
  readonly flowOutcomeEndTime?: number;
  readonly flowMilestones?: readonly {
    readonly milestoneId?: string;
    readonly milestoneTime?: number;
  }[];
  readonly conversationExternalContactIds?: readonly string[];
  readonly conversationExternalOrganizationIds?: readonly string[];
  readonly utilizationLabel?: string;
}
