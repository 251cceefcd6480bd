/* Generated from schemas/ by `npm run schemas:types`: change the schema, then run it again. */

/**
 * schemas/tidemark.correction/v1.json: Written by a reconciliation pass into the window that it is about, never received. It is in no lifecycle and enters no state; the record says what differed.
 * What the schema promises, not what may come: any field may be null or of another type, and there may be others.
 */
export interface TidemarkCorrection {
  /** The conversation. */
  readonly conversationId: string;
  /** When Genesys says that it was over, after-call work included, ISO 8601 with milliseconds. */
  readonly conversationEnd: string;
  /** The record that it was held against; of several corrections that with the newest one counts. */
  readonly comparedWith: {
    /** Its life. */
    readonly life: string;
    /** Its revision. */
    readonly revision: number;
  };
  /** What both know, under the names that a record has for it; absent is what the analytics do not say. */
  readonly analytics: {
    /** conversationStart. */
    readonly startedAt?: string;
    /** The end of the last segment that is no after-call work. */
    readonly endedAt?: string;
    /** Medium of the customer's sessions, where all have one. */
    readonly mediaType?: string;
    /** originatingDirection. */
    readonly direction?: string;
    /** userId of its participants. */
    readonly agentIds?: readonly string[];
    /** queueId of its segments. */
    readonly queueIds?: readonly string[];
    /** wrapUpCode of its segments. */
    readonly wrapUpCodes?: readonly string[];
    /** Sums over all sessions. */
    readonly metrics: {
      /** tTalk, in milliseconds. */
      readonly talkMs?: number;
      /** tHeld, in milliseconds. */
      readonly holdMs?: number;
      /** tAlert, in milliseconds. */
      readonly alertMs?: number;
      /** tAcd, in milliseconds. */
      readonly queueWaitMs?: number;
      /** tAcw, in milliseconds. */
      readonly afterCallWorkMs?: number;
      /** Transfers by agents. */
      readonly transfersByKind?: {
        /** nBlindTransferred. */
        readonly blind: number;
        /** nConsultTransferred. */
        readonly consult: number;
      };
    };
  };
}
