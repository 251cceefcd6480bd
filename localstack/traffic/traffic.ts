import type { Canary } from './canary';

/*
 * What generated traffic is: messages to deliver, and what must be true once they have been. The two are made from one script
 * of what people did, never from each other.
 */

/** 1: first. 2: after every window of wave 1 has closed. 3: after those of wave 2. */
export type Wave = 1 | 2 | 3;

export type RejectionReason =
  'not-json' | 'not-object' | 'too-deep' | 'too-large' | 'unknown-envelope' | 'unknown-type' | 'invalid' | 'foreign-source';

/** `late` and `reopening` bring something new after the first revision; `duplicate` and `republished` never do. */
export type MessageKind = 'good' | 'duplicate' | 'republished' | 'late' | 'reopening' | 'bad';

export interface PlannedMessage {
  readonly wave: Wave;
  readonly body: string;
  readonly kind: MessageKind;
  readonly conversationId: string | null;
  /** Names of the facts it carries; a fact is one distinct micro-event. A bad message may carry good ones. */
  readonly facts: readonly string[];
  /** Set aside with this reason, byte for byte. */
  readonly rejects?: { readonly reason: RejectionReason };
  /** Published as it came, under the name of this subject; it is in no record. */
  readonly passes?: { readonly subject: string };
  /** In a record of its conversation as it came, or published so, or both; it leads to no revision. */
  readonly attaches?: { readonly subject: string };
}

export interface ExpectedLifecycleEntry {
  readonly sequence: number;
  readonly timestamp: string;
  readonly action: string;
}

export interface ExpectedState {
  readonly state: string;
  readonly from: string;
  readonly to: string | null;
}

export interface ExpectedSession {
  readonly family: 'customer' | 'flow' | 'acd' | 'user' | 'voicemail';
  readonly sessionId: string;
  readonly startedAt: string | null;
  readonly endedAt: string | null;
}

export type TransferCounts = Readonly<
  Record<'blind' | 'consult' | 'conference' | 'forward' | 'noAnswer' | 'notAvailable' | 'doNotDisturb' | 'other', number>
>;

export interface ExpectedMetrics {
  readonly talkMs: number | null;
  readonly holdMs: number | null;
  readonly alertMs: number | null;
  /** Left out where the script gives no answer. */
  readonly queueWaitMs?: number | null;
  readonly afterCallWorkMs: number | null;
  readonly handleMs: number | null;
  readonly transfers: number;
  readonly transfersByKind?: TransferCounts;
  readonly abandoned: boolean | null;
}

/** The record after the last wave. Fields left out are not compared: the design leaves them open for that format. */
export interface Expected {
  readonly conversationId: string;
  readonly orgId: string | null;
  readonly status: 'partial' | 'final';
  readonly missing?: readonly string[];
  readonly mediaType: string | null;
  readonly direction: string | null;
  readonly startedAt?: string | null;
  readonly endedAt: string | null;
  readonly durationMs: number | null;
  readonly finalStatus: string | null;
  readonly eventCount: number;
  readonly lifecycle: readonly ExpectedLifecycleEntry[];
  /** Exact where every change is an event; the real feed tells most of them only afterwards. */
  readonly states?: readonly ExpectedState[];
  /** The distinct states that were reached, sorted. */
  readonly statesReached: readonly string[];
  readonly participantIds: readonly string[];
  /** Sessions of the families that start and end, sorted by family and id. */
  readonly sessions: readonly ExpectedSession[];
  readonly queueIds: readonly string[];
  readonly skillIds: readonly string[];
  readonly agentIds: readonly string[];
  readonly wrapUpCodes: readonly string[];
  readonly flowIds: readonly string[];
  readonly campaignId: string | null;
  readonly attributes: Readonly<Record<string, string>>;
  readonly externalContactIds: readonly string[];
  readonly caller: string | null;
  readonly callee: string | null;
  readonly metrics: ExpectedMetrics;
}

/** What each revision must say, in order: one for each wave that brings something new. */
export interface ExpectedRevision {
  readonly wave: Wave;
  readonly status: 'partial' | 'final';
  readonly missing?: readonly string[];
  readonly eventCount: number;
}

export interface Truth {
  readonly conversationId: string;
  /** Which story it tells: `transferred call`, … */
  readonly story: string;
  readonly expected: Expected;
  readonly revisions: readonly ExpectedRevision[];
  /** Something came after the first revision because people went on. */
  readonly reopened: boolean;
  /** Something came after the first revision although it had happened before. */
  readonly late: boolean;
}

export interface Traffic {
  readonly messages: readonly PlannedMessage[];
  readonly truths: readonly Truth[];
  readonly canaries: readonly Canary[];
  /** A secret for the demo's own OAuth client, itself a canary. */
  readonly clientSecret: string;
}
