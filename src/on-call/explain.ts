import { isoOrNull } from '../core/conversation/instant';
import { foldConversation, type Folded } from '../core/conversation/fold';
import { tellError } from '../core/describe-error';
import type { Head } from '../core/items';
import type { AuditedOperation } from '../core/on-call/audit-operation';
import type { StoppedFilter } from '../core/on-call/filter';
import type { Stopped } from '../core/on-call/stopped';
import { contentHash } from '../core/revision';
import type { Anomaly } from '../core/record';
import type { EnrichmentGuard, StoredConversation } from '../ports-conversation';
import { mapperOf } from '../steps/reconstruct';
import { auditOf } from './explain-audit';
import { type ExplainedEvent, explainEvents } from './explain-events';
import { type ExplainedRevision, explainRevisions } from './explain-revisions';
import type { OnCallOutside } from './outside';
import type { PassEnd } from './inbox';
import type { Inbox } from './read-inbox';

/** A window's head, in times that a person can read. */
export interface ExplainedWindow extends Pick<Head, 'state' | 'life' | 'finished' | 'attempts' | 'waits'> {
  readonly dueAt: string | null;
  /** What that time is of: `queue` while it is open, `wall` while it is closing. */
  readonly dueClock: 'queue' | 'wall' | null;
  readonly parkedSince: string | null;
  /** Since when it has looked complete, queue time. */
  readonly endingSince: string | null;
  readonly rearmedFor: string | null;
  readonly onlyEarly: boolean;
  readonly lastError: string | null;
}

/** What the code of today makes of the events that are stored. */
export interface ExplainedToday {
  readonly complete: boolean;
  readonly status: string;
  readonly missing: readonly string[];
  readonly anomalies: readonly Anomaly[];
  /** Null where there is no record. */
  readonly saysWhatTheLastRecordSays: boolean | null;
  /** Events that no record was made of yet. */
  readonly unrecorded: number;
}

export interface Explained {
  readonly conversationId: string;
  readonly at: string;
  /** The table holds something of it. */
  readonly known: boolean;
  readonly window: ExplainedWindow | null;
  readonly events: readonly ExplainedEvent[];
  readonly revisions: readonly ExplainedRevision[];
  /** Null where there are no events to read. */
  readonly today: ExplainedToday | null;
  readonly guard: EnrichmentGuard | null;
  readonly deadLetters: readonly Stopped[];
  readonly audit: readonly AuditedOperation[];
  /** What was not looked at, and why. */
  readonly notLookedAt: readonly string[];
}

/** Dead letters of a conversation, and how old what is known of them is. */
export type LookForLetters = (filter: StoppedFilter) => Promise<{ readonly inbox: Inbox; readonly isFromBefore: boolean }>;

const explainWindow = (head: Head): ExplainedWindow => {
  const { state, life, finished, attempts, waits, dueAt, dueOn, ending, rearmAt, lastError } = head;
  const isWaiting = state === 'open' || state === 'closing';
  return {
    ...{ state, life, finished, attempts, waits },
    dueAt: isWaiting ? isoOrNull(dueAt ?? null) : null,
    dueClock: isWaiting && dueOn !== undefined ? (dueOn.startsWith('Q') ? 'queue' : 'wall') : null,
    parkedSince: state === 'parked' ? isoOrNull(dueAt ?? null) : null,
    endingSince: isoOrNull(ending ?? null),
    rearmedFor: isoOrNull(rearmAt ?? null),
    onlyEarly: head.onlyEarly === true,
    lastError: lastError ?? null,
  };
};

const foldToday = ({ registry }: OnCallOutside, { events }: StoredConversation): Folded | string | null => {
  const reconstructed = events.map(({ event }) => event).filter(({ attached }) => !attached);
  if (reconstructed.length === 0) return null;
  try {
    return foldConversation(reconstructed, mapperOf(registry));
  } catch (error) {
    return tellError(error);
  }
};

const explainToday = (folded: Folded, { records }: StoredConversation, events: readonly ExplainedEvent[]): ExplainedToday => {
  const last = records.at(-1)?.record;
  const { status, missing, anomalies } = folded.content;
  return {
    ...{ complete: folded.complete, status, missing, anomalies },
    saysWhatTheLastRecordSays: last ? last.contentHash === contentHash(folded.content) : null,
    unrecorded: events.filter(({ firstIn, attached }) => firstIn === null && !attached).length,
  };
};

const farEnough: readonly PassEnd[] = ['through', 'enough'];

const lettersOf = async (conversationId: string, look: LookForLetters | null) => {
  if (!look) return { stopped: [], notLookedAt: ['dead letters: left out as asked for'] };
  const { inbox, isFromBefore } = await look({ conversationId, places: ['worker', 'eventbridge', 'subscription'] });
  return {
    stopped: inbox.stopped,
    notLookedAt: [
      ...inbox.notLookedAt
        .filter(({ place }) => place !== 'window' && place !== 'execution')
        .map(({ place, why }) => `${place}: ${why}`),
      ...inbox.places
        .filter(({ end }) => !farEnough.includes(end))
        .map(({ place, met }) => `${place}: the look ended after ${met} letters`),
      ...(isFromBefore ? [`dead letters since ${new Date(inbox.readAtMs).toISOString()}: taken from the look of then`] : []),
    ],
  };
};

/** Everything that happened to a conversation, as far as anybody still knows. Changes nothing but the receipts of letters it looks at. */
export const explain = async (
  outside: OnCallOutside,
  conversationId: string,
  look: LookForLetters | null,
): Promise<Explained> => {
  const { clock, conversations, executions } = outside;
  const stored = await conversations.read(conversationId);
  const folded = foldToday(outside, stored);
  const anomalies = folded === null || typeof folded === 'string' ? [] : folded.content.anomalies;
  const events = explainEvents(stored, anomalies);
  const revisions = await explainRevisions(stored.records, executions);
  const letters = await lettersOf(conversationId, look);
  const ids = [
    conversationId,
    ...letters.stopped.map(({ id }) => id),
    ...revisions.flatMap((one) => one.executions.map(({ name }) => name)),
  ];
  const trail = await auditOf(outside, { ids: new Set(ids), events, revisions, stopped: letters.stopped });
  return {
    conversationId,
    at: new Date(clock.nowMs()).toISOString(),
    known: stored.head !== null || stored.events.length > 0 || stored.records.length > 0,
    window: stored.head && explainWindow(stored.head),
    events,
    revisions,
    today: folded === null || typeof folded === 'string' ? null : explainToday(folded, stored, events),
    guard: stored.guard,
    deadLetters: letters.stopped,
    audit: trail.operations,
    notLookedAt: [
      ...(typeof folded === 'string' ? [`its events: the code of today fails on them: ${folded}`] : []),
      ...(executions === null ? ['execution: STATE_MACHINE_ARN is not given.'] : []),
      ...letters.notLookedAt,
      ...trail.notLookedAt,
    ],
  };
};
