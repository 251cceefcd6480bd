import { isObject, type Json } from '../json';
import { isList } from './place';

/*
 * What stood at a place, for a developer to recognise, with nothing of a customer in it:
 *
 *   "John +1-555"   "Xxxx +0-000"     a text by its shape
 *   1765551600050   0000000000000     a number by its digits
 *   {"a":1,"b":2}   {2 fields}        lists and objects by their size
 *   true, null      as they are
 */

const shownCharacters = 60;

/** What is neither letter, digit nor plain punctuation may say anything, or move a terminal's cursor. */
const maskCharacter = (character: string): string => {
  if (character >= 'a' && character <= 'z') return 'x';
  if (character >= 'A' && character <= 'Z') return 'X';
  if (character >= '0' && character <= '9') return '0';
  if (character >= ' ' && character <= '~') return character;
  if (/\p{Lu}/u.test(character)) return 'X';
  if (/[\p{L}\p{M}]/u.test(character)) return 'x';
  return /\p{N}/u.test(character) ? '0' : '?';
};

const maskText = (text: string): string => {
  const characters = Array.from(text.slice(0, 2 * shownCharacters + 2));
  const shape = characters.slice(0, shownCharacters).map(maskCharacter).join('');
  return characters.length > shownCharacters ? `"${shape}…"` : `"${shape}"`;
};

const sizeOf = (count: number, what: string): string => `${count} ${what}${count === 1 ? '' : 's'}`;

export const maskedExample = (value: Json | undefined): string => {
  if (value === undefined) return 'nothing';
  if (typeof value === 'string') return maskText(value);
  if (typeof value === 'number') return String(value).replaceAll(/\d/g, '0');
  if (isList(value)) return `[${sizeOf(value.length, 'item')}]`;
  if (isObject(value)) return `{${sizeOf(Object.keys(value).length, 'field')}}`;
  return String(value);
};

/** A name out of a list, as its author would write it. */
const constant = /^[A-Z][A-Z0-9_]{0,40}$/;

/** Where the schema lists values, one that looks like a new one is what the developer needs, and nothing of a customer. */
export const enumExample = (value: Json | undefined): string =>
  typeof value === 'string' && constant.test(value) ? `"${value}"` : maskedExample(value);
