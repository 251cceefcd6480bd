import type { CanonicalEvent } from './core/event';
import type { FailureNote, FleetMember, Head } from './core/items';
import type { AuditEntry } from './core/on-call/audit';
import type { Lever, Pause } from './core/on-call/levers';
import type { Move, RedriveJob, RedriveOutcome } from './core/on-call/redrive-job';
import type { StoppedPlace } from './core/on-call/stopped';

/*
 * What the commands of the engineer on call need from outside, beside ports.ts. The same house rules: a method that rejects has had
 * no effect or an unknown one; every write may happen twice.
 */

/** One receipt of a dead letter: hidden from all others until shown again, removed, or its time is over. */
export interface HeldLetter {
  /** The queue's own id of it: the same at each receipt, another after each move. */
  readonly id: string;
  readonly body: string;
  /** Every message attribute of type String, as it lies there. */
  readonly attributes: Readonly<Record<string, string>>;
  /** It has attributes of other types, or more than can be sent again: moving it would lose them. */
  readonly attributesLost?: true;
  readonly sentAtMs: number;
  /** Receipts of this queue, looks included. */
  readonly receiveCount: number;
  /** Set by SQS on what it moved itself: the queue whose receives were used up. */
  readonly movedFromArn: string | null;
  readonly handle: string;
}

/** A queue where letters lie. */
export interface LetterQueue {
  readonly place: StoppedPlace;
  readonly url: string;
  /** At most ten, hidden for so many seconds. Empty after a short wait: there may be none to be had now, or none at all. */
  readonly receive: (hideSeconds: number) => Promise<readonly HeldLetter[]>;
  /** Others can see them again at once. One that is missed shows itself when its time is over. */
  readonly showAgain: (letters: readonly HeldLetter[]) => Promise<void>;
  /** Answers those that are gone for certain. */
  readonly remove: (letters: readonly HeldLetter[]) => Promise<readonly HeldLetter[]>;
  /** Roughly, and a minute old at times. */
  readonly count: () => Promise<{ readonly visible: number; readonly hidden: number }>;
}

/** A message on its way back. */
export interface OutgoingLetter {
  readonly body: string;
  readonly attributes: Readonly<Record<string, string>>;
}

export interface LetterDestination {
  /** What a person calls it: a queue's name, a topic's. */
  readonly name: string;
  /** For each its new message id, or null where the queue did not take it. Never more than it takes in one call: see the adapter. */
  readonly send: (letters: readonly OutgoingLetter[]) => Promise<readonly (string | null)[]>;
}

/** Windows that wait for a person. */
export interface ParkedWindows {
  /** Parked longest first; eventually consistent. */
  readonly list: () => AsyncIterable<Head>;
  readonly read: (conversationId: string) => Promise<Head | null>;
  /** Open again and due at once, its attempts forgotten. `not-parked`: somebody was there before. */
  readonly reopen: (conversationId: string) => Promise<'reopened' | 'not-parked'>;
}

export interface ExecutionSummary {
  readonly name: string;
  readonly arn: string;
  /** As Step Functions says it. */
  readonly status: string;
  readonly startedAtMs: number;
  readonly stoppedAtMs: number | null;
}

export interface ExecutionDetail extends ExecutionSummary {
  readonly input: string;
  readonly error: string | null;
  /** Holds customer data: what each step was told. */
  readonly cause: string | null;
}

/** Executions of the workflow, as long as Step Functions remembers them: 90 days. */
export interface Executions {
  /** FAILED, TIMED_OUT and ABORTED, newest first. */
  readonly listFailed: () => AsyncIterable<ExecutionSummary>;
  readonly describe: (name: string) => Promise<ExecutionDetail | null>;
  readonly start: (execution: { readonly name: string; readonly input: string }) => Promise<'started' | 'already'>;
}

/** Why a message was set aside or given up, where its attributes do not say. */
export interface FailureNotes {
  /** Newest first. */
  readonly of: (bodySha256: string) => Promise<readonly FailureNote[]>;
}

