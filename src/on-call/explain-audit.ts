import { type AuditedOperation, operationsIn } from '../core/on-call/audit-operation';
import type { AuditEntry } from '../core/on-call/audit';
import type { Stopped } from '../core/on-call/stopped';
import type { ExplainedEvent } from './explain-events';
import type { ExplainedRevision } from './explain-revisions';
import type { OnCallOutside } from './outside';

interface Concerned {
  /** Of the conversation, its dead letters and executions. */
  readonly ids: ReadonlySet<string>;
  readonly events: readonly ExplainedEvent[];
  readonly revisions: readonly ExplainedRevision[];
  readonly stopped: readonly Stopped[];
}

interface AuditFound {
  readonly operations: readonly AuditedOperation[];
  readonly notLookedAt: readonly string[];
}

const dayMs = 86_400_000;
/** Each day is a query of its own. */
const mostDays = 100;

/** Since anything is known of it; of what only lies in a dead-letter queue, since that began. */
const sinceMs = ({ events, revisions, stopped }: Concerned, nowMs: number): number =>
  Math.min(
    nowMs,
    ...events.map(({ sentAtMs }) => sentAtMs),
    ...revisions.flatMap(({ madeAtMs }) => madeAtMs ?? []),
    ...stopped.flatMap(({ beganAtMs, stoppedAtMs }) => beganAtMs ?? stoppedAtMs ?? []),
  );

/** Levers hold up every conversation of their time, and a rebuild goes over all of them: which it came to, its outcomes may not say. */
const forAll: ReadonlySet<AuditedOperation['action']> = new Set(['pause', 'resume', 'rebuild']);

const concerns = ({ ids, stopped, events }: Concerned, sinceAtMs: number) => {
  const jobs = new Set(stopped.flatMap(({ history }) => history?.job ?? []));
  const movedBackMs = events.filter(({ redriven }) => redriven).map(({ sentAtMs }) => sentAtMs);
  /** A letter that is gone from its queue is known by when it came: what moved letters then may have moved it. */
  const mayHaveMovedIt = ({ action, beganAtMs, endedAtMs }: AuditedOperation): boolean =>
    (action === 'redrive' || action === 'resume-redrive') &&
    movedBackMs.some((atMs) => atMs >= beganAtMs && atMs <= (endedAtMs ?? Infinity));
  return (operation: AuditedOperation): boolean => {
    const { action, conversationId, outcomes, job, beganAtMs, endedAtMs } = operation;
    return (
      (conversationId !== null && ids.has(conversationId)) ||
      outcomes.some(({ id }) => ids.has(id)) ||
      (job !== null && jobs.has(job)) ||
      mayHaveMovedIt(operation) ||
      (forAll.has(action) && (endedAtMs ?? beganAtMs) >= sinceAtMs)
    );
  };
};

/** What people did that concerns a conversation, oldest first; what concerns all of its time among it. */
export const auditOf = async ({ audit, clock }: OnCallOutside, concerned: Concerned): Promise<AuditFound> => {
  const nowMs = clock.nowMs();
  const fromMs = sinceMs(concerned, nowMs);
  const days = Math.floor(nowMs / dayMs) - Math.floor(fromMs / dayMs) + 1;
  const entries: AuditEntry[] = [];
  for (let ago = Math.min(days, mostDays) - 1; ago >= 0; ago--) entries.push(...(await audit.read(nowMs - ago * dayMs)));
  const isCut = days > mostDays;
  return {
    operations: operationsIn(entries).filter(concerns(concerned, fromMs)),
    notLookedAt: isCut ? [`the audit trail of more than ${mostDays} days ago`] : [],
  };
};
