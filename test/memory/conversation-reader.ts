import type { MemoryWindowTable } from '../../src/memory/window-table';
import type { StoredEvent } from '../../src/core/items';
import type { ConversationReader, EnrichmentGuard } from '../../src/ports-conversation';

/** Reads a conversation out of the table in memory. The guard is the workflow's, which has none there. */
export const memoryConversationReader = (table: MemoryWindowTable, guard: EnrichmentGuard | null = null): ConversationReader => ({
  read: async (conversationId) => {
    const events: StoredEvent[] = [];
    for await (const page of table.readWindow(conversationId, '', 0)) events.push(...page.events);
    const { heads } = await table.readHeads([conversationId]);
    const records = table.records().filter(({ record }) => record.conversationId === conversationId);
    return { conversationId, events, records, head: heads.get(conversationId) ?? null, guard };
  },
});
