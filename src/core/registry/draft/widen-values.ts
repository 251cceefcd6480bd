import type { Json, JsonObject } from '../../json';
import { isPresent, textsOf, typeKeyword } from './infer';
import { isList, typeOf } from '../place';
import type { Where } from './widen-where';

/** A word of a closed set, as its author would write it. Anything else in such a place may be a customer's. */
const isConstant = (value: Json): value is string => typeof value === 'string' && /^[A-Za-z][A-Za-z0-9_-]{0,60}$/.test(value);

/** More new words than any release brings: the set is none. */
const mostNewValues = 25;

const admits = (types: readonly string[], type: string): boolean =>
  types.includes(type) || (type === 'integer' && types.includes('number'));

/** The types of the values that the schema does not know, sorted; none where it asks for no type. */
export const strangeTypes = (schema: JsonObject, values: readonly Json[]): readonly string[] => {
  const known = textsOf(schema['type']);
  if (known.length === 0) return [];
  return [...new Set(values.filter(isPresent).map(typeOf))].filter((type) => !admits(known, type)).sort();
};

const without = (schema: JsonObject, keyword: string): JsonObject =>
  Object.fromEntries(Object.entries(schema).filter(([key]) => key !== keyword));

/** A closed set of another type's values would refuse the new type still. */
export const widenType = (schema: JsonObject, types: readonly string[], { path, note }: Where): JsonObject => {
  if (types.length === 0) return schema;
  const known = textsOf(schema['type']);
  note({ kind: 'type-widened', path, detail: `${known.join(' or ')}, now ${types.join(', ')} too` });
  const open = isList(schema['enum']) ? without(schema, 'enum') : schema;
  return { ...open, type: typeKeyword([...known, ...types]) };
};

export const widenEnum = (schema: JsonObject, values: readonly Json[], { path, note }: Where): JsonObject => {
  const known = schema['enum'];
  if (!isList(known)) return schema;
  const fresh = [...new Set(values.filter(isConstant))].filter((value) => !known.includes(value)).sort();
  if (fresh.length === 0) return schema;
  if (fresh.length > mostNewValues) {
    note({ kind: 'values-opened', path, detail: `no closed set any more: ${fresh.length} new values came` });
    return without(schema, 'enum');
  }
  note({ kind: 'values-added', path, detail: fresh.join(', ') });
  return { ...schema, enum: [...known, ...fresh] };
};
