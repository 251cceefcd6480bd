import type { SchemaRegistry } from '../core/schema-registry';
import type { Clock, Log, Random, WindowTable } from '../ports';
import type {
  AuditTrail,
  ConversationEraser,
  Executions,
  FailureNotes,
  Heartbeats,
  LetterDestination,
  LetterQueue,
  LeverBoard,
  ParkedWindows,
  RedriveJobs,
  StoredEvents,
  WindowScan,
} from '../ports-on-call';
import type { ConversationReader } from '../ports-conversation';
import type { StoppedPlace } from '../core/on-call/stopped';

/** A place that was not looked at, and what it would take. */
export interface NotLookedAt {
  readonly place: StoppedPlace;
  readonly why: string;
}

/** What the work of the engineer on call is given. */
export interface OnCallOutside {
  /** Name and version, for what it signs. */
  readonly program: string;
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Log;
  readonly registry: SchemaRegistry;
  readonly table: WindowTable;
  readonly letterQueues: readonly LetterQueue[];
  /** Where letters of this queue go back to; null where nobody knows. */
  readonly destinationOf: (queue: LetterQueue) => LetterDestination | null;
  /** Into this queue itself: for what was taken out of it. */
  readonly backInto: (queue: LetterQueue) => LetterDestination;
  /** Null where it was not said which. */
  readonly executions: Executions | null;
  readonly windows: ParkedWindows;
  readonly conversations: ConversationReader;
  readonly notes: FailureNotes;
  readonly storedEvents: StoredEvents;
  /** The workers' ALLOWED_SOURCES, where the environment says it; null where it does not. */
  readonly allowedSources: readonly string[] | null;
  readonly jobs: RedriveJobs;
  readonly audit: AuditTrail;
  readonly levers: LeverBoard;
  readonly fleet: Heartbeats;
  readonly scan: WindowScan;
  readonly eraser: ConversationEraser;
  readonly notLookedAt: readonly NotLookedAt[];
  /** ARN of the caller; where AWS does not say, the name of the user of this machine. */
  readonly who: () => Promise<string>;
  readonly retentionMs: number;
}
