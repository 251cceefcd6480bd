/* Generated from schemas/ by `npm run schemas:types`: change the schema, then run it again. */

/**
 * schemas/detail-envelope.voice.call.connected/v1.json: A call leg is connected.
 * What the schema promises, not what may come: any field may be null or of another type, and there may be others.
 */
export interface DetailEnvelopeVoiceCallConnected {
  readonly name: 'voice:call:connected';
  readonly type?: string;
  /** Counts within one envelope and starts again in the next. */
  readonly sequence?: number;
  /** When it happened. */
  readonly timestamp: string;
  readonly data?: {
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
