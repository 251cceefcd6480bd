/** Plain JSON, as `JSON.parse` gives it. */
export type Json = null | boolean | number | string | readonly Json[] | JsonObject;
export interface JsonObject {
  readonly [key: string]: Json;
}

export const isObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The objects of a list; none of what is no list. */
export const objectsIn = (value: unknown): readonly JsonObject[] => (Array.isArray(value) ? value.filter(isObject) : []);

/** A string with at least one character, else null: null, absent and empty are the same to us. */
export const textOrNull = (value: unknown): string | null => (typeof value === 'string' && value !== '' ? value : null);

/** What JSON cannot say in a text without escaping it; any surrogate, because a lone one is escaped, too. */
const escaped = /["\\\u0000-\u001f\ud800-\udfff]/;

/** As JSON.stringify writes it; most texts need nothing but their quotes. */
const quoted = (text: string): string => (escaped.test(text) ? JSON.stringify(text) : `"${text}"`);

/** Longer lists are quicker sorted by what knows more of sorting. */
const fewKeys = 32;

/** By UTF-16 code units, in place: events have few keys, and most of them are in order. */
const sortKeys = (keys: string[]): readonly string[] => {
  if (keys.length > fewKeys) return keys.sort();
  for (const [at, key] of keys.entries()) {
    let to = at;
    for (; to > 0; to--) {
      const before = keys[to - 1] ?? '';
      if (before <= key) break;
      keys[to] = before;
    }
    keys[to] = key;
  }
  return keys;
};

const canonicalList = (list: readonly Json[]): string => {
  let text = '';
  for (const item of list) text += `${text === '' ? '' : ','}${canonicalJson(item)}`;
  return `[${text}]`;
};

/**
 * One text for one content: keys sorted, members that are null left out, no white space. Two bodies that differ only in
 * key order or in nulls hash alike. It builds text, never objects, so a key such as `__proto__` is only a key.
 */
export const canonicalJson = (value: Json): string => {
  if (typeof value === 'string') return quoted(value);
  if (Array.isArray(value)) return canonicalList(value as readonly Json[]);
  if (!isObject(value)) return JSON.stringify(value);
  let text = '{';
  for (const key of sortKeys(Object.keys(value))) {
    const member = value[key];
    if (member === null || member === undefined) continue;
    text += `${text === '{' ? '' : ','}${quoted(key)}:${canonicalJson(member)}`;
  }
  return `${text}}`;
};
