import { isObject, type Json, type JsonObject } from '../json';
import type { Rejection } from '../rejection';

/** Largest body that SQS and EventBridge carry, bytes (since January 2026). */
export const maxBodyBytes = 1_048_576;
/** Deepest nesting taken, wrappers included. Genesys's own payloads stay below 12. */
export const maxDepth = 100;

/** Walks without recursion: depth is what a hostile sender would use against the stack. */
const isTooDeep = (root: Json): boolean => {
  let level: Json[] = [root];
  for (let depth = 0; level.length > 0; depth++) {
    if (depth > maxDepth) return true;
    level = level.flatMap((value) => (Array.isArray(value) || isObject(value) ? Object.values<Json>(value) : []));
  }
  return false;
};

const tryParse = (text: string): Json | undefined => {
  try {
    return JSON.parse(text) as Json;
  } catch {
    return undefined;
  }
};

const jsonType = (value: Json): string => (value === null ? 'null' : Array.isArray(value) ? 'array' : typeof value);

/** The object a text holds, or why it holds none. `where` names the text: the message body, or a field of a wrapper. */
export const parseObject = (text: string, where: string): { readonly object: JsonObject } | Rejection => {
  const bytes = Buffer.byteLength(text);
  const refuse = (reason: Rejection['reason'], detail: string): Rejection => ({ reason, detail, step: 'receive' });
  if (bytes > maxBodyBytes) {
    return refuse('too-large', `Expected ${where} to be at most ${maxBodyBytes} bytes, got ${bytes}.`);
  }
  const parsed = tryParse(text);
  if (parsed === undefined) return refuse('not-json', `Expected ${where} to be JSON, got ${bytes} bytes that are not.`);
  if (!isObject(parsed)) return refuse('not-object', `Expected ${where} to be a JSON object, got ${jsonType(parsed)}.`);
  if (isTooDeep(parsed)) return refuse('too-deep', `Expected ${where} to nest at most ${maxDepth} deep, it nests deeper.`);
  return { object: parsed };
};
