import type { Head, StoredEvent, StoredRecord } from './core/items';

/** What the workflow remembers of a conversation, and which execution writes at the moment. */
export interface EnrichmentGuard {
  /** ARN of the execution. */
  readonly holder: string | null;
  /** By system: the newest revision whose writing has begun. */
  readonly begun: Readonly<Record<'crm' | 'ticket', { readonly life: string; readonly revision: number } | null>>;
}

/** All that the table holds of one conversation. */
export interface StoredConversation {
  readonly conversationId: string;
  /** In key order, attached ones included. */
  readonly events: readonly StoredEvent[];
  /** Of all lives, by life, then revision. */
  readonly records: readonly StoredRecord[];
  readonly head: Head | null;
  readonly guard: EnrichmentGuard | null;
}

export interface ConversationReader {
  /** Consistent item by item, not as a whole: what is written meanwhile may be in it or not. */
  readonly read: (conversationId: string) => Promise<StoredConversation>;
}
