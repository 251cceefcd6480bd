import type { DriftWatch } from '../core/drift';
import type { HandoffPolicy } from '../core/handoff';
import type { SchemaRegistry } from '../core/schema-registry';
import type { WindowSettings } from '../core/window';
import type {
  Clock,
  ConversationDetails,
  ConversationExtra,
  DeadLetterQueue,
  Levers,
  Log,
  Metrics,
  NameBook,
  Random,
  RedriveLedger,
  RecordTopic,
  StateMachine,
  WindowTable,
} from '../ports';

/** What the six steps are given. */
export interface Outside {
  /** Name and version, for what it signs. */
  readonly program: string;
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Log;
  readonly metrics: Metrics;
  readonly registry: SchemaRegistry;
  readonly table: WindowTable;
  readonly deadLetters: DeadLetterQueue;
  /** Null where details are switched off: every record is handed off without them. */
  readonly details: ConversationDetails | null;
  /** What else is asked of Genesys for each handoff. */
  readonly extras: readonly ConversationExtra[];
  /** Null where ids are handed off without names. */
  readonly names: NameBook | null;
  readonly stateMachine: StateMachine;
  readonly topic: RecordTopic;
  readonly drift: DriftWatch;
  readonly levers: Levers;
  readonly redrives: RedriveLedger;
}

export interface PipelineSettings extends WindowSettings {
  readonly handoffPolicy: HandoffPolicy;
  /** Each ordered event is published, too, in the revision that first contains it. */
  readonly publishEvents: boolean;
  /** Prefixes of event sources that are taken; empty takes all. */
  readonly allowedSources: readonly string[];
  /** Names that the workflow chooses its steps by. */
  readonly enrichmentSteps: readonly string[];
  /** First wait for details that are not there yet; it doubles each time. */
  readonly notReadyGapMs: number;
  /** How often details that are not there yet are waited for, before the handoff goes out without them. */
  readonly notReadyMax: number;
}
