import { foldConversation, type MapperOf } from '../core/conversation/fold';
import { madeOfDigest, type StoredEvent, type StoredRecord } from '../core/items';
import { type ArriveStep, type CloseStep, type History, type HistoryStep, historyLayout } from '../core/on-call/history-script';
import { makeRecord } from '../core/revision';
import type { StoredConversation } from '../ports-conversation';
import { madeAtMs } from './record-times';

interface ExportedBy {
  readonly program: string;
  readonly nowMs: number;
  /** Tells which copies of an event a record was made of, where there are several. */
  readonly mapperOf: MapperOf;
}

const notice = 'Holds customer data: events and records as they are. Delete it when it has served.';

const bySentAt = (a: StoredEvent, b: StoredEvent): number => a.sentAtMs - b.sentAtMs;

/** Whether a record was made of this event, or carries it. */
const isIn = ({ record, madeOf }: StoredRecord): ((stored: StoredEvent) => boolean) => {
  const digests = new Set(madeOf);
  const carried = new Set(record.attached?.map(({ fingerprint }) => fingerprint));
  return ({ event }) => (event.attached ? carried.has(event.fingerprint) : digests.has(madeOfDigest(event.fingerprint)));
};

/**
 * Which of the stored copies were there. One event may lie under several keys: its carrier may name the organisation or not, and a
 * deploy may change a topic's rank. The record says which events it was made of, not which copies: what it says itself must tell.
 */
const copiesThere = (
  stored: StoredRecord,
  before: readonly StoredEvent[],
  candidates: readonly StoredEvent[],
  mapperOf: MapperOf,
): readonly StoredEvent[] => {
  const known = new Set(before.map(({ event }) => event.fingerprint));
  const sorted = [...candidates].sort(bySentAt);
  const firstOf = (some: readonly StoredEvent[]): readonly StoredEvent[] => {
    const seen = new Set(known);
    return some.filter(({ event }) => !seen.has(event.fingerprint) && seen.add(event.fingerprint));
  };
  const first = firstOf(sorted);
  const untilMs = stored.closed?.watermarkMs ?? Infinity;
  const byTime = sorted.filter((one) => first.includes(one) || one.sentAtMs <= untilMs);
  if (first.length === sorted.length) return sorted;
  const contentOf = (some: readonly StoredEvent[]): string => {
    const events = [...before, ...some].map(({ event }) => event).filter(({ attached }) => !attached);
    const { content } = foldConversation(events, mapperOf);
    const { life, revision, pane } = stored.record;
    const expiredHistory = stored.gone !== undefined;
    return makeRecord({ content, life, revision, pane, previous: null, expiredHistory }).contentHash;
  };
  const choices = [byTime, sorted, first, firstOf([...sorted].reverse())];
  return choices.find((choice) => contentOf(choice) === stored.record.contentHash) ?? byTime;
};

const asClose = (stored: StoredRecord): CloseStep => {
  const { record, madeOf, gone, closed, outbox } = stored;
  return {
    step: 'close',
    watermarkMs: closed?.watermarkMs ?? null,
    atMs: madeAtMs(stored),
    handedOff: outbox.execution !== null,
    madeOf,
    ...(gone ? { gone } : {}),
    record,
  };
};

const asArrival = (stored: StoredEvent): ArriveStep => ({ step: 'arrive', ...stored });

/** Before a close that it cannot have come after. */
const firstArrival = (stored: StoredEvent, { watermarkMs, atMs }: CloseStep): ArriveStep => {
  const latestMs = atMs !== null && stored.sentAtMs > atMs ? Math.min(watermarkMs ?? atMs, atMs) : stored.sentAtMs;
  return asArrival({ ...stored, sentAtMs: latestMs });
};

/** Those that had come before, and again since. */
const cameAgain = (there: readonly StoredEvent[], sinceMs: number, untilMs: number): readonly ArriveStep[] =>
  there
    .filter(({ sentAtMs }) => sentAtMs > sinceMs && sentAtMs <= untilMs)
    .map((stored) => ({ ...asArrival(stored), again: true }));

const bySentAtStep = (a: ArriveStep, b: ArriveStep): number => a.sentAtMs - b.sentAtMs;

const stepsOf = ({ events, records, head }: StoredConversation, mapperOf: MapperOf): readonly HistoryStep[] => {
  const steps: HistoryStep[] = [];
  const there = new Set<StoredEvent>();
  const begin = (life: string, finished: number): unknown => steps.push({ step: 'begin', life, finished });
  let [life, sinceMs] = ['', Infinity];
  for (const stored of records) {
    const close = asClose(stored);
    const isPart = isIn(stored);
    const came = copiesThere(
      stored,
      [...there],
      events.filter((one) => !there.has(one) && isPart(one)),
      mapperOf,
    );
    if (stored.record.life !== life) begin(stored.record.life, stored.record.revision - 1);
    const again = cameAgain([...there], sinceMs, close.atMs ?? -Infinity);
    steps.push(...[...again, ...came.map((one) => firstArrival(one, close))].sort(bySentAtStep), close);
    life = stored.record.life;
    for (const one of came) there.add(one);
    sinceMs = close.atMs ?? sinceMs;
  }
  if (head && head.life !== life) begin(head.life, head.finished);
  const rest = [...cameAgain([...there], sinceMs, Infinity), ...events.filter((one) => !there.has(one)).map(asArrival)];
  return [...steps, ...rest.sort(bySentAtStep)];
};

/** Everything that the table holds of a conversation, in the order in which it must have happened. */
export const exportHistory = (stored: StoredConversation, { program, nowMs, mapperOf }: ExportedBy): History => ({
  header: {
    tidemark: 'history',
    layout: historyLayout,
    program,
    conversationId: stored.conversationId,
    exportedAt: new Date(nowMs).toISOString(),
    notice,
  },
  steps: stepsOf(stored, mapperOf),
});
