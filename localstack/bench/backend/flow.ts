/*
 * What the queue of a benchmark holds: generated conversations (localstack/traffic) of which nothing is bad, message by message in
 * the order in which they are delivered, duplicates among them. Once all have been handed out, the same again, under ids of
 * conversations that nobody has seen yet.
 */

export interface Flow {
  /** 0: none. Null: without end. */
  readonly conversations: number | null;
}

export const noFlow: Flow = { conversations: 0 };
export const endlessFlow: Flow = { conversations: null };
