import type { AuditEntry, AuditedOutcome } from './audit';

/*
 * What one command does is one operation of the audit trail, several entries in this order:
 *
 *   <operation>.000000   begun, before the first effect
 *   <operation>.000001   begun, outcomes that are written down on the way, at most a hundred to an entry
 *   <operation>.00000n   done, with counts and the last of the outcomes
 */

export const auditEntryId = (operation: string, n: number): string => `${operation}.${String(n).padStart(6, '0')}`;

const operationOf = ({ id }: AuditEntry): string => id.split('.', 1)[0] ?? id;

export const outcomesInEntry = 100;

const longestWhy = 500;
const shortestWhy = 3;

/** Control characters, half characters, and what turns the direction of a line: the trail is printed on terminals. */
const unprintable = /[\p{Cc}\p{Surrogate}\u2028\u2029\u202a-\u202e\u2066-\u2069]/u;

/** The reason a person gives, trimmed; or what is wrong with it. */
export const readWhy = (text: string): { readonly why: string } | { readonly problem: string } => {
  const why = text.trim();
  const isSaid = why.length >= shortestWhy && why.length <= longestWhy;
  if (!isSaid) return { problem: `Expected a reason of ${shortestWhy} to ${longestWhy} characters, got ${why.length}.` };
  return unprintable.test(why) ? { problem: 'Expected a reason in one line of plain text, got control characters.' } : { why };
};

/** One operation, as its entries tell it. */
export interface AuditedOperation extends Pick<AuditEntry, 'action' | 'who' | 'why' | 'what'> {
  readonly operation: string;
  readonly beganAtMs: number;
  /** Null: it did not come to its end, or is still at it. */
  readonly endedAtMs: number | null;
  readonly job: string | null;
  readonly conversationId: string | null;
  readonly counts: Readonly<Record<string, number>>;
  readonly outcomes: readonly AuditedOutcome[];
}

const operationIn = (operation: string, entries: readonly [AuditEntry, ...AuditEntry[]]): AuditedOperation => {
  const [first] = entries;
  const done = entries.find(({ stage }) => stage === 'done');
  const { action, who, why, what } = first;
  return {
    operation,
    action,
    who,
    why,
    what,
    beganAtMs: first.atMs,
    endedAtMs: done?.atMs ?? null,
    job: entries.find(({ job }) => job !== undefined)?.job ?? null,
    conversationId: first.conversationId ?? null,
    counts: done?.counts ?? first.counts ?? {},
    outcomes: entries.flatMap(({ outcomes = [] }) => outcomes),
  };
};

const byId = (a: AuditEntry, b: AuditEntry): number => (a.id < b.id ? -1 : 1);

/** Oldest first. One whose beginning lies on a day that was not read begins with the first entry that was. */
export const operationsIn = (entries: readonly AuditEntry[]): readonly AuditedOperation[] => {
  const operations = new Map<string, [AuditEntry, ...AuditEntry[]]>();
  for (const entry of [...entries].sort(byId)) {
    const own = operations.get(operationOf(entry));
    if (own) own.push(entry);
    else operations.set(operationOf(entry), [entry]);
  }
  return [...operations].map(([operation, own]) => operationIn(operation, own)).sort((a, b) => a.beganAtMs - b.beganAtMs);
};
