import type { StoredRecord } from './items';
import type { Pane, RecordStatus } from './record';

/** What a close would put. */
export interface Candidate {
  /** Digests of the fingerprints found. */
  readonly madeOf: readonly string[];
  readonly status: RecordStatus;
  readonly pane: Pane;
  readonly handedOff: boolean;
}

export interface Comparison {
  /** The last record says it all. */
  readonly isNothingNew: boolean;
  /** What records of this life were made of and can no longer be found; remembered, else the next revision would look whole. */
  readonly gone: readonly string[];
}

const rank: Readonly<Record<RecordStatus, number>> = { partial: 0, final: 1 };

/**
 * What a close would put, held against the last record. An early record is worth making for news alone. The record with which a
 * window closes is also made when its status is higher, when the last one is only early (it waited for neither the hold nor
 * Genesys, and subscribers wait for the one that did), or when this one would be handed off and the last one was not. Whatever is made
 * then satisfies all of this itself: the same events lead to no further revision, whatever the policy was before.
 */
export const compareWithLast = (last: StoredRecord | null, candidate: Candidate): Comparison => {
  if (!last) return { isNothingNew: false, gone: [] };
  const before = new Set(last.madeOf);
  const now = new Set(candidate.madeOf);
  const gone = [...last.madeOf, ...(last.gone ?? [])].filter((digest) => !now.has(digest)).sort();
  const hasNews = candidate.madeOf.some((digest) => !before.has(digest));
  if (candidate.pane === 'early') return { isNothingNew: !hasNews, gone };
  const status = gone.length > 0 ? 'partial' : candidate.status;
  const isHigher = rank[status] > rank[last.record.status];
  const isFirstToClose = last.record.pane === 'early';
  const owesHandoff = candidate.handedOff && last.outbox.execution === null;
  return { isNothingNew: !hasNews && !isHigher && !isFirstToClose && !owesHandoff, gone };
};
