import type { FailureNote, FleetMember, Head, HeadUpdate, Notification, StoredEvent, StoredRecord } from './core/items';
import type { DriftSighting } from './core/drift';
import type {
  BudgetAsk,
  BudgetNews,
  Credentials,
  DetailsAnswer,
  ExtraAnswer,
  ExtraName,
  NameKind,
  Purpose,
  Refused,
  Unavailable,
} from './core/genesys-answers';
import type { LatenessSum } from './core/lateness';
import type { MetricDimensions, MetricName } from './core/metric-names';
import type { Lever } from './core/on-call/levers';
import type { RedriveHistory } from './core/on-call/redrive-history';
import type { RedriveOutcome } from './core/on-call/redrive-job';
import type { Rejection } from './core/rejection';

/*
 * Everything the six steps need from outside, on one page. Types only. Each promise below is kept by every version of a port
 * (AWS, memory) and held by its contract suite in test/contract. A method that rejects has either had no effect or an
 * unknown one: whoever calls it may call it again, and every write here may happen twice.
 */

/** Time. The only source of "now" in the program. */
export interface Clock {
  /** AWS's wall time, epoch ms: the host's, corrected by the `Date` headers of AWS's answers. */
  readonly nowMs: () => number;
  /** Never goes back, knows nothing of dates. For "how long since". */
  readonly monotonicMs: () => number;
  /** Resolves after `ms`, or at once when the signal aborts; never rejects. */
  readonly sleep: (ms: number, signal?: AbortSignal) => Promise<void>;
}

/** Chance. Seeded in tests. */
export interface Random {
  /** From 0 up to 1. */
  readonly fraction: () => number;
  /** 128 bits, in hex. A token or a worker's id. */
  readonly id: () => string;
  /** A window's life: 16 characters of [0-9a-z] that sort by `nowMs` and are unique. Replay derives it from the conversation. */
  readonly life: (nowMs: number, conversationId: string) => string;
}

/** One delivery of one message. The same message may be delivered again, even within one batch. */
export interface Message {
  readonly id: string;
  readonly body: string;
  /** Queue time: when SQS accepted it, epoch ms. */
  readonly sentAtMs: number;
  readonly receiveCount: number;
  /** Names this delivery for deleting and handing back. */
  readonly handle: string;
  readonly traceHeader?: string;
  /** It carries the story of a dead letter: somebody moved it back. */
  readonly redriven?: true;
  /** What `redrive` wrote on it. */
  readonly history?: RedriveHistory;
}

/** Soft: finish what is in hand. Hard: hand back and leave. */
export interface StopSignals {
  readonly soft: AbortSignal;
  readonly hard: AbortSignal;
}

/**
 * What the queue asks and reports, in this order for each poll: ready, then started, then returned or failed, then admit, then
 * deleted or kept.
 */
export interface IntakeHandler {
  /** Resolves when a poll may begin, or at the signal; never rejects. Meanwhile nothing is received. */
  readonly ready: (signal: AbortSignal) => Promise<void>;
  readonly pollStarted: (poll: number) => void;
  /** `messages` may be empty: then the whole long poll found nothing. */
  readonly pollReturned: (poll: number, messages: readonly Message[]) => void;
  /** The answer is unknown: messages may have left the queue without reaching us. */
  readonly pollFailed: (poll: number) => void;
  /** Answers the deliveries that may be deleted. Never rejects. */
  readonly admit: (batch: readonly Message[]) => Promise<readonly Message[]>;
  /** The queue confirmed that these are gone. */
  readonly deleted: (messages: readonly Message[]) => void;
  /** These will come again: not admitted, handed back, or their delete failed. */
  readonly kept: (messages: readonly Message[]) => void;
}

export interface IntakeQueue {
  /**
   * Polls, whenever the handler is ready, until the soft stop, then lets its polls run out; the hard stop aborts them. What the
   * handler does not answer with is handed back at once (visible again after a short delay). Resolves when nothing is in hand.
   * Failing polls back off.
   */
  readonly consume: (handler: IntakeHandler, stop: StopSignals) => Promise<void>;
}

export interface DeadLetter {
  readonly message: Message;
  readonly rejection: Rejection;
  readonly atMs: number;
}

export interface DeadLetterQueue {
  /** The message byte for byte, its story in attributes; without them where the body leaves them no room. */
  readonly setAside: (letter: DeadLetter) => Promise<'with-attributes' | 'without-attributes'>;
}

/** What became of messages that were moved back, for whoever moved them. */
export interface RedriveLedger {
  /** The same outcome of the same letter is one row. */
  readonly note: (outcome: RedriveOutcome, expiresAtMs: number) => Promise<void>;
}

/** What a person has paused for the whole fleet, as this worker last read it. */
export interface Levers {
  readonly isPaused: (lever: Lever) => boolean;
}

export interface DueWindow {
  readonly conversationId: string;
  readonly dueAt: number;
  readonly dueOn: string;
}

export interface WindowPage {
  readonly events: readonly StoredEvent[];
  readonly records: readonly StoredRecord[];
}

export interface HeadsAnswer {
  readonly heads: ReadonlyMap<string, Head | null>;
  readonly unprocessed: readonly string[];
}

