/* Generated from schemas/ by `npm run schemas:types`: change the schema, then run it again. */

/**
 * schemas/v2.detail.events.conversation.voicemail.start/v5.json: A session goes to voicemail.
 * What the schema promises, not what may come: any field may be null or of another type, and there may be others.
 */
export interface VoicemailStart {
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
  readonly provider?: string;
  readonly ani?: string;
  readonly dnis?: string;
  readonly userId?: string;
  readonly queueId?: string;
  readonly divisionId?: string;
  readonly conversationExternalContactIds?: readonly string[];
  readonly conversationExternalOrganizationIds?: readonly string[];
  readonly utilizationLabel?: string;
}
