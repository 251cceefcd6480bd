import type { IncomingMessage } from 'node:http';
import type { Post } from '../../core/ingest/post';
import type { Refusal } from '../../core/ingest/problem';

/*
 * What the head of a post says. The webhooks that this door is for send fixed headers only: `X-Idempotency-Key` with the conversation's
 * id in the place of `${data.id}`, which may also arrive as it stands there, unresolved: then every post has the same key, and only the body tells them apart.
 */

export const travellingHeaders = { idempotencyKey: 'x-idempotency-key', eventType: 'x-event-type' } as const;

export const longestHeader = 256;

const usable = new RegExp(`^[\\x20-\\x7e]{0,${longestHeader}}$`);

type Travelling = Pick<Post, 'idempotencyKey' | 'eventType'>;

const refuse = (problem: Refusal['problem'], detail: string): Refusal => ({ problem, detail });

const isRefusal = (value: string | null | Refusal): value is Refusal => typeof value === 'object' && value !== null;

/** Null where it is absent, or empty. */
const one = ({ headersDistinct }: IncomingMessage, name: string): string | null | Refusal => {
  const found = headersDistinct[name] ?? [];
  if (found.length > 1) return refuse('bad-header', `Expected ${name} once, got it ${found.length} times.`);
  const [value = ''] = found;
  if (!usable.test(value))
    return refuse(
      'bad-header',
      `Expected ${name} to be at most ${longestHeader} printable ASCII characters, got others, or more.`,
    );
  return value.trim() === '' ? null : value;
};

export const travelling = (request: IncomingMessage): Travelling | Refusal => {
  const idempotencyKey = one(request, travellingHeaders.idempotencyKey);
  if (isRefusal(idempotencyKey)) return idempotencyKey;
  const eventType = one(request, travellingHeaders.eventType);
  return isRefusal(eventType) ? eventType : { idempotencyKey, eventType };
};

const charsetOf = (contentType: string): string | undefined => /;\s*charset\s*=\s*"?([^\s";]*)/i.exec(contentType)?.[1];

const isJson = (contentType: string): boolean =>
  /^application\/json\s*(?:;|$)/i.test(contentType) && /^utf-?8$/i.test(charsetOf(contentType) ?? 'utf-8');

/** Whether a body of this kind can be taken, before it is read. CloudEvents are not: no worker knows their envelope. */
export const judgeBodyHead = ({ headers }: IncomingMessage, maxBodyBytes: number): Refusal | null => {
  if (!isJson(headers['content-type'] ?? ''))
    return refuse('wrong-content-type', 'Expected Content-Type application/json, in UTF-8, got none or another.');
  if (!/^(?:identity)?$/i.test(headers['content-encoding'] ?? ''))
    return refuse('wrong-content-type', 'Expected a body without Content-Encoding, got one that is encoded.');
  return Number(headers['content-length'] ?? 0) > maxBodyBytes ? tooLarge(maxBodyBytes) : null;
};

export const tooLarge = (maxBodyBytes: number): Refusal =>
  refuse('too-large', `Expected a body of at most ${maxBodyBytes} bytes, got more.`);

/** As many bytes as its body may have. One that is not announced may have as many as are taken. */
export const announcedBytes = ({ headers }: IncomingMessage, maxBodyBytes: number): number => {
  if (headers['transfer-encoding'] !== undefined) return maxBodyBytes;
  return Math.min(Number(headers['content-length'] ?? 0), maxBodyBytes);
};
