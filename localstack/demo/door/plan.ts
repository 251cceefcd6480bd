import type { Chance } from '../../traffic/chance';
import type { PlannedMessage, RejectionReason } from '../../traffic/traffic';
import { badProofs, goodProofs, type Proof } from './proof';

/*
 * What is posted of a wave. The door takes every message whose shape is known, whatever is wrong inside. What it must refuse is posted,
 * too, and goes straight to the queue as well: the workers have to set it aside.
 */

/** What the door must say to a post that it can never take: the status, and the name of the problem. */
export interface Refused {
  readonly status: number;
  readonly problem: string;
}

export interface PlannedPost {
  readonly body: string;
  /** As the seed's senders have it: the conversation's id, which many bodies share. Null: none is sent. */
  readonly key: string | null;
  readonly proof: Proof;
  /** Null: it must be accepted. */
  readonly refused: Refused | null;
  /** Sent once more when it has been answered. */
  readonly again: boolean;
}

type Message = Pick<PlannedMessage, 'body' | 'conversationId' | 'rejects'>;

/** The door's default. */
const maxBodyBytes = 262_144;

const refusals: Readonly<Partial<Record<RejectionReason, Refused>>> = {
  'not-json': { status: 400, problem: 'not-json' },
  'too-deep': { status: 400, problem: 'too-deep' },
  'not-object': { status: 422, problem: 'unknown-envelope' },
  'unknown-envelope': { status: 422, problem: 'unknown-envelope' },
};

const unauthenticated: Refused = { status: 401, problem: 'unauthenticated' };

/** Null: it is taken. */
export const refusalOf = ({ body, rejects }: Pick<Message, 'body' | 'rejects'>): Refused | null =>
  Buffer.byteLength(body) > maxBodyBytes
    ? { status: 413, problem: 'too-large' }
    : ((rejects && refusals[rejects.reason]) ?? null);

/** A header holds no letters beyond ASCII; a UUID stays as it is. */
const keyOf = ({ conversationId }: Message): string | null =>
  conversationId === null ? null : encodeURIComponent(conversationId);

const shareSentAgain = 0.05;

const postOf = (message: Message, chance: Chance): PlannedPost => {
  const key = keyOf(message);
  const refused = refusalOf(message);
  const again = key !== null && refused === null && chance.happens(shareSentAgain);
  return { body: message.body, key, proof: chance.pick(goodProofs), refused, again };
};

const plainId = /^[0-9a-f-]{36}$/;

/** Events of conversations that nobody knows, posted by somebody who cannot prove himself: no record may come of them. */
const strangers = (messages: readonly Message[], chance: Chance): readonly PlannedPost[] => {
  const models = messages.filter(({ conversationId, rejects }) => !rejects && plainId.test(conversationId ?? ''));
  if (models.length === 0) return [];
  return badProofs.map((proof) => {
    const { body, conversationId } = chance.pick(models);
    const key = chance.uuid();
    return { body: body.replaceAll(conversationId!, key), key, proof, refused: unauthenticated, again: false };
  });
};

export interface Consignment<M extends Message> {
  readonly posts: readonly PlannedPost[];
  /** To the queue itself. */
  readonly others: readonly M[];
}

export const planPosts = <M extends Message>(messages: readonly M[], chance: Chance): Consignment<M> => ({
  posts: [...messages.map((message) => postOf(message, chance)), ...strangers(messages, chance)],
  others: messages.filter((message) => refusalOf(message) !== null),
});
