import { createHash, randomUUID } from 'node:crypto';
import { readBodies } from '../generate/bodies';

/** An accepted post: which message it is said to have become, and what it said. */
export interface Accepted {
  readonly messageId: string;
  readonly bodyMd5: string;
}

let events: readonly Record<string, unknown>[] | undefined;

/** Bodies of which no two are the same. */
export const distinctBodies = (count: number): readonly string[] => {
  events ??= readBodies().map((line) => JSON.parse(line) as Record<string, unknown>);
  const known = events;
  return Array.from({ length: count }, (_, index) => JSON.stringify({ ...known[index % known.length], id: randomUUID() }));
};

const messageIdIn = (text: string): string => {
  const { message_id: id } = JSON.parse(text) as { message_id?: unknown };
  return typeof id === 'string' ? id : 'none';
};

export const acceptedOf = (body: string, answer: string): Accepted => ({
  messageId: messageIdIn(answer),
  bodyMd5: createHash('md5').update(body).digest('hex'),
});

/** Accepted, and not in the queue under the id that the sender was told. */
export const lostOf = (accepted: readonly Accepted[], taken: ReadonlyMap<string, string>): readonly Accepted[] =>
  accepted.filter(({ messageId, bodyMd5 }) => taken.get(messageId) !== bodyMd5);
