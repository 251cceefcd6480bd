import { isObject, type Json, type JsonObject } from '../../json';
import { hasFreeKeys, hasFreeKeysAtRoot, isFieldName } from './infer-keys';
import { isList, typeOf } from '../place';

/** Deeper than Genesys's own payloads go; below it anything is taken. */
const deepest = 12;

/** Null is absent; a number past JavaScript's is no number to a validator. */
export const isPresent = (value: Json | undefined): value is Exclude<Json, null> =>
  value !== null && value !== undefined && (typeof value !== 'number' || Number.isFinite(value));

/** An object's own members of one name, over many objects. */
export const valuesOf = (objects: readonly JsonObject[], key: string): readonly Json[] =>
  objects.flatMap((object) => (Object.hasOwn(object, key) ? [object[key] ?? null] : []));

export const itemsOf = (lists: readonly (readonly Json[])[]): readonly Json[] => lists.flat();

/** Every member of many objects, whatever its key. */
export const entriesOf = (objects: readonly JsonObject[]): readonly Json[] => objects.flatMap((object) => Object.values(object));

/** The words of a list, or the one word: `type` and `required` are written so. */
export const textsOf = (value: Json | undefined): readonly string[] =>
  (isList(value) ? value : [value]).filter((one) => typeof one === 'string');

/** One type as a word, several as a list; whole numbers are numbers. */
export const typeKeyword = (types: readonly string[]): string | readonly string[] => {
  const distinct = [...new Set(types)].filter((type) => type !== 'integer' || !types.includes('number'));
  return distinct.length === 1 ? (distinct[0] ?? '') : distinct;
};

const inferMembers = (objects: readonly JsonObject[], name: string | null, level: number): JsonObject => {
  const isMap = name === null ? hasFreeKeysAtRoot(objects) : hasFreeKeys(objects, name);
  if (isMap) return { additionalProperties: inferAt(entriesOf(objects), '', level + 1) };
  const properties = inferProperties(objects, level);
  return Object.keys(properties).length === 0 ? {} : { properties };
};

const inferProperties = (objects: readonly JsonObject[], level: number): JsonObject => {
  const keys = [...new Set(objects.flatMap((object) => Object.keys(object)))].filter(isFieldName).sort();
  const known = keys.map((key) => ({ key, values: valuesOf(objects, key) })).filter(({ values }) => values.some(isPresent));
  return Object.fromEntries(known.map(({ key, values }) => [key, inferAt(values, key, level + 1)]));
};

const inferAt = (all: readonly Json[], name: string | null, level: number): JsonObject => {
  const values = all.filter(isPresent);
  if (values.length === 0 || level > deepest) return {};
  const types = [...new Set(values.map(typeOf))].sort();
  const lists = values.filter(isList);
  const items = itemsOf(lists);
  return {
    type: typeKeyword(types),
    ...(types.includes('object') ? inferMembers(values.filter(isObject), name, level) : {}),
    ...(items.some(isPresent) ? { items: inferAt(items, name, level + 1) } : {}),
  };
};

/**
 * A schema that samples of one field are valid by: types and names of fields, never a value. No enum, pattern, limit or
 * example is made of what customers wrote, and of keys only those that are names. Nothing is required. The order of the
 * samples does not matter.
 */
export const inferSchema = (values: readonly Json[], name: string): JsonObject => inferAt(values, name, 1);

/** The same for whole bodies of events. */
export const inferBody = (bodies: readonly JsonObject[]): JsonObject => inferAt(bodies, null, 0);
