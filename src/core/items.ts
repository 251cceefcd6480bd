import { createHash } from 'node:crypto';
import type { CanonicalEvent } from './event';
import { placeOfFormat } from './order';
import type { ConversationRecord } from './record';

/*
 * The table on one page. One partition per conversation and one for the fleet; a TTL on every item that is not configuration.
 *
 *   family        pk                    sk                                holds
 *   event         C#<conversation>      E#<order key>#<fingerprint>       a canonical event and its queue time
 *   attached      C#<conversation>      EA#<order key>#<fingerprint>      an event that goes into the record and is not reconstructed
 *   head          C#<conversation>      W                                 the window: state, due time, life, last finished revision
 *   record        C#<conversation>      R#<life>#<revision, down>         a revision, what it was made of, the exact bytes to send
 *   failure note  N#<body hash>         <time>                            why a message was set aside where its attributes did not fit, or given up
 *   fleet         FLEET                 W#<worker>                        heartbeat: counter, watermark, time to live
 *   quota         QUOTA#<client>        B                                 what the whole fleet may still ask of Genesys
 *   audit         AUDIT#<day>           <time>#<id>                       who paused, redrove, rebuilt or forgot what
 *   drift         DRIFT#<subject>       <JSON path>#<kind>                first seen, last seen, count, the last example
 *   reconciling   RECONCILIATION        C                                 how far records have been compared with analytics, and who is at it
 *   switches      SWITCHES              <lever>                           what a person has paused
 *   redrive       REDRIVE#<job>         JOB, S#<n>, M#<id>, O#<id>        what was selected, moved, and what came of it: core/on-call/redrive-job
 *   redrives      REDRIVES              <time>#<job>                      which there are
 *   guard         X#<conversation>      ENRICHMENT                        the workflow's own: who writes to CRM and tickets, newest revision begun for each
 *   post          I#<digest>            M                                 which message an idempotency key and a body first became: core/ingest/post
 *   lateness      LATENESS#<day>        <kind>#<subject>                  how late things came: a counter per bucket, summed over the fleet
 *
 * Within a conversation E# < EA# < R# < W in byte order, and revisions count down, so one Query from E# to the last finished record
 * returns the events, a newer record if somebody put one, and that last one.
 */

export const tableLayout = 1;

export type WindowState = 'open' | 'closing' | 'closed' | 'parked';

/** A window's head item. Times are epoch ms: queue time while the window is open, AWS wall time while it is closing. */
export interface Head {
  readonly layout: 1;
  readonly conversationId: string;
  readonly state: WindowState;
  /** Time-ordered unique id, drawn when the head is created. */
  readonly life: string;
  /** Revision of the last finished record; 0 before the first. */
  readonly finished: number;
  /** Claims since the last finish, crashes included. */
  readonly attempts: number;
  /** How often this close has waited for Genesys. */
  readonly waits: number;
  /** Random fence of the close that holds the window. */
  readonly token?: string;
  readonly dueAt?: number;
  /**
   * Partition of the `due` index: `Q#<shard>` (queue time) or `W#<shard>` (wall time). A parked window is due to nobody; it stands
   * under `P`, its `dueAt` the wall time at which it was parked, so that a person finds it.
   */
  readonly dueOn?: string;
  /** Queue time at which an event that may end the conversation was admitted. */
  readonly ending?: number;
  /** Set by whoever admits while the window is closing: when it must be looked at again. */
  readonly rearmAt?: number;
  /** Every record of this life was an early one: none of its closes has yet come to its end. */
  readonly onlyEarly?: true;
  /** Somebody asks for its record to be made anew: core/rebuild. */
  readonly rebuild?: string;
  /** Names errors and places, never values. */
  readonly lastError?: string;
  /** The attempt that `lastError` speaks of; what was attempted since ended without a word. Left out where it counted for nothing. */
  readonly failedAttempt?: number;
}

export type HeadFields = Omit<Head, 'layout' | 'conversationId'>;