export interface WindowTable {
  /**
   * Stores at most 25 events, unconditionally: writing one twice is the same item. Answers those that the table did not take;
   * send them again. Rejects with ItemRefusedError, having stored none, when one of them can never be stored.
   */
  readonly writeEvents: (batch: readonly StoredEvent[], expiresAtMs: number) => Promise<readonly StoredEvent[]>;
  /** Consistent, at most 100 ids. An id answered null has no head; one in `unprocessed` is unknown: ask again. */
  readonly readHeads: (conversationIds: readonly string[]) => Promise<HeadsAnswer>;
  /** The head after the update, or null when it was not as expected. */
  readonly updateHead: (update: HeadUpdate) => Promise<Head | null>;
  /** Eventually consistent: may miss a window or return one that has moved on. Earliest first within a page of `limit`. */
  readonly findDue: (dueOn: string, upToMs: number, limit: number) => Promise<readonly DueWindow[]>;
  /** Consistent, in pages of at most 1 MB, in key order: the events, then record `finished + 1` if there is one, then record `finished`. */
  readonly readWindow: (conversationId: string, life: string, finished: number) => AsyncIterable<WindowPage>;
  /** Puts a record that was not there, else answers the one that was. Rejects with ItemRefusedError if it is over 400 KB. */
  readonly putRecord: (record: StoredRecord, expiresAtMs: number) => Promise<'put' | StoredRecord>;
  /** Highest revision of the newest life, for those who look. */
  readonly latestRecord: (conversationId: string) => Promise<StoredRecord | null>;
  readonly putFailureNote: (note: FailureNote, expiresAtMs: number) => Promise<void>;
}

export interface Fleet {
  /** Publishes this worker's heartbeat, then reads everybody's, consistently. */
  readonly beat: (member: FleetMember, expiresAtMs: number) => Promise<readonly FleetMember[]>;
  /** Everybody's heartbeat, for a newcomer. */
  readonly members: () => Promise<readonly FleetMember[]>;
  /** Removes a worker's heartbeat; a second time is nothing. */
  readonly remove: (workerId: string) => Promise<void>;
}

/** Statistics: how late things came, one sum a day for the whole fleet. */
export interface LatenessStore {
  /** Adds to the sum of the day that `atMs` lies in (UTC). No promise of counting once: an add whose answer is lost may count twice. */
  readonly add: (sum: LatenessSum, atMs: number, expiresAtMs: number) => Promise<void>;
  /** The sums of the day that `atMs` lies in. */
  readonly read: (atMs: number) => Promise<readonly LatenessSum[]>;
}

/** Statistics: how what arrives departs from the registry, one row for each subject, path and kind. */
export interface DriftStore {
  /** Adds the count to the row's; the earliest first time stays, and of the sighting with the latest last time all else. May count twice. */
  readonly add: (sighting: DriftSighting, expiresAtMs: number) => Promise<void>;
  /** The rows of a subject, by path, then kind. */
  readonly list: (subject: string) => Promise<readonly DriftSighting[]>;
}

export interface ConversationDetails {
  /** Answers each id; never rejects for what Genesys says, only for a bug. Any number of ids. */
  readonly fetch: (conversationIds: readonly string[], purpose: Purpose) => Promise<ReadonlyMap<string, DetailsAnswer>>;
}

/** Something more that Genesys knows of one conversation: a request each, so only what is asked for. */
export interface ConversationExtra {
  readonly name: ExtraName;
  /** `details`: what Genesys's analytics have just answered of it. Never rejects for what Genesys says, only for a bug. */
  readonly fetch: (conversationId: string, purpose: Purpose, details: DetailsAnswer) => Promise<ExtraAnswer>;
}

/** Names of ids, as far as they are known by now: it waits for nothing, and learns what it did not know for the next time. */
export interface NameBook {
  readonly nameOf: (kind: NameKind, id: string) => string | null;
}

/** Where the OAuth client is known from. Read whenever a token is asked for, so that a rotated secret needs no restart. */
export interface CredentialSource {
  /** `known`: as they were a short while ago at the latest; `anew`: as they are now, after the login host turned those down. Never rejects. */
  readonly read: (how: 'known' | 'anew') => Promise<Credentials | Refused | Unavailable>;
}

/** One budget of requests to Genesys for the whole fleet: its quota counts by OAuth client, however many workers there are. */
export interface RequestBudget {
  /** Takes one request out, unless `waitMs` is over 0: then none was taken, and asking sooner is of no use. */
  readonly take: (ask: BudgetAsk) => Promise<{ readonly waitMs: number }>;
  /** Tells everybody what Genesys said of its limits. May be told twice. */
  readonly learn: (heard: BudgetNews) => Promise<void>;
}

export interface StateMachine {
  /**
   * `already`: an execution of that name exists, whatever its input; for us the same success. Rejects with CallRefusedError
   * when name (80 legal characters) or input (256 KiB) break a limit.
   */
  readonly start: (execution: { readonly name: string; readonly input: string }) => Promise<'started' | 'already'>;
}

export interface RecordTopic {
  /** At least once, in no order. Rejects with CallRefusedError over 256 KiB, attributes included, or over ten attributes. */
  readonly publish: (notification: Notification) => Promise<void>;
  /**
   * The same for any number of them, each within the limits of one, in as few calls as the service allows. Rejects when one of
   * them may not have been published: all may then be sent again. With CallRefusedError it has published none.
   */
  readonly publishAll: (notifications: readonly Notification[]) => Promise<void>;
}

/** Names, ids of machines, counts and codes only: never numbers of callers, names, attributes, transcripts, tokens. */
export type LogFields = Readonly<Record<string, string | number | boolean | null | undefined>>;

export interface Log {
  readonly debug: (message: string, fields?: LogFields) => void;
  readonly info: (message: string, fields?: LogFields) => void;
  /** `error`, here and below, is serialised by allow-list: its name, code, status, its message only where that quotes no value. */
  readonly warn: (message: string, fields?: LogFields, error?: unknown) => void;
  readonly error: (message: string, fields?: LogFields, error?: unknown) => void;
}

export interface Metrics {
  /** Unit and dimensions are those of the name: see core/metric-names. */
  readonly add: <N extends MetricName>(name: N, value: number, dimensions?: MetricDimensions<N>) => void;
}
