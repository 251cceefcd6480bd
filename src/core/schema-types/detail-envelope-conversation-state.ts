/* Generated from schemas/ by `npm run schemas:types`: change the schema, then run it again. */

/**
 * schemas/detail-envelope.conversation.state/v1.json: The conversation enters a state; disconnected is its last.
 * What the schema promises, not what may come: any field may be null or of another type, and there may be others.
 */
export interface DetailEnvelopeConversationState {
  readonly name: 'conversation:state';
  readonly type?: string;
  /** Counts within one envelope and starts again in the next. */
  readonly sequence?: number;
  /** When it happened. */
  readonly timestamp: string;
  readonly data?: {
    readonly status?: 'ringing' | 'alerting' | 'connected' | 'onhold' | 'held' | 'transfer' | 'disconnected';
    readonly participantId?: string;
    readonly sessionId?: string;
    readonly agentId?: string;
    readonly queueId?: string;
    readonly skillIds?: readonly string[];
    readonly wrapUpCode?: string;
    /** Seconds of after-call work. */
    readonly wrapUpDuration?: number;
    /** Seconds on hold. */
    readonly holdDuration?: number;
    readonly callerNumber?: string;
    readonly calleeNumber?: string;
    readonly direction?: 'inbound' | 'outbound';
  };
}