/** What the table has of events that come again. */
export interface StoredEvents {
  /** Those of them that are there, by the same fingerprint in the same place of the order. Consistent; any number. */
  readonly thoseThere: (events: readonly CanonicalEvent[]) => Promise<ReadonlySet<CanonicalEvent>>;
}

/** Redrives, kept so that one that was interrupted can be resumed from anywhere. */
export interface RedriveJobs {
  /** Writes the selection, then the job: a job that can be read is whole. */
  readonly create: (job: RedriveJob, selection: readonly string[], expiresAtMs: number) => Promise<void>;
  readonly read: (job: string) => Promise<RedriveJob | null>;
  readonly selectionOf: (job: string) => Promise<readonly string[]>;
  /** Newest first, of the last days. */
  readonly list: () => Promise<readonly RedriveJob[]>;
  /** One at a time: takes or renews the lease under this token; false while another holds it. */
  readonly take: (job: string, token: string, nowMs: number, untilMs: number) => Promise<boolean>;
  readonly release: (job: string, token: string) => Promise<void>;
  /** `running`: whoever asked it to end before that is not heard any more. */
  readonly setState: (job: string, state: RedriveJob['state'], because: string | null) => Promise<void>;
  /** False where there is no such job. */
  readonly askToCancel: (job: string) => Promise<boolean>;
  readonly noteMoves: (job: string, moves: readonly Move[], expiresAtMs: number) => Promise<void>;
  readonly movesOf: (job: string) => Promise<readonly Move[]>;
  /** All, or those of these letters. */
  readonly outcomesOf: (job: string, letters?: readonly string[]) => Promise<readonly RedriveOutcome[]>;
}

/** Append only: an entry is never changed, and none is overwritten. */
export interface AuditTrail {
  readonly append: (entry: AuditEntry, expiresAtMs: number) => Promise<void>;
  /** Of the day that `atMs` lies in (UTC), in order. */
  readonly read: (atMs: number) => Promise<readonly AuditEntry[]>;
}

/** The levers, as a person sets them; the workers read them through `Levers` of ports.ts. */
export interface LeverBoard {
  readonly read: () => Promise<readonly Pause[]>;
  readonly pause: (pause: Pause) => Promise<void>;
  readonly resume: (lever: Lever) => Promise<void>;
}

export interface HeadPage {
  /** Of windows with a finished record, in no order. */
  readonly heads: readonly Head[];
  /** Where the next page begins, as a text that can be printed; null after the last. */
  readonly next: string | null;
  /** Items that were looked at, and what DynamoDB counts for that. */
  readonly items: number;
  readonly readUnits: number;
}

/** Windows, wherever they are. A scan: it costs what the whole table weighs. */
export interface WindowScan {
  /** Those whose head was last written since then; eventually consistent. */
  readonly page: (writtenSinceMs: number, from: string | null) => Promise<HeadPage>;
}

/** What a conversation has in the table beside its head. */
export interface StoredCounts {
  readonly events: number;
  readonly attached: number;
  readonly records: number;
}

/** Takes a conversation out of the table. A second time each is nothing. */
export interface ConversationEraser {
  readonly count: (conversationId: string) => Promise<StoredCounts & { readonly guard: boolean }>;
  /**
   * What one consistent look finds, events before records: whoever closes the window halfway finds nothing new in it. The head stays.
   * Answers what there was.
   */
  readonly eraseContents: (conversationId: string) => Promise<StoredCounts>;
  /** Only while it is parked and of this life; false where it is not. */
  readonly eraseHead: (conversationId: string, life: string) => Promise<boolean>;
  /** False where there was none. */
  readonly eraseGuard: (conversationId: string) => Promise<boolean>;
  /** Failure notes of a body; answers how many there were. */
  readonly eraseNotes: (bodySha256: string) => Promise<number>;
}

export interface Heartbeat {
  readonly member: FleetMember;
  /** When it was published, to the second. */
  readonly atMs: number;
}

/** The workers, as they were last heard of. */
export interface Heartbeats {
  readonly list: () => Promise<readonly Heartbeat[]>;
}
