/** What the engineer on call can do to the system. A closed set: the history is read by people and programs. */
export const auditedActions = [
  'redrive',
  'resume-redrive',
  'cancel-redrive',
  'edit',
  'archive',
  'restore',
  'discard',
  'pause',
  'resume',
  'rebuild',
  'forget',
] as const;
export type AuditedAction = (typeof auditedActions)[number];

/** What became of one thing that an action touched. */
export interface AuditedOutcome {
  /** Message id, conversation id or execution name. */
  readonly id: string;
  /** `moved`, `skipped: …`, `failed: …`, `removed`, … */
  readonly outcome: string;
}

/** One line of the audit trail. Ids, counts and the words of who did it; no customer data. */
export interface AuditEntry {
  readonly id: string;
  readonly atMs: number;
  readonly action: AuditedAction;
  /** ARN of the caller, as AWS knows it. */
  readonly who: string;
  readonly why: string;
  /** How it was asked for: filter, rate, file; as text. */
  readonly what: string;
  /** `begun` before the first effect, `done` after the last: what has no `done` did not come to its end. */
  readonly stage: 'begun' | 'done';
  /** Of a redrive: its job, under which the outcome of each message is kept. */
  readonly job?: string;
  readonly conversationId?: string;
  readonly counts?: Readonly<Record<string, number>>;
  /** At most 100; where there are more, they are in entries of their own with the same `id` prefix. */
  readonly outcomes?: readonly AuditedOutcome[];
}
