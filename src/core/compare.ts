import type { StoredRecord } from './items';
import type { RebuildMode } from './rebuild';
import type { Pane, RecordStatus } from './record';

/** What a close would put. */
export interface Candidate {
  /** Digests of the fingerprints found. */
  readonly madeOf: readonly string[];
  readonly status: RecordStatus;
  readonly pane: Pane;
  /** As the policy has it. */
  readonly handedOff: boolean;
  /** Somebody asks for it to be made anew; null for every other close. */
  readonly rebuild?: RebuildMode | null;
  /** Of one that is made anew: whether it says something else than the last record. Asked only where that decides. */
  readonly saysOtherwise?: () => boolean;
}

export interface Comparison {
  /** The last record says it all. */
  readonly isNothingNew: boolean;
  /** It is handed off. */
  readonly handsOff: boolean;
  /** It would be, had it not been made anew for its own sake. */
  readonly recordsOnly: boolean;
  /** What records of this life were made of and can no longer be found; remembered, else the next revision would look whole. */
  readonly gone: readonly string[];
}

const rank: Readonly<Record<RecordStatus, number>> = { partial: 0, final: 1 };

type Made = Omit<Comparison, 'gone'>;

const nothingNew: Made = { isNothingNew: true, handsOff: false, recordsOnly: false };
const made = ({ handedOff }: Candidate): Made => ({ isNothingNew: false, handsOff: handedOff, recordsOnly: false });
const madeForItsOwnSake = ({ handedOff }: Candidate): Made => ({ isNothingNew: false, handsOff: false, recordsOnly: handedOff });

/** Without news. What can no longer be made whole is not made anew: it would say less than it does. */
const madeAnew = (last: StoredRecord, candidate: Candidate, isWhole: boolean): Made => {
  const { rebuild, handedOff, saysOtherwise } = candidate;
  if (!isWhole) return nothingNew;
  const owesHandoff = rebuild === 'handoff' && handedOff && last.outbox.execution === null;
  if (!owesHandoff && saysOtherwise?.() !== true) return nothingNew;
  return rebuild === 'handoff' ? made(candidate) : madeForItsOwnSake(candidate);
};

/**
 * What a close would put, held against the last record. An early record is worth making for news alone. The record with which a
 * window closes is also made when its status is higher, when the last one is only early (it waited for neither the hold nor
 * Genesys, and subscribers wait for the one that did), or when this one would be handed off and the last one was not, unless it was
 * made for its own sake. Whatever is made then satisfies all of this itself: the same events lead to no further revision, whatever the
 * policy was before.
 */
export const compareWithLast = (last: StoredRecord | null, candidate: Candidate): Comparison => {
  // Of a last record that expired nobody can say what is news: it is made, and only what asks for records alone is taken at its word.
  if (!last) return { ...(candidate.rebuild === 'records' ? madeForItsOwnSake(candidate) : made(candidate)), gone: [] };
  const before = new Set(last.madeOf);
  const now = new Set(candidate.madeOf);
  const gone = [...last.madeOf, ...(last.gone ?? [])].filter((digest) => !now.has(digest)).sort();
  const hasNews = candidate.madeOf.some((digest) => !before.has(digest));
  if (candidate.pane === 'early') return { ...(hasNews ? made(candidate) : nothingNew), gone };
  const isFirstToClose = last.record.pane === 'early';
  if (hasNews || isFirstToClose) return { ...made(candidate), gone };
  const isWhole = last.madeOf.every((digest) => now.has(digest));
  if (candidate.rebuild) return { ...madeAnew(last, candidate, isWhole), gone };
  const status = gone.length > 0 ? 'partial' : candidate.status;
  const isHigher = rank[status] > rank[last.record.status];
  const owesHandoff = candidate.handedOff && last.outbox.execution === null && !last.recordsOnly;
  return { ...(isHigher || owesHandoff ? made(candidate) : nothingNew), gone };
};
