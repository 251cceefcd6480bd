/* Generated from schemas/ by `npm run schemas:types`: change the schema, then run it again. */

/**
 * schemas/v2.detail.events.agent.state/v1.json: What an agent does in a session; many of one conversation.
 * What the schema promises, not what may come: any field may be null or of another type, and there may be others.
 */
export interface DetailEventsAgentState {
  readonly currentState?:
    | 'UNKNOWN'
    | 'ALERT'
    | 'INTERACT'
    | 'WRAPUP'
    | 'BARGING'
    | 'CALLBACK'
    | 'COACHING'
    | 'CONTACTING'
    | 'CONVERTING'
    | 'DELAY'
    | 'DIALING'
    | 'HOLD'
    | 'IVR'
    | 'MONITORING'
    | 'PARKED'
    | 'SCHEDULED'
    | 'SHARING'
    | 'SYSTEM'
    | 'TRANSMITTING'
    | 'UPLOADING'
    | 'VOICEMAIL'
    | 'TERMINATED';
  readonly originatingDirection?: 'UNKNOWN' | 'INBOUND' | 'OUTBOUND';
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
  readonly conversationId?: string;
  readonly sessionId?: string;
  readonly sessionStart?: number;
  readonly currentStateStart?: number;
  readonly userId?: string;
  readonly queueId?: string;
  readonly requestedLanguageId?: string;
  readonly requestedSkillIds?: readonly string[];
}
