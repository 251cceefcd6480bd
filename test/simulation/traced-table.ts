import { conversationOf, type Head, keys, type StoredEvent } from '../../src/core/items';
import { ItemRefusedError } from '../../src/core/errors';
import { type MemoryWindowTable, memoryWindowTable } from '../../src/memory/window-table';
import type { Clock, WindowTable } from '../../src/ports';
import { branchOf } from './branches';
import type { Chance } from './chance';
import type { Trace } from './trace';

export interface TracedTable {
  /** As one worker sees it; what it does is traced where it takes effect, whether or not it hears of it. */
  readonly seenBy: (worker: number) => WindowTable;
  /** TTL takes some of what has expired. */
  readonly expire: (nowMs: number) => void;
  /** Every window is closed or parked. */
  readonly isAtRest: () => boolean;
  readonly heads: MemoryWindowTable['heads'];
}

interface Shared {
  readonly table: MemoryWindowTable;
  readonly trace: Trace;
  readonly heads: Map<string, Head>;
  /** Events by partition and sort key. */
  readonly events: Map<string, StoredEvent>;
  readonly underWay: Set<string>;
  /** Conversation, life and revision of early records. */
  readonly early: Set<string>;
  readonly touched: () => void;
}

const place = ({ event }: StoredEvent): string => {
  const { pk, sk } = keys.event(event);
  return `${pk}\n${sk}`;
};

const tracedEvents = ({ table, trace, events }: Shared, worker: number): WindowTable['writeEvents'] => {
  return async (batch, expiresAtMs) => {
    const left = await table.writeEvents(batch, expiresAtMs).catch((error: unknown) => {
      if (error instanceof ItemRefusedError) trace.take(batch.length > 1 ? 'batch split' : 'event refused');
      throw error;
    });
    for (const one of batch) {
      events.set(place(one), one);
      trace.tell({ kind: 'stored', worker, conversationId: one.event.conversationId, raw: one.event.body });
    }
    trace.reach(worker, 'write', batch[0]?.event.conversationId ?? null);
    return left;
  };
};

/** Far along in its close, where an event is lost most easily. */
const momentOf = (how: string): 'claim' | 'finish' | 'head' => {
  if (how.startsWith('claimed')) return 'claim';
  return how.startsWith('closed') || how.startsWith('finished') ? 'finish' : 'head';
};

const tracedHeads = (shared: Shared, worker: number): WindowTable['updateHead'] => {
  const { table, trace, heads, underWay, early, touched } = shared;
  return async (update) => {
    const { conversationId } = update;
    const old = heads.get(conversationId) ?? null;
    const made = await table.updateHead(update);
    const isEarly = made !== null && early.has(`${conversationId} ${made.life} ${made.finished}`);
    const how = branchOf(old, update, made, isEarly);
    trace.take(how);
    if (made === null) return null;
    heads.set(conversationId, made);
    underWay[made.state === 'closed' || made.state === 'parked' ? 'delete' : 'add'](conversationId);
    touched();
    const from = old?.state ?? 'missing';
    if (how !== 'lease renewed')
      trace.tell({ kind: 'head', worker, conversationId, from, to: made.state, finished: made.finished, how });
    trace.reach(worker, momentOf(how), conversationId);
    return made;
  };
};

const tracedRecords = ({ table, trace, early }: Shared, worker: number): WindowTable['putRecord'] => {
  return async (stored, expiresAtMs) => {
    const put = await table.putRecord(stored, expiresAtMs);
    trace.take(put === 'put' ? 'record put' : 'put refused');
    if (put !== 'put') return put;
    const { record, outbox } = stored;
    trace.take(`${record.pane} record`);
    if (record.attached) trace.take('attached events carried');
    if (record.pane === 'early') early.add(`${record.conversationId} ${record.life} ${record.revision}`);
    // Readers of the trace see plain data, whatever type the program gives it.
    const plain = record as unknown as Readonly<Record<string, unknown>>;
    trace.tell({ kind: 'put', worker, record: plain, execution: outbox.execution, notification: outbox.notification.message });
    trace.reach(worker, 'put', record.conversationId);
    return put;
  };
};

const tracedReads = ({ table, trace }: Shared, worker: number): WindowTable['readWindow'] =>
  async function* (conversationId, life, finished) {
    let pages = 0;
    for await (const page of table.readWindow(conversationId, life, finished)) {
      pages += 1;
      if (page.records.some(({ record }) => record.revision > finished)) trace.take('resumed');
      if (pages > 1) trace.take('read another page');
      yield page;
    }
    trace.reach(worker, 'read', conversationId);
  };

const expire = ({ table, trace, heads, events }: Shared, chance: Chance, nowMs: number): void =>
  table.expire(nowMs, ({ pk, sk }) => {
    if (!chance.is(0.7)) return false;
    const conversationId = conversationOf(pk);
    const what = sk === 'W' ? 'head' : sk.startsWith('R#') ? 'record' : 'event';
    if (what === 'head') heads.delete(conversationId);
    const raw = events.get(`${pk}\n${sk}`)?.event.body ?? null;
    trace.tell({ kind: 'expired', conversationId, what, raw });
    return true;
  });

/** An index that lags shows what has changed a while later. */
const laggingIndex = (table: MemoryWindowTable, { clock, chance }: { clock: Clock; chance: Chance }, lagMs: number) => {
  let isWaiting = false;
  return (): void => {
    if (lagMs === 0 || isWaiting) return;
    isWaiting = true;
    void clock.sleep(chance.whole(1, lagMs)).then(() => {
      isWaiting = false;
      table.settleIndex();
    });
  };
};

export const tracedTable = (around: { clock: Clock; chance: Chance; trace: Trace }, indexLagMs: number): TracedTable => {
  const table = memoryWindowTable({ staleIndex: indexLagMs > 0 });
  const underWay = new Set<string>();
  const touched = laggingIndex(table, around, indexLagMs);
  const { trace } = around;
  const shared: Shared = { table, trace, heads: new Map(), events: new Map(), underWay, early: new Set(), touched };
  return {
    seenBy: (worker) => ({
      readHeads: table.readHeads,
      findDue: table.findDue,
      latestRecord: table.latestRecord,
      putFailureNote: table.putFailureNote,
      writeEvents: tracedEvents(shared, worker),
      updateHead: tracedHeads(shared, worker),
      readWindow: tracedReads(shared, worker),
      putRecord: tracedRecords(shared, worker),
    }),
    expire: (nowMs) => expire(shared, around.chance, nowMs),
    isAtRest: () => underWay.size === 0,
    heads: table.heads,
  };
};
