import { type Head, type HeadUpdate, keys } from '../core/items';
import { limits } from '../core/limits';
import type { WindowPage } from '../ports';
import { eventIn, isEvent, type Item, recordIn } from './item';

/** Everything of one conversation. */
export interface Partition {
  head: { readonly value: Head; readonly expiresAtMs: number } | null;
  /** Events and records by sort key. */
  readonly items: Map<string, Item>;
}

/** The head that an update makes, or null when the one that is there is not as expected. */
export const updatedHead = (old: Head | null, update: HeadUpdate): Head | null => {
  const { conversationId, expect, set, remove = [] } = update;
  const isAsExpected =
    expect === 'missing'
      ? old === null
      : old !== null && Object.entries(expect).every(([field, value]) => (old[field as keyof Head] ?? null) === value);
  if (!isAsExpected) return null;
  const attempts = update.addAttempt ? { attempts: (old?.attempts ?? 0) + 1 } : {};
  const fields = Object.entries({ ...old, layout: 1, conversationId, ...set, ...attempts });
  // A head and a change of one make a head; entries only forget which field has which type.
  return Object.fromEntries(fields.filter(([field]) => !remove.some((removed) => removed === field))) as unknown as Head;
};

export const inKeyOrder = ({ items }: Partition): readonly Item[] =>
  [...items.values()].sort((a, b) => (a.sk < b.sk ? -1 : a.sk > b.sk ? 1 : 0));

/** The items after one key up to another, as far as a page holds them. */
const itemsOfPage = (partition: Partition, after: string, last: string) => {
  const inRange = inKeyOrder(partition).filter(({ sk }) => after < sk && sk <= last);
  let bytes = 0;
  const firstTooMany = inRange.findIndex((item) => (bytes += item.bytes) > limits.pageBytes);
  return firstTooMany === -1 ? { page: inRange, isLast: true } : { page: inRange.slice(0, firstTooMany), isLast: false };
};

/** Each page is read when it is asked for: what is written meanwhile behind the reader is not seen, what is ahead is. */
export async function* readPages(
  partition: () => Partition,
  conversationId: string,
  life: string,
  finished: number,
): AsyncGenerator<WindowPage> {
  const last = keys.record(conversationId, life, Math.max(finished, 1)).sk;
  const isOfLife = ({ sk }: Item): boolean => sk.startsWith(`R#${life}#`);
  for (let after = '', isDone = false; !isDone;) {
    const { page, isLast } = await Promise.resolve(itemsOfPage(partition(), after, last));
    yield { events: page.filter(isEvent).map(eventIn), records: page.filter(isOfLife).map(recordIn) };
    after = page.at(-1)?.sk ?? last;
    isDone = isLast;
  }
}
