import { isObject, type Json, type JsonObject } from '../json';

/** Somewhere in a value, named so that it can be logged and counted: no item numbers, no keys that the sender chose freely. */
export interface Place {
  /** JSONPath: `$.detail.eventBody`, `$.callbackNumbers[*]`, `$.attributes.*`. */
  readonly path: string;
  /** Undefined where there is nothing. */
  readonly value: Json | undefined;
}

/** A field's name as its author would write it. Any other key may be anything, a phone number too. */
const plainName = /^[A-Za-z_][\w-]{0,63}$/;

export const memberPath = (path: string, key: string): string => (plainName.test(key) ? `${path}.${key}` : `${path}['…']`);
export const itemPath = (path: string): string => `${path}[*]`;
/** A member of a map: its key is data. */
export const entryPath = (path: string): string => `${path}.*`;

/** The schema of a named property; null for a name that the schema does not know. `constructor` is only a name. */
export const propertySchema = (schema: JsonObject, key: string): JsonObject | null => {
  const properties = schema['properties'];
  const found = isObject(properties) && Object.hasOwn(properties, key) ? properties[key] : null;
  return isObject(found) ? found : null;
};

/** The schema of a map's values, of a list's items; null where the schema has none. */
export const entrySchema = (schema: JsonObject): JsonObject | null => schemaUnder(schema, 'additionalProperties');
export const itemSchema = (schema: JsonObject): JsonObject | null => schemaUnder(schema, 'items');

const schemaUnder = (schema: JsonObject, keyword: string): JsonObject | null => {
  const found = schema[keyword];
  return isObject(found) ? found : null;
};

const step = (
  schema: JsonObject,
  path: string,
  value: Json | undefined,
  key: string,
): Place & { readonly schema: JsonObject } => {
  if (isList(value)) return { path: itemPath(path), value: value[Number(key)], schema: itemSchema(schema) ?? {} };
  const inside = isObject(value) && Object.hasOwn(value, key) ? value[key] : undefined;
  const property = propertySchema(schema, key);
  const entry = property === null ? entrySchema(schema) : null;
  return entry === null
    ? { path: memberPath(path, key), value: inside, schema: property ?? {} }
    : { path: entryPath(path), value: inside, schema: entry };
};

/** Follows keys into a value and its schema side by side. */
export const placeAt = (schema: JsonObject, value: Json, keys: readonly string[]): Place => {
  let at: Place & { readonly schema: JsonObject } = { path: '$', value, schema };
  for (const key of keys) at = step(at.schema, at.path, at.value, key);
  return at;
};

export const isList = (value: Json | undefined): value is readonly Json[] => Array.isArray(value);

/** JSON's name for what is there; whole numbers are told from others. */
export const typeOf = (value: unknown): string => {
  if (value === undefined) return 'nothing';
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'array';
  return Number.isInteger(value) ? 'integer' : typeof value;
};