/** Compare-and-set on one head: every change of the protocol is one of these. */
export interface HeadUpdate {
  readonly conversationId: string;
  /** `missing`: there must be no head. Otherwise each field must have exactly this value; null means it must be absent. */
  readonly expect: 'missing' | { readonly [K in keyof HeadFields]?: NonNullable<HeadFields[K]> | null };
  readonly set: Partial<HeadFields>;
  readonly remove?: readonly (keyof HeadFields)[];
  /** Counts a claim without having read the count. */
  readonly addAttempt?: true;
  readonly expiresAtMs: number;
}

export interface StoredEvent {
  readonly event: CanonicalEvent;
  /** Queue time at which it counts as sent. Bookkeeping: in no record, in no digest; a duplicate overwrites it. */
  readonly sentAtMs: number;
  /** It came in a dead letter that was moved back. Bookkeeping, too: it only says who goes first where Genesys's quota is short. */
  readonly redriven?: true;
}

/** What a close sends, fixed before anything is sent. */
export interface Outbox {
  /** Null when the policy does not hand this revision off. */
  readonly execution: { readonly name: string; readonly input: string } | null;
  readonly notification: Notification;
}

export interface Notification {
  readonly message: string;
  /** For subscribers' filters; at most ten. */
  readonly attributes: Readonly<Record<string, string>>;
}

/** How it came to a record. Bookkeeping, for those who look: in no record, in no digest. */
export interface ClosedBy {
  /** When its bytes were made: AWS's wall time. */
  readonly atMs: number;
  /** The watermark that the close was made under: queue time. */
  readonly watermarkMs: number;
  /** How often the close had waited for Genesys, and which claim of the window it was. */
  readonly waits: number;
  readonly attempts: number;
}

export interface StoredRecord {
  readonly record: ConversationRecord;
  /** Digests of the fingerprints it was made of, sorted. */
  readonly madeOf: readonly string[];
  /** Of what records of this life were made that can no longer be found; left out while nothing is gone. */
  readonly gone?: readonly string[];
  /** Records of earlier versions do not say it. */
  readonly closed?: ClosedBy;
  /** It was made anew for its own sake: the policy would hand it off, and nobody asked for that. No later close owes it. */
  readonly recordsOnly?: true;
  readonly outbox: Outbox;
}

/** One worker's heartbeat. A member is alive while its counter keeps changing, judged on the reader's own monotonic clock. */
export interface FleetMember {
  readonly workerId: string;
  readonly counter: number;
  /** The worker's own watermark, epoch ms of queue time; 0 while it knows nothing yet, null while it has no say. */
  readonly watermarkMs: number | null;
  /** The fleet's watermark as this worker last saw it, 0 if it saw none: a newcomer starts from the highest. */
  readonly fleetWatermarkMs: number;
  /** It has completed a receive. Before that its watermark is the fleet's own, and nothing is in its hands. */
  readonly hasReceived: boolean;
  /** Set by an orderly stop: it owns nothing any more, its watermark is the floor of what it handed back. */
  readonly leaving: boolean;
}

/** A heartbeat's item outlives its worker long enough for every reader to have seen it stop. Its expiry tells when it was published. */
export const heartbeatKeptMs = 86_400_000;

/** Why a message was set aside, when it left no room for attributes; or what it failed with, as long as it comes again. */
export interface FailureNote {
  readonly bodySha256: string;
  readonly atMs: number;
  /** The attributes that the dead letter would have carried; one that only fails has no reason among them. */
  readonly attributes: Readonly<Record<string, string>>;
}

const digits = (value: number, width: number): string => String(value).padStart(width, '0');

/** Ids go into keys as they are while they are short and plain, else as a hash: a sort key holds 1,024 bytes. */
const keyPart = (id: string | null): string =>
  id === null || id === ''
    ? '-'
    : /^[\w.-]{1,64}$/.test(id)
      ? id
      : `h.${createHash('sha256').update(id).digest('hex').slice(0, 32)}`;

/**
 * The order key: (envelope time, sequence), ties broken by participant and session. An explicit end mark sorts after all else,
 * whatever its clock said, and an event of our own after that. Times are padded to the 16 digits of 2^53, so byte order is number order.
 */
export const orderKey = (event: CanonicalEvent): string =>
  [
    String(placeOfFormat[event.format]),
    digits(event.envelopeTimeMs, 16),
    digits(event.sequence, 16),
    keyPart(event.participantId),
    keyPart(event.sessionId),
  ].join('.');

const longestPathPart = 900;

