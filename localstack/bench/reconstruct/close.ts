import { loadWindowConfig } from '../../../src/config';
import { foldConversation } from '../../../src/core/conversation/fold';
import type { Enrichment } from '../../../src/core/enrichment';
import type { Head, StoredEvent, StoredRecord } from '../../../src/core/items';
import type { SchemaRegistry } from '../../../src/core/schema-registry';
import { silentLog } from '../../../src/log';
import { virtualClock } from '../../../src/memory/clock';
import { memoryRecordTopic } from '../../../src/memory/record-topic';
import { memoryStateMachine } from '../../../src/memory/state-machine';
import { memoryWindowTable } from '../../../src/memory/window-table';
import type { Claim } from '../../../src/steps/claim';
import { composeRecord } from '../../../src/steps/emit';
import { measureGaps } from '../../../src/steps/measure-lateness';
import { compareRead, type Draft, mapperOf } from '../../../src/steps/reconstruct';
import { eventItem, readEventItem, recordItem } from '../../../src/table/item-codec';

const settings = { ...loadWindowConfig({}), shards: 1, leaseMs: 60_000 };
const noMetrics = { add: () => undefined };
const noDetails: Enrichment = { callDetails: null, callDetailsStatus: 'absent' };

const headOf = (conversationId: string, finished: number): Head => ({
  layout: 1,
  ...{ conversationId, state: 'closing', life: '00000000zzzzzzzz', finished, attempts: 1, waits: 0 },
});

/** One that nobody disputes. */
const claimOf = (claimed: Head): Claim => ({
  conversationId: claimed.conversationId,
  claimed,
  hold: () => Promise.resolve(),
  end: () => Promise.resolve(claimed),
});

const makeOutside = (registry: SchemaRegistry) => ({
  registry,
  ...{ table: memoryWindowTable(), clock: virtualClock(), metrics: noMetrics, log: silentLog },
  ...{ stateMachine: memoryStateMachine(), topic: memoryRecordTopic() },
});

export interface Stage {
  readonly name: string;
  readonly run: () => unknown;
}

/** What a close does between the table's answers, with the production steps; `last` is the record that it revises. */
const closeOf = (outside: ReturnType<typeof makeOutside>, events: readonly StoredEvent[], last: StoredRecord | null) => {
  const claim = claimOf(headOf(events[0]!.event.conversationId, last?.record.revision ?? 0));
  const fold = () =>
    foldConversation(
      events.map(({ event }) => event),
      mapperOf(outside.registry),
    );
  const folded = fold();
  const read = { events, attached: [], waiting: null, last, watermarkMs: 0, claimed: claim.claimed };
  const pane = last === null ? 'on_time' : 'late';
  const compare = (): Draft => compareRead('every', folded, read)({ pane, gaveUp: false, leave: null })!;
  const draft = compare();
  const compose = () => composeRecord(outside, settings)(claim, draft, noDetails);
  const stored = compose();
  const gaps = (): void => measureGaps(outside)(draft);
  return { fold, compare, compose, gaps, stored };
};

/** The close of a revision, stage by stage: the record before it lacks the last event. */
export const stagesOfClose = async (registry: SchemaRegistry, events: readonly StoredEvent[]): Promise<readonly Stage[]> => {
  const outside = makeOutside(registry);
  const expiresAtMs = settings.retentionMs;
  const items = await Promise.all(events.map((stored) => eventItem(stored, expiresAtMs)));
  const before = closeOf(outside, events.slice(0, -1), null);
  const { fold, compare, compose, gaps, stored } = closeOf(outside, events, before.stored);
  return [
    { name: 'read', run: () => Promise.all(items.map(readEventItem)) },
    { name: 'fold', run: fold },
    { name: 'compare', run: compare },
    { name: 'compose', run: compose },
    { name: 'pack', run: () => recordItem(stored, expiresAtMs) },
    { name: 'gaps', run: gaps },
  ];
};

/** The least that has all events in hand, in order, and says them again. */
export const floorOf = (events: readonly StoredEvent[]): Stage => {
  const texts = events.map(({ event }) => JSON.stringify(event));
  const parse = (text: string): StoredEvent['event'] => JSON.parse(text) as StoredEvent['event'];
  return {
    name: 'floor',
    run: () => JSON.stringify(texts.map(parse).sort((a, b) => a.envelopeTimeMs - b.envelopeTimeMs)),
  };
};
