import { type Candidate, compareWithLast } from '../core/compare';
import { earlyDueAt, judgeWindow, type Leave, leaveToNewer } from '../core/due';
import { foldConversation, type Folded } from '../core/conversation/fold';
import type { CanonicalEvent } from '../core/event';
import type { Purpose } from '../core/genesys-answers';
import type { MapperOf } from '../core/conversation/mappers';
import { type HandoffPolicy, isHandedOff } from '../core/handoff';
import { madeOfDigest, type StoredEvent, type StoredRecord } from '../core/items';
import { type RebuildMode, rebuildModeOf, saysOtherwise } from '../core/rebuild';
import type { ConversationRecord, Pane } from '../core/record';
import { makeRecord } from '../core/revision';
import { paneOfClose } from '../core/window-close';
import type { Claim } from './claim';
import { blamingTheWindow } from './let-go';
import type { Outside, PipelineSettings } from './outside';
import { readWindow, type WindowRead } from './read-window';

/** A conversation put together, and how it compares with its last record. */
export interface Draft {
  readonly kind: 'draft';
  readonly folded: Folded;
  readonly madeOf: readonly string[];
  /** Digests of what earlier records of this life were made of and can no longer be found. */
  readonly gone: readonly string[];
  readonly previous: StoredRecord | null;
  readonly pane: Pane;
  readonly handsOff: boolean;
  /** It would be handed off, had it not been made anew for its own sake. */
  readonly recordsOnly: boolean;
  /** The watermark of this look. */
  readonly watermarkMs: number;
  /** Of an early record: how its window is left. */
  readonly leave: Leave | null;
  /** The window gave up waiting: nothing that Genesys could still say is worth a wait. */
  readonly gaveUp: boolean;
  /** Behind live traffic if all that is new came out of the dead-letter queue, or nothing is. */
  readonly purpose: Purpose;
  /** What it was put together from, with queue times. */
  readonly arrivals: readonly StoredEvent[];
  /** What goes into the record beside it. */
  readonly attached: readonly CanonicalEvent[];
}

export type Reconstructed =
  | Draft
  /** Not due yet after all. */
  | Leave
  /** The last record says it all. */
  | { readonly kind: 'nothing-new'; readonly read: WindowRead }
  /** Record `finished + 1` is there: an earlier close put it, and its bytes are the ones to send. */
  | { readonly kind: 'resume'; readonly record: StoredRecord; readonly read: WindowRead };

export const mapperOf =
  (registry: Outside['registry']): MapperOf =>
  (subject) => {
    const known = registry.subjectNamed(subject);
    return known && { name: known.mapper, version: known.mapperVersion, current: registry.current };
  };

/** Queue time of the newest event of a type or a version that only a newer worker knows; null if there is none. */
const newestUnknownMs = (registry: Outside['registry'], events: readonly StoredEvent[]): number | null => {
  const isKnown = ({ event }: StoredEvent): boolean =>
    (registry.subjectNamed(event.subject)?.version ?? 0) >= event.schemaVersion;
  const unknown = events.filter((stored) => !isKnown(stored));
  return unknown.length === 0 ? null : unknown.reduce((newest, { sentAtMs }) => Math.max(newest, sentAtMs), 0);
};

/** The events that the last record was not made of. */
const newsIn = (events: readonly StoredEvent[], last: StoredRecord | null): readonly StoredEvent[] => {
  const known = new Set(last?.madeOf);
  return events.filter(({ event }) => !known.has(madeOfDigest(event.fingerprint)));
};

const purposeOf = (news: readonly StoredEvent[], rebuild: RebuildMode | null): Purpose =>
  (news.length > 0 || rebuild) && news.every(({ redriven }) => redriven) ? 'redrive' : 'live';

