import { type FailureNote, type Head, keys } from '../core/items';
import { dueIndex } from './due-index';
import type { Item, Key } from './item';
import type { Partition } from './partition';

/** Where the memory table keeps its partitions, its index and its notes. */
export const tableStore = (staleIndex: boolean) => {
  const partitions = new Map<string, Partition>();
  const notes = new Map<string, FailureNote>();
  const index = dueIndex(staleIndex);

  const partition = (pk: string): Partition => {
    const found = partitions.get(pk) ?? { head: null, items: new Map<string, Item>() };
    partitions.set(pk, found);
    return found;
  };
  const of = (conversationId: string): Partition => partition(keys.head(conversationId).pk);
  const all = (): readonly (readonly [string, Partition])[] => [...partitions].sort(([a], [b]) => (a < b ? -1 : 1));

  const putHead = (conversationId: string, value: Head | null, expiresAtMs: number): void => {
    of(conversationId).head = value && { value, expiresAtMs };
    const { dueAt, dueOn } = value ?? {};
    index.put(conversationId, dueAt === undefined || dueOn === undefined ? null : { conversationId, dueAt, dueOn });
  };

  const expire = (upToMs: number, choose: (key: Key) => boolean): void => {
    for (const [pk, { head, items }] of all()) {
      for (const { sk, expiresAtMs } of items.values()) if (expiresAtMs <= upToMs && choose({ pk, sk })) items.delete(sk);
      if (head && head.expiresAtMs <= upToMs && choose({ pk, sk: 'W' })) putHead(head.value.conversationId, null, 0);
    }
  };

  return {
    index,
    notes,
    of,
    all,
    putHead,
    putItem: (pk: string, item: Item): unknown => partition(pk).items.set(item.sk, item),
    expire,
  };
};

export type TableStore = ReturnType<typeof tableStore>;
