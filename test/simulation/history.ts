import type { Delay } from './delay';
import type { Weather } from './weather';

/*
 * What the simulation's parts say to one another. Types only, and of nothing in src: the plan is drawn, and the history judged,
 * by code that knows the promises and not the program. All times are ms from the beginning of the history (`atMs`) or ISO 8601.
 *
 *   seed ──► plan ──► play (world, workers) ──► history ──► oracle ──► breaches
 */

/** What a script says happened, once, however often and in whatever wrapping it is sent. */
export interface Fact {
  /** Unique in the plan. */
  readonly id: string;
  readonly conversationId: string;
  /** As the record's lifecycle names it. */
  readonly action: string;
  /** As the record's lifecycle dates it. */
  readonly timestamp: string;
  /** The event as sent, less its carrier: by its content the oracle finds it again in the table. */
  readonly raw: Readonly<Record<string, unknown>>;
  /** What it does to a session; `interacted` of an end owes after-call work. */
  readonly session: {
    readonly id: string;
    readonly family: string;
    readonly moment: 'start' | 'end';
    readonly interacted: boolean;
  } | null;
  /** It says by itself that the conversation is over: an end mark, a disconnected state. */
  readonly endsAll: boolean;
  /** It is the after-call work of this session. */
  readonly afterCallWorkOf: string | null;
  /** What it adds to the sums of the record, ms. */
  readonly amounts: Partial<Record<'talkMs' | 'holdMs' | 'alertMs' | 'afterCallWorkMs' | 'queueWaitMs', number>>;
  /** Its mapper throws: only its lifecycle entry and an anomaly may come of it. */
  readonly isUnreadable: boolean;
}

/** One conversation as it really was, facts in their order. */
export interface Script {
  readonly conversationId: string;
  readonly kind: string;
  readonly facts: readonly Fact[];
  /** `parked`: a close of it fails for ever, by no fault of the world. */
  readonly endsAs: 'closed' | 'parked';
}

export type Extra = 'participantAttributes' | 'transcript' | 'sentiment';

/** What takes no part in a reconstruction: a record of its conversation carries it as it came, or it is published by itself. */
export interface SideEvent {
  /** Unique in the plan. */
  readonly id: string;
  readonly does: 'attach' | 'pass';
  /** Null where it is about none. */
  readonly conversationId: string | null;
  /** As of a fact: no two have the same. */
  readonly raw: Fact['raw'];
}

/** One message as its sender hands it to the queue. */
export interface Sent {
  readonly atMs: number;
  readonly body: string;
  /** Ids of the facts that it carries; none if nothing in it can be read. */
  readonly facts: readonly string[];
  /** The event beside the facts that it carries instead of them. */
  readonly side?: string;
  /** Why it, or a part of it, is to be set aside; null if all is well. After `knownFromMs` it is well, too. */
  readonly rejection: { readonly reason: string; readonly knownFromMs: number | null } | null;
}

/** Sent a moment after something happened to its conversation's window: there an event is lost most easily. */
export interface Ambush extends Omit<Sent, 'atMs'> {
  readonly conversationId: string;
  readonly moment: 'claim' | 'read' | 'put' | 'start' | 'finish';
  /** How often the moment passes before: the first looks at a window mostly leave it. */
  readonly passes: number;
  readonly afterMs: number;
}

/** A blow with a moment strikes when the worker next gets so far after `atMs`: before it hears that it took effect. */
export type Moment = Ambush['moment'] | 'receive' | 'write' | 'head';

export type Service = 'table' | 'queue' | 'genesys' | 'stateMachine' | 'topic' | 'deadLetters';

/** The answer to a receive that brings something; a write of events. */
export type SnagCall = 'receive' | 'write';

/** What befalls workers and services from outside. */
export type Blow =
  | { readonly kind: 'kill'; readonly atMs: number; readonly worker: number; readonly moment: Moment | null }
  /** An orderly stop, and another in its place. */
  | { readonly kind: 'deploy'; readonly atMs: number; readonly worker: number }
  /** The whole process stands still, as in a long garbage collection; its clocks go on. */
  | {
      readonly kind: 'pause';
      readonly atMs: number;
      readonly worker: number;
      readonly moment: Moment | null;
      readonly forMs: number;
    }
  /** With a moment: whichever worker gets there first. */
  | { readonly kind: 'outage'; readonly atMs: number; readonly of: Service; readonly forMs: number; readonly moment?: Moment }
  /** The next such call is so long under way, while all around it goes well. */
  | { readonly kind: 'slow'; readonly atMs: number; readonly call: SnagCall; readonly forMs: number }
  /** What is written next of one conversation the table does not take for so long, though it does all else. */
  | { readonly kind: 'throttle'; readonly atMs: number; readonly conversationId: string; readonly forMs: number }
  /** TTL deletes some of what has expired by then. */
  | { readonly kind: 'expire'; readonly atMs: number }
  /** Every dead letter goes back to the queue, byte for byte, after a deploy that knows more types. */
  | { readonly kind: 'redrive'; readonly atMs: number };

export type BlowOf<K extends Blow['kind']> = Extract<Blow, { readonly kind: K }>;

