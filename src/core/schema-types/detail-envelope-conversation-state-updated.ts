/* Generated from schemas/ by `npm run schemas:types`: change the schema, then run it again. */

/**
 * schemas/detail-envelope.conversation.state.updated/v1.json: What became known of the conversation after a state was entered.
 * What the schema promises, not what may come: any field may be null or of another type, and there may be others.
 */
export interface DetailEnvelopeConversationStateUpdated {
  readonly name: 'conversation:state:updated';
  readonly type?: string;
  /** Counts within one envelope and starts again in the next. */
  readonly sequence?: number;
  /** When it happened. */
  readonly timestamp: string;
  readonly data?: {
    /** Seconds that the conversation lasted so far. */
    readonly duration?: number;
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
