import type { JsonObject } from './json';

/** `early`: before the window closed, on request. `on_time`: its first close. `late`: after events that came later. */
export type Pane = 'early' | 'on_time' | 'late';
export type RecordStatus = 'partial' | 'final';

/** What looked wrong while folding, without stopping it. */
export interface Anomaly {
  readonly kind:
    | 'illegal-transition'
    | 'sequence-gap'
    | 'sequence-repeat'
    | 'conflict'
    | 'impossible-duration'
    | 'impossible-time'
    | 'unreadable-event';
  /** What was expected and what came; names events by type and time. */
  readonly detail: string;
}

export type ConversationState = 'ringing' | 'connected' | 'onhold' | 'transfer' | 'disconnected';

export interface StateSpan {
  readonly state: ConversationState;
  /** ISO 8601, ms. */
  readonly from: string | null;
  /** Null while it lasts. */
  readonly to: string | null;
}

export interface LifecycleEntry {
  /** The detail's own `sequence` for a detail envelope; for the other formats the position from 1. */
  readonly sequence: number;
  readonly timestamp: string | null;
  readonly action: string;
}

export type TransferKind =
  'blind' | 'consult' | 'conference' | 'forward' | 'noAnswer' | 'notAvailable' | 'doNotDisturb' | 'other';

/** Whole milliseconds, after Genesys's own analytics. Null is "unknown", never 0; counts are 0, never null. */
export interface ConversationMetrics {
  readonly talkMs: number | null;
  readonly holdMs: number | null;
  readonly alertMs: number | null;
  readonly queueWaitMs: number | null;
  readonly afterCallWorkMs: number | null;
  readonly handleMs: number | null;
  readonly transfers: number;
  readonly transfersByKind: Readonly<Record<TransferKind, number>>;
  /** Null where the format cannot tell. */
  readonly abandoned: boolean | null;
}

export type SessionFamily = 'customer' | 'flow' | 'acd' | 'user' | 'voicemail' | 'outbound' | 'other';

/** One (topic family, sessionId). Enums in lower case; `raw` keeps them, and addresses, as sent. */
export interface SessionSummary {
  readonly family: SessionFamily;
  readonly sessionId: string;
  readonly participantId: string | null;
  readonly mediaType: string | null;
  readonly direction: string | null;
  readonly startedAt: string | null;
  readonly endedAt: string | null;
  readonly disconnectType: string | null;
  readonly userId: string | null;
  readonly queueId: string | null;
  readonly flowId: string | null;
  readonly raw: JsonObject;
}

export interface ParticipantSummary {
  readonly participantId: string;
  /** Families of its sessions, sorted: a participant may be customer and flow at once. */
  readonly purposes: readonly string[];
  readonly userId: string | null;
  readonly sessionIds: readonly string[];
  readonly externalContactIds: readonly string[];
}

/** Which schemas and mappers made a record: subject → versions seen, mapper → its version. Sorted. */
export interface Provenance {
  readonly subjects: Readonly<Record<string, readonly number[]>>;
  readonly mappers: Readonly<Record<string, number>>;
}

/** Where the events differ from Genesys's analytics; the field itself then says what the analytics say. */
export interface Correction {
  /** With a dot where it lies within another: `endedAt`, `metrics.talkMs`. */
  readonly field: string;
  readonly record: string | number | readonly string[] | null;
  readonly analytics: string | number | readonly string[];
}

/** What the events say: the record less everything that depends on when and how often its window closed. */
export interface RecordContent {
  readonly conversationId: string;
  readonly orgId: string | null;
  readonly status: RecordStatus;
  /** `customer-end`, `session-end:<id>`, `start`, `acw`, `expired-history`; sorted. */
  readonly missing: readonly string[];
  readonly anomalies: readonly Anomaly[];
  readonly producedBy: Provenance;
  readonly mediaType: string | null;
  readonly direction: string | null;
  readonly startedAt: string | null;
  readonly endedAt: string | null;
  readonly durationMs: number | null;
  readonly finalStatus: string | null;
  readonly eventCount: number;
  readonly lifecycle: readonly LifecycleEntry[];
  readonly states: readonly StateSpan[];
  readonly participants: readonly ParticipantSummary[];
  readonly sessions: readonly SessionSummary[];
  readonly queueIds: readonly string[];
  readonly skillIds: readonly string[];
  readonly agentIds: readonly string[];
  readonly wrapUpCodes: readonly string[];
  readonly flowIds: readonly string[];
  readonly campaignId: string | null;
  readonly attributes: JsonObject;
  readonly externalContactIds: readonly string[];
  /** Without `tel:` and `sip:`; as sent in `sessions[].raw`. */
  readonly caller: string | null;
  readonly callee: string | null;
  readonly metrics: ConversationMetrics;
  /** Left out where there are none. */
  readonly corrections?: readonly Correction[];
}

/** An event that a record carries and was not made of. */
export interface AttachedEvent {
  readonly type: string;
  readonly subject: string;
  readonly schemaVersion: number;
  /** ISO 8601, ms. */
  readonly eventTime: string | null;
  readonly fingerprint: string;
  /** The event as it came, less its carrier. */
  readonly body: JsonObject;
}

/** One revision of one conversation: `schemas/tidemark.record`. (conversation, life, revision) is its key for ever. */
export interface ConversationRecord extends RecordContent {
  readonly layout: 1;
  readonly life: string;
  readonly revision: number;
  readonly pane: Pane;
  /** The revision that this one replaces. */
  readonly supersedes: number | null;
  /** Names of the fields that differ from the revision it replaces, sorted; empty for the first. */
  readonly changed: readonly string[];
  /** Over the content alone: the same events give the same hash, whatever their order, however often they came. */
  readonly contentHash: string;
  /** Events that were there when its window closed, and that it was not made of, in order. Left out where there are none. */
  readonly attached?: readonly AttachedEvent[];
  /** How many lifecycle entries were left out to fit a limit; only in copies that travel. */
  readonly lifecycleOmitted?: number;
  /** Further fields that were emptied because it was too large even without its lifecycle; sorted. Only in copies that travel. */
  readonly omitted?: readonly string[];
}
