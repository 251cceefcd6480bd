import { createHash } from 'node:crypto';

/** One post of an event, its body read whole. */
export interface Post {
  readonly body: string;
  /** `X-Idempotency-Key`. The seed's senders put the conversation's id there: many bodies share one. */
  readonly idempotencyKey: string | null;
  /** `X-Event-Type`. Nobody relies on it: the body says what it is. */
  readonly eventType: string | null;
}

/** Names of the SQS message attributes that a post's headers become. */
export const postAttributes = { idempotencyKey: 'idempotency-key', eventType: 'event-type' } as const;

export type PostAttributes = Readonly<Partial<Record<(typeof postAttributes)[keyof typeof postAttributes], string>>>;

export const attributesOf = ({ idempotencyKey, eventType }: Post): PostAttributes => ({
  ...(idempotencyKey === null ? {} : { [postAttributes.idempotencyKey]: idempotencyKey }),
  ...(eventType === null ? {} : { [postAttributes.eventType]: eventType }),
});

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

/**
 * What is kept of a key: a hash of it and of the body, so that the same key with another body is another post, and so that nothing
 * that is kept names a conversation.
 */
export const keyDigest = (idempotencyKey: string, body: string): string => sha256(JSON.stringify([idempotencyKey, sha256(body)]));
