import { duePartition, type Head, parkedOn } from '../../src/core/items';
import type { MemoryWindowTable } from '../../src/memory/window-table';
import type { ParkedWindows } from '../../src/ports-on-call';

const everything = Number.MAX_SAFE_INTEGER;

/** Parked windows of a table in memory; `expiresAtMs`: until when a head is kept that is touched now. */
export const memoryParkedWindows = (table: MemoryWindowTable, expiresAtMs: () => number): ParkedWindows => {
  const read = async (conversationId: string): Promise<Head | null> =>
    (await table.readHeads([conversationId])).heads.get(conversationId) ?? null;
  return {
    list: async function* list() {
      for (const { conversationId } of await table.findDue(parkedOn, everything, everything)) {
        const head = await read(conversationId);
        if (head?.state === 'parked') yield head;
      }
    },
    read,
    reopen: async (conversationId) => {
      const set = { state: 'open', attempts: 0, waits: 0, dueAt: 0, dueOn: duePartition('queue', 0) } as const;
      const update = { conversationId, expect: { state: 'parked' }, set, expiresAtMs: expiresAtMs() } as const;
      return (await table.updateHead(update)) === null ? 'not-parked' : 'reopened';
    },
  };
};
