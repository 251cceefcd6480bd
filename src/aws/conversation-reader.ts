import { isEventKey, keys, type StoredRecord } from '../core/items';
import type { ConversationReader, EnrichmentGuard, StoredConversation } from '../ports-conversation';
import { readEventItem, readHeadItem, readRecordItem, type Item } from '../table/item-codec';
import { getItem, readPartition, type Table } from './table';

/** The workflow's own item: its layout is that of infra/enrichment.asl.json. */
const readGuard = (item: Item): EnrichmentGuard => {
  const begun = (system: string) => {
    const [life, revision] = [item[`${system}Life`], item[`${system}Revision`]];
    return typeof life === 'string' && typeof revision === 'number' ? { life, revision } : null;
  };
  const holder = item['holder'];
  return { holder: typeof holder === 'string' ? holder : null, begun: { crm: begun('crm'), ticket: begun('ticket') } };
};

const byLifeAndRevision = ({ record: a }: StoredRecord, { record: b }: StoredRecord): number =>
  a.life === b.life ? a.revision - b.revision : a.life < b.life ? -1 : 1;

const readConversation = async (table: Table, conversationId: string): Promise<StoredConversation> => {
  const [items, guard] = await Promise.all([
    readPartition(table, keys.head(conversationId).pk),
    getItem(table, keys.guard(conversationId)),
  ]);
  const sortKeyOf = (item: Item): string => String(item['sk']);
  const head = items.find((item) => sortKeyOf(item) === keys.head(conversationId).sk);
  return {
    conversationId,
    events: await Promise.all(items.filter((item) => isEventKey(sortKeyOf(item))).map(readEventItem)),
    records: (await Promise.all(items.filter((item) => isRecordKey(sortKeyOf(item))).map(readRecordItem))).sort(
      byLifeAndRevision,
    ),
    head: head ? readHeadItem(head) : null,
    guard: guard && readGuard(guard),
  };
};

const isRecordKey = (sortKey: string): boolean => sortKey.startsWith('R#');

export const dynamoConversationReader = (table: Table): ConversationReader => ({
  read: (conversationId) => readConversation(table, conversationId),
});
