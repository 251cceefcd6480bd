import { isObject, type Json, type JsonObject } from '../json';
import { limits, utf8Bytes } from '../limits';
import type { Rejection } from '../rejection';

/** Deepest nesting taken in one text. Genesys's own payloads stay below 12. */
const maxDepth = 100;

const count = (text: string, bracket: string, most: number): number => {
  let found = 0;
  for (let at = text.indexOf(bracket); at >= 0 && found <= most; at = text.indexOf(bracket, at + 1)) found++;
  return found;
};

/**
 * Counts brackets in the text, before it is parsed: depth is what a hostile sender would use against the stack of whatever
 * walks the value, and half a million levels take a parser longer than everything else that a message could ask for.
 */
const isTooDeep = (text: string): boolean => {
  // Few brackets cannot nest deep, wherever they stand: true of nearly every message.
  if (count(text, '{', maxDepth) + count(text, '[', maxDepth) <= maxDepth) return false;
  let depth = 0;
  let isInString = false;
  for (let at = 0; at < text.length; at++) {
    const character = text[at];
    if (isInString && character === '\\') at++;
    else if (character === '"') isInString = !isInString;
    else if (!isInString && (character === '{' || character === '[') && ++depth > maxDepth) return true;
    else if (!isInString && (character === '}' || character === ']')) depth--;
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
  // A character is at most three bytes: short texts need not be measured.
  const isShort = 3 * text.length <= limits.messageBytes;
  const refuse = (reason: Rejection['reason'], detail: string): Rejection => ({ reason, detail, step: 'receive' });
  if (!isShort && utf8Bytes(text) > limits.messageBytes)
    return refuse('too-large', `Expected ${where} to be at most ${limits.messageBytes} bytes, got ${utf8Bytes(text)}.`);
  if (isTooDeep(text)) return refuse('too-deep', `Expected ${where} to nest at most ${maxDepth} deep, it nests deeper.`);
  const parsed = tryParse(text);
  if (parsed === undefined) return refuse('not-json', `Expected ${where} to be JSON, got ${utf8Bytes(text)} bytes that are not.`);
  if (!isObject(parsed)) return refuse('not-object', `Expected ${where} to be a JSON object, got ${jsonType(parsed)}.`);
  return { object: parsed };
};
