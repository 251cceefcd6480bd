/* What the workflow has written into the back office. It takes whatever comes: keeping older from replacing newer is the workflow's. */

export interface Write {
  readonly conversationId: string;
  readonly life: string;
  readonly revision: number;
  readonly contactId: string | null;
  /** What the sentiment of each text was; null where there was none. */
  readonly sentiments: readonly string[] | null;
  readonly idempotencyKey: string;
}

/** Every write, in the order in which they took effect. */
export interface Written {
  readonly entries: readonly Write[];
  readonly tickets: readonly Write[];
}

interface Body {
  readonly conversationId: string;
  readonly life: string;
  readonly revision: number;
  readonly contactId: string | null;
  readonly sentiment: { readonly results: readonly { readonly Sentiment: string }[] } | null;
}

export const readWrite = (body: string, idempotencyKey: string): Write => {
  const { conversationId, life, revision, contactId, sentiment } = JSON.parse(body) as Body;
  const sentiments = sentiment?.results.map(({ Sentiment }) => Sentiment) ?? null;
  return { conversationId, life, revision, contactId, sentiments, idempotencyKey };
};