/** Everything that is decided before a history begins. Plain data: it can be printed, thinned out, and played again. */
export interface Plan {
  readonly seed: number;
  readonly profile: string;
  readonly workers: number;
  /** When the first workers start: what was sent by then is a backlog. */
  readonly startsAtMs: number;
  readonly settings: {
    readonly handoffPolicy: 'final' | 'every' | 'first';
    readonly emitPartialEveryMs: number;
    readonly publishEvents: boolean;
    readonly holdMs: number;
    readonly acwHoldMs: number;
    readonly idleMs: number;
    readonly holdCapMs: number;
    readonly leaseMs: number;
    readonly tickMs: number;
    readonly visibilityMs: number;
    readonly maxReceives: number;
    readonly retentionMs: number;
    readonly eventRetentionMs: number;
    readonly heartbeatMs: number;
    readonly longPollMs: number;
    readonly outOfOrdernessMs: number;
    readonly shards: number;
    readonly maxAttempts: number;
    readonly notReadyGapMs: number;
    readonly notReadyMax: number;
  };
  readonly weather: Weather;
  readonly scripts: readonly Script[];
  readonly sideEvents: readonly SideEvent[];
  /** What is asked of Genesys beside the details; left out where nothing is. */
  readonly extras?: readonly Extra[];
  readonly messages: readonly Sent[];
  readonly ambushes: readonly Ambush[];
  readonly delays: readonly Delay[];
  readonly blows: readonly Blow[];
  /** Workers that start before know nothing of this type. */
  readonly learns: { readonly action: string; readonly atMs: number } | null;
  /** Texts that stand for customer data and secrets; none may reach a log line. */
  readonly canaries: readonly string[];
}

/** Something that took effect outside a worker, whether or not its answer arrived. In the order in which it happened. */
export type Effect =
  | { readonly kind: 'sent'; readonly messageId: string; readonly body: string; readonly isRedrive: boolean }
  | { readonly kind: 'received'; readonly worker: number; readonly messageId: string; readonly receiveCount: number }
  | { readonly kind: 'deleted'; readonly worker: number; readonly messageId: string }
  /** The redrive policy of the queue took it: past its last receive. */
  | { readonly kind: 'overflowed'; readonly messageId: string; readonly body: string }
  | {
      readonly kind: 'setAside';
      readonly worker: number;
      readonly messageId: string;
      readonly body: string;
      readonly reason: string;
      readonly receiveCount: number;
    }
  /** An event is in the table; `raw` as its fact has it. */
  | {
      readonly kind: 'stored';
      readonly worker: number;
      readonly conversationId: string;
      readonly raw: Readonly<Record<string, unknown>>;
    }
  /** TTL took an event; a head or record likewise. */
  | {
      readonly kind: 'expired';
      readonly conversationId: string;
      readonly what: 'event' | 'head' | 'record';
      readonly raw: Readonly<Record<string, unknown>> | null;
    }
  | {
      readonly kind: 'head';
      readonly worker: number;
      readonly conversationId: string;
      readonly from: string;
      readonly to: string;
      readonly finished: number;
      /** The branch of the protocol. */
      readonly how?: string;
    }
  /** The conditional put was accepted. `record` as it is stored, `execution` as it will be sent, null if the policy does not. */
  | {
      readonly kind: 'put';
      readonly worker: number;
      readonly record: Readonly<Record<string, unknown>>;
      readonly execution: { readonly name: string; readonly input: string } | null;
      readonly notification: string;
    }
  | {
      readonly kind: 'started';
      readonly worker: number;
      readonly name: string;
      readonly input: string;
      readonly answer: 'started' | 'already';
    }
  | {
      readonly kind: 'published';
      readonly worker: number;
      readonly message: string;
      readonly attributes: Readonly<Record<string, string>>;
    }
  | { readonly kind: 'fault'; readonly worker: number; readonly call: string; readonly what: string }
  | {
      readonly kind: 'worker';
      readonly worker: number;
      readonly what: 'starts' | 'killed' | 'stopping' | 'gone' | 'paused' | 'resumed' | 'receiving paused';
    }
  | { readonly kind: 'outage'; readonly of: string; readonly what: 'begins' | 'ends' };

export type TracedEffect = Effect & { readonly atMs: number };

export interface History {
  readonly effects: readonly TracedEffect[];
  /** At the end of all patience. */
  readonly heads: readonly { readonly conversationId: string; readonly state: string; readonly finished: number }[];
  readonly left: { readonly visible: number; readonly inFlight: number };
  readonly logLines: readonly string[];
  /** When all was quiet: queue empty, windows closed or parked. Null when patience ended first. */
  readonly quietAtMs: number | null;
  /** Workers asked to stop that had not ended when patience did. */
  readonly stuckWorkers: number;
  /** How often each branch of the protocol was taken. */
  readonly branches: Readonly<Record<string, number>>;
}

export type PromiseNumber = 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8 | 9;

/** A promise that a history broke, and how; names conversations, revisions and times. */
export interface Breach {
  readonly promise: PromiseNumber;
  readonly text: string;
}
