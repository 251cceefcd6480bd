import { readEnvelope } from '../core/formats/envelope';
import { attributesOf, type Post } from '../core/ingest/post';
import type { Refusal } from '../core/ingest/problem';
import { attributeBytes, limits, utf8Bytes } from '../core/limits';
import type { Rejection } from '../core/rejection';

const isJson = (text: string): boolean => {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
};

/** What the worker would say of the message, as a problem of the post. A rejection's detail names kinds and limits, never values. */
const refusalOf = ({ reason, detail }: Rejection, body: string): Refusal => {
  switch (reason) {
    case 'not-json':
      // It may be of a text within: then the post is JSON, and its wrapper holds no event.
      return { problem: isJson(body) ? 'unknown-envelope' : 'not-json', detail };
    case 'too-deep':
    case 'too-large':
      return { problem: reason, detail };
    case 'not-object':
    case 'unknown-envelope':
    case 'unknown-type':
    case 'invalid':
    case 'foreign-source':
      return { problem: 'unknown-envelope', detail };
  }
};

export const sizeOf = (post: Post): number => utf8Bytes(post.body) + attributeBytes(attributesOf(post));

/** Why a post can never be taken, or null. Only its shape is judged: what an event says is the worker's to judge. */
export const recognise = (post: Post): Refusal | null => {
  const bytes = sizeOf(post);
  if (bytes > limits.messageBytes) {
    const expected = `Expected the body and the headers that travel with it to be at most ${limits.messageBytes} bytes`;
    return { problem: 'too-large', detail: `${expected}, got ${bytes}.` };
  }
  const envelope = readEnvelope(post.body);
  return 'reason' in envelope ? refusalOf(envelope, post.body) : null;
};