/** A path as it is, unless it would leave the sort key too long: then its hash. */
const pathPart = (path: string): string =>
  Buffer.byteLength(path) <= longestPathPart ? path : `h.${createHash('sha256').update(path).digest('hex')}`;

const revisionLimit = 10_000_000;
const day = (ms: number): string => new Date(ms).toISOString().slice(0, 10);
const conversationPartition = (conversationId: string): string => `C#${conversationId}`;

/**
 * An event whose carrier does not name the organisation gets a key of its own: overwriting the same fact with less would make
 * the record depend on which of the two came last. The fold counts a fingerprint once.
 */
const carrierMark = (event: CanonicalEvent): string => (event.orgId === null ? '#bare' : '');

const eventPrefix = 'E#';
/** Another prefix, so that a version that knows nothing of attached events reads past them. */
const attachedPrefix = 'EA#';

/** Of an event, reconstructed or attached. */
export const isEventKey = (sortKey: string): boolean => sortKey.startsWith(eventPrefix) || sortKey.startsWith(attachedPrefix);

export const keys = {
  event: (event: CanonicalEvent) => ({
    pk: conversationPartition(event.conversationId),
    sk: `${event.attached ? attachedPrefix : eventPrefix}${orderKey(event)}#${event.fingerprint}${carrierMark(event)}`,
  }),
  firstEvent: (conversationId: string) => ({ pk: conversationPartition(conversationId), sk: eventPrefix }),
  head: (conversationId: string) => ({ pk: conversationPartition(conversationId), sk: 'W' }),
  record: (conversationId: string, life: string, revision: number) => ({
    pk: conversationPartition(conversationId),
    sk: `R#${life}#${digits(revisionLimit - revision, 8)}`,
  }),
  failureNote: ({ bodySha256, atMs }: Pick<FailureNote, 'bodySha256' | 'atMs'>) => ({
    pk: `N#${bodySha256}`,
    sk: new Date(atMs).toISOString(),
  }),
  fleet: (workerId: string) => ({ pk: 'FLEET', sk: `W#${workerId}` }),
  quota: (client: string) => ({ pk: `QUOTA#${client}`, sk: 'B' }),
  audit: (atMs: number, id: string) => ({ pk: `AUDIT#${day(atMs)}`, sk: `${new Date(atMs).toISOString()}#${id}` }),
  drift: (subject: string, path: string, kind: string) => ({ pk: `DRIFT#${subject}`, sk: `${pathPart(path)}#${kind}` }),
  reconciliation: () => ({ pk: 'RECONCILIATION', sk: 'C' }),
  redrive: (job: string, sk: string) => ({ pk: `REDRIVE#${job}`, sk }),
  redrives: (atMs: number, job: string) => ({ pk: 'REDRIVES', sk: `${new Date(atMs).toISOString()}#${job}` }),
  switch: (name: string) => ({ pk: 'SWITCHES', sk: name }),
  guard: (conversationId: string) => ({ pk: `X#${conversationId}`, sk: 'ENRICHMENT' }),
  post: (digest: string) => ({ pk: `I#${digest}`, sk: 'M' }),
  lateness: (atMs: number, kind: string, subject: string) => ({ pk: `LATENESS#${day(atMs)}`, sk: `${kind}#${subject}` }),
} as const;

/** Conversation id of a partition key, for those who only hold the key. */
export const conversationOf = (partitionKey: string): string => partitionKey.slice('C#'.length);

export type DueClock = 'queue' | 'wall';

/** Partition of the `due` index that a conversation waits in. The number of shards may grow: those of before are among them. */
export const dueOn = (clock: DueClock, conversationId: string, shards: number): string =>
  duePartition(clock, createHash('sha256').update(conversationId).digest().readUInt32BE(0) % shards);

export const duePartition = (clock: DueClock, shard: number): string => `${clock === 'queue' ? 'Q' : 'W'}#${digits(shard, 3)}`;

/** Where the `due` index has windows that wait for a person, by the time at which they were parked. No timer looks there. */
export const parkedOn = 'P';

/** 64 bits of a fingerprint: enough to tell one conversation's events apart, and 10,000 of them still fit an item. */
export const madeOfDigest = (fingerprint: string): string => fingerprint.slice(0, 16);
