import { isObject, type Json } from '../../core/json';

const width = 130;

/** A list of words stands on one line where it fits between what else is on it. */
const onOneLine = (items: readonly Json[], room: number): string | null => {
  if (items.some((item) => typeof item === 'object' && item !== null)) return null;
  const text = `[${items.map((item) => JSON.stringify(item)).join(', ')}]`;
  return text.length <= room ? text : null;
};

const block = (parts: readonly string[], [open, close]: readonly [string, string], indent: number): string => {
  const pad = ' '.repeat(indent);
  return `${open}\n${parts.map((part) => `${pad}  ${part}`).join(',\n')}\n${pad}${close}`;
};

/** `taken`: what else is on its first line, the comma after it included. */
const print = (value: Json, indent: number, taken: number): string => {
  const comma = (at: number, count: number): number => (at < count - 1 ? 1 : 0);
  if (Array.isArray(value)) {
    const items = value as readonly Json[];
    const listed = () => items.map((item, at) => print(item, indent + 2, comma(at, items.length)));
    return onOneLine(items, width - indent - taken) ?? block(listed(), ['[', ']'], indent);
  }
  if (!isObject(value)) return JSON.stringify(value);
  const keys = Object.keys(value);
  const members = keys.map((key, at) => {
    const name = `${JSON.stringify(key)}: `;
    return `${name}${print(value[key] ?? null, indent + 2, name.length + comma(at, keys.length))}`;
  });
  return members.length === 0 ? '{}' : block(members, ['{', '}'], indent);
};

/** A file of the registry, written as the others are. */
export const schemaText = (content: Json): string => `${print(content, 0, 0)}\n`;