/** Queue time of the oldest event that the last record was not made of; null if there is none. */
const oldestNewsMs = (events: readonly StoredEvent[], last: StoredRecord | null): number | null => {
  const news = newsIn(events, last);
  return news.length === 0 ? null : news.reduce((oldest, { sentAtMs }) => Math.min(oldest, sentAtMs), Infinity);
};

const warnOfUnknown = (log: Outside['log'], { conversationId }: Claim): void =>
  log.warn('Closing a window with an event that this version of the worker does not know; no newer one came to do it.', {
    conversationId,
  });

/** Step 4: reads the whole window, puts the conversation together, and decides whether there is anything to say, and when. */
export const reconstruct =
  (outside: Pick<Outside, 'table' | 'registry' | 'log'>, settings: PipelineSettings) =>
  async (claim: Claim, watermarkMs: number): Promise<Reconstructed> => {
    const read = await readWindow(outside.table, claim);
    const { events, waiting, last } = read;
    if (waiting) return { kind: 'resume', record: waiting, read };
    if (events.length === 0) return { kind: 'nothing-new', read };
    const folded = blamingTheWindow(() =>
      foldConversation(
        events.map(({ event }) => event),
        mapperOf(outside.registry),
      ),
    );
    const newestMs = events.reduce((newest, { sentAtMs }) => Math.max(newest, sentAtMs), 0);
    const look = { ...folded, newestMs, watermarkMs };
    const verdict = judgeWindow(settings, claim.claimed, look);
    const unknownMs = newestUnknownMs(outside.registry, events);
    const toNewer = leaveToNewer(verdict, claim.claimed, look, unknownMs);
    if (toNewer) return toNewer;
    if (unknownMs !== null && verdict.kind === 'close') warnOfUnknown(outside.log, claim);
    const compare = compareRead(settings.handoffPolicy, folded, { ...read, watermarkMs, claimed: claim.claimed });
    if (verdict.kind === 'close')
      return compare({ pane: paneOfClose(claim.claimed), gaveUp: verdict.gaveUp, leave: null }) ?? { kind: 'nothing-new', read };
    const earlyAtMs = earlyDueAt(settings, verdict, oldestNewsMs(events, last));
    if (earlyAtMs === null) return verdict;
    if (watermarkMs < earlyAtMs) return { ...verdict, dueAtMs: Math.min(verdict.dueAtMs, earlyAtMs) };
    return compare({ pane: 'early', gaveUp: false, leave: verdict }) ?? verdict;
  };

type Compared = WindowRead & Pick<Draft, 'watermarkMs'> & Pick<Claim, 'claimed'>;

/** What there is to say; null if the last record says it all. */
export const compareRead =
  (policy: HandoffPolicy, folded: Folded, { events, attached, last, watermarkMs, claimed }: Compared) =>
  (as: Pick<Draft, 'pane' | 'gaveUp' | 'leave'>): Draft | null => {
    const madeOf = folded.fingerprints.map(madeOfDigest);
    const { pane } = as;
    const rebuild = claimed.finished === 0 ? null : rebuildModeOf(claimed.rebuild);
    const handedOff = isHandedOff(policy, pane);
    const candidate: Candidate = { madeOf, status: folded.content.status, pane, handedOff, rebuild };
    const { isNothingNew, ...decided } = compareWithLast(last, {
      ...candidate,
      saysOtherwise: () => last !== null && saysOtherwise(recordOfToday(folded, last, pane), last.record),
    });
    if (isNothingNew) return null;
    const purpose = purposeOf(newsIn(events, last), rebuild);
    const found = { purpose, watermarkMs, arrivals: events, attached, previous: last };
    return { kind: 'draft', folded, madeOf, ...decided, ...found, ...as };
  };

/** What the events that the last record was made of say today. */
const recordOfToday = ({ content }: Folded, { record, gone = [] }: StoredRecord, pane: Pane): ConversationRecord => {
  const { life, revision } = record;
  return makeRecord({ content, life, revision, pane, previous: record, expiredHistory: gone.length > 0 });
};
