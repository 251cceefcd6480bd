import { isoOrNull } from '../core/conversation/instant';
import { foldConversation, type Folded } from '../core/conversation/fold';
import { tellError } from '../core/describe-error';
import type { Head } from '../core/items';
import type { AuditedOperation } from '../core/on-call/audit-operation';
import type { Stopped } from '../core/on-call/stopped';
import { contentHash } from '../core/revision';
import type { Anomaly } from '../core/record';
import type { EnrichmentGuard, StoredConversation } from '../ports-conversation';
import type { StopSignals } from '../ports';
import { mapperOf } from '../steps/reconstruct';
import { auditOf } from './explain-audit';
import { type ExplainedEvent, explainEvents } from './explain-events';
import { type ExplainedRevision, explainRevisions } from './explain-revisions';
import type { OnCallOutside } from './outside';
import { readInbox } from './read-inbox';

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

export interface ExplainOptions {
  readonly deadLetters: boolean;
  readonly stop?: StopSignals;
  readonly onQueue?: (letters: number, hideSeconds: number) => void;
}

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

const lettersOf = async (outside: OnCallOutside, conversationId: string, options: ExplainOptions) => {
  if (!options.deadLetters) return { stopped: [], notLookedAt: ['dead letters: left out as asked for'] };
  const { stop, onQueue } = options;
  const inbox = await readInbox(outside, {
    filter: { conversationId, places: ['worker', 'eventbridge', 'subscription'] },
    ...(stop ? { stop } : {}),
    ...(onQueue ? { onQueue: (_queue, letters, hideSeconds) => onQueue(letters, hideSeconds) } : {}),
  });
  const cut = inbox.places
    .filter(({ end }) => end !== 'through')
    .map(({ place, met }) => `${place}: the pass ended after ${met} letters`);
  return { stopped: inbox.stopped, notLookedAt: [...inbox.notLookedAt.map(({ place, why }) => `${place}: ${why}`), ...cut] };
};

/** Everything that happened to a conversation, as far as anybody still knows. Changes nothing but the receipts of letters it looks at. */
export const explain = async (outside: OnCallOutside, conversationId: string, options: ExplainOptions): Promise<Explained> => {
  const { clock, conversations, executions } = outside;
  const stored = await conversations.read(conversationId);
  const folded = foldToday(outside, stored);
  const anomalies = folded === null || typeof folded === 'string' ? [] : folded.content.anomalies;
  const events = explainEvents(stored, anomalies);
  const revisions = await explainRevisions(stored.records, executions);
  const letters = await lettersOf(outside, conversationId, options);
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
      ...letters.notLookedAt.filter((one) => !one.startsWith('execution:')),
      ...trail.notLookedAt,
    ],
  };
};
