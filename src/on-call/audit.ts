import type { AuditEntry, AuditedOutcome } from '../core/on-call/audit';
import { auditEntryId, outcomesInEntry } from '../core/on-call/audit-operation';
import { errorName } from './error-name';
import type { OnCallOutside } from './outside';

/** What is about to be done, and why, as the one who asked said it. */
export type Asked = Pick<AuditEntry, 'action' | 'why' | 'what' | 'job' | 'conversationId'>;

/** What came of it. Outcomes: those that were not noted on the way. */
export interface Ended {
  readonly counts: Readonly<Record<string, number>>;
  readonly outcomes?: readonly AuditedOutcome[];
}

/** The trail while its operation is under way. */
export interface OpenTrail {
  readonly operation: string;
  /** Rejects when it could not be written down: then it must not be done. */
  readonly note: (outcomes: readonly AuditedOutcome[]) => Promise<void>;
}

/** How a person hears that the trail is not whole. */
export interface Loud {
  readonly err: (text: string) => void;
  /** The exit code is not 0. */
  readonly found: () => void;
}

type AuditOutside = Pick<OnCallOutside, 'audit' | 'clock' | 'random' | 'who' | 'retentionMs'>;
type Rest = Pick<AuditEntry, 'stage' | 'counts' | 'outcomes'>;

const longestWhat = 4_000;

const chunked = (outcomes: readonly AuditedOutcome[]): readonly (readonly AuditedOutcome[])[] =>
  Array.from({ length: Math.ceil(outcomes.length / outcomesInEntry) }, (_, n) =>
    outcomes.slice(n * outcomesInEntry, (n + 1) * outcomesInEntry),
  );

/**
 * Appends entry after entry of one operation. Each is written before the next, so that what is missing is missing at the end. The trail
 * is read by time, so an operation's time never goes back, as the clock may that learns AWS's time from answers.
 */
const openTrail = async ({ audit, clock, random, who, retentionMs }: AuditOutside, asked: Asked) => {
  const operation = random.id().slice(0, 16);
  const signed = { ...asked, what: asked.what.slice(0, longestWhat), who: await who() };
  let next = 0;
  let atMs = 0;
  const append = (rest: Rest): Promise<void> => {
    atMs = Math.max(atMs, Math.trunc(clock.nowMs()));
    return audit.append({ id: auditEntryId(operation, next++), atMs, ...signed, ...rest }, atMs + retentionMs);
  };
  const note = async (outcomes: readonly AuditedOutcome[]): Promise<void> => {
    for (const some of chunked(outcomes)) await append({ stage: 'begun', outcomes: some });
  };
  return {
    operation,
    begin: () => append({ stage: 'begun' }),
    note,
    end: async ({ counts, outcomes = [] }: Ended) => {
      const chunks = chunked(outcomes);
      await note(chunks.slice(0, -1).flat());
      const last = chunks.at(-1);
      await append({ stage: 'done', counts, ...(last ? { outcomes: last } : {}) });
    },
  };
};

const countsText = (counts: Ended['counts']): string =>
  Object.entries(counts)
    .map(([name, count]) => `${count} ${name}`)
    .join(', ');

/**
 * Does what changes something, between two entries of the audit trail. Without the first nothing is done: it rejects with what
 * the trail failed with. Without the last it is done all the same, and said loudly. Work that rejects has not come to its end, and
 * the trail shows that.
 */
export const audited = async <T extends Ended>(
  outside: AuditOutside,
  asked: Asked,
  loud: Loud,
  work: (trail: OpenTrail) => Promise<T>,
): Promise<T> => {
  const trail = await openTrail(outside, asked);
  try {
    await trail.begin();
  } catch (error) {
    loud.err('Nothing was done: the audit trail could not be written, and it is written first.\n');
    throw error;
  }
  const ended = await work(trail);
  try {
    await trail.end(ended);
  } catch (error) {
    loud.err(
      `It was done (${countsText(ended.counts)}), but the end of the audit trail could not be written (${errorName(error)}): ` +
        `operation ${trail.operation} stays marked as one that did not come to its end. Write this line down.\n`,
    );
    loud.found();
  }
  return ended;
};
