import type { FailureNote, StoredEvent, StoredRecord } from '../../src/core/items';
import type { WindowPage, WindowTable } from '../../src/ports';

/** An empty table and what is needed to see what happened in it. */
export interface WindowTableSubject {
  readonly table: WindowTable;
  /** Resolves when the index shows every update made so far. */
  readonly settleIndex: () => Promise<void>;
  readonly failureNotes: () => Promise<readonly FailureNote[]>;
}

/** The suite's subject, once it is there. */
export type Subject = () => WindowTableSubject;

/** Far enough that no time to live ends while a suite runs. */
export const expiresAtMs = Date.UTC(2100, 0, 1);

export const readPages = async (table: WindowTable, conversation: string, life = 'none', finished = 0) => {
  const pages: WindowPage[] = [];
  for await (const page of table.readWindow(conversation, life, finished)) pages.push(page);
  return pages;
};

/** The whole window, in the order in which its pages gave it. */
export const readAll = async (table: WindowTable, conversation: string, life = 'none', finished = 0) => {
  const pages = await readPages(table, conversation, life, finished);
  const events: readonly StoredEvent[] = pages.flatMap((page) => page.events);
  const records: readonly StoredRecord[] = pages.flatMap((page) => page.records);
  return { events, records };
};
