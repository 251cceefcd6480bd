import { isObject, type Json, type JsonObject } from '../../json';
import { entryPath, itemPath, memberPath } from '../place';

/*
 * A topic's schema as Genesys gives it, turned into one as the registry files it. Theirs comes out of Jackson's schema
 * generator: a model is spelled out with an `id` (`urn:jsonschema:v2:…`) where it first occurs, and `$ref` names that id wherever
 * it occurs again, inside itself, too. `#/definitions/…` is followed as well. `type: any` says nothing: what it stands for
 * arrives as text (times, mostly).
 */

/** A place in their schema of which we cannot tell what it says. */
export interface Unreadable {
  readonly path: string;
  readonly why: string;
}

export interface FromGenesys {
  /** Types, properties, items, maps and enums, no references; `{}` says nothing. Cycles and what lies too deep end in `{}`. */
  readonly schema: JsonObject;
  readonly unreadable: readonly Unreadable[];
}

/** Levels of objects and lists. What is filed has fewer. */
const deepest = 8;
/** Places in one schema; a graph of references could unfold to any number. */
const mostPlaces = 5_000;
const types: ReadonlySet<Json> = new Set(['object', 'array', 'string', 'integer', 'number', 'boolean']);
/** Words that say more than we read. Jackson writes none of them. */
const unread = ['allOf', 'anyOf', 'oneOf', 'not', 'if', 'patternProperties'];

/** Schemas by their `id`, `$id` or place among the definitions. In a map: an id may be called `__proto__`. */
const indexOf = (root: JsonObject): ReadonlyMap<string, JsonObject> => {
  const found = new Map<string, JsonObject>();
  const waiting: Json[] = [root];
  for (let seen = 0; waiting.length > 0 && seen < 100 * mostPlaces; seen++) {
    const at = waiting.pop() ?? null;
    if (typeof at !== 'object' || at === null) continue;
    if (isObject(at)) for (const id of [at['id'], at['$id']]) if (typeof id === 'string' && !found.has(id)) found.set(id, at);
    waiting.push(...Object.values(at as JsonObject).slice(0, mostPlaces));
  }
  for (const place of ['definitions', '$defs']) {
    for (const [name, schema] of Object.entries(isObject(root[place]) ? root[place] : {})) {
      if (isObject(schema)) found.set(`#/${place}/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`, schema);
    }
  }
  return found.set('#', root);
};

interface Place {
  readonly path: string;
  /** The schemas and references that we are inside of. */
  readonly inside: readonly JsonObject[];
  readonly level: number;
}

const typeOfSchema = (schema: JsonObject): Json | undefined => {
  const { type } = schema;
  const several = Array.isArray(type) ? (type as readonly Json[]).filter((one) => one !== 'null') : [];
  if (several.length > 0) return several.length === 1 ? several[0] : several;
  if (type !== undefined && !Array.isArray(type)) return type;
  if (isObject(schema['properties'])) return 'object';
  return Array.isArray(schema['enum']) ? 'string' : undefined;
};

const valuesOf = (schema: JsonObject): readonly string[] =>
  Array.isArray(schema['enum']) ? [...new Set(schema['enum'].filter((value: Json) => typeof value === 'string'))] : [];

type Convert = (schema: Json | undefined, place: Place) => JsonObject;

const objectFrom = (schema: JsonObject, place: Place, convert: Convert): JsonObject => {
  const properties = isObject(schema['properties']) ? Object.entries(schema['properties']) : [];
  if (properties.length > 0) {
    const members = properties.map(([key, member]) => [key, convert(member, { ...place, path: memberPath(place.path, key) })]);
    return { type: 'object', properties: Object.fromEntries(members) as JsonObject };
  }
  const entry = schema['additionalProperties'];
  if (!isObject(entry)) return { type: 'object' };
  return { type: 'object', additionalProperties: convert(entry, { ...place, path: entryPath(place.path) }) };
};

const listFrom = (schema: JsonObject, place: Place, convert: Convert): JsonObject =>
  isObject(schema['items'])
    ? { type: 'array', items: convert(schema['items'], { ...place, path: itemPath(place.path) }) }
    : { type: 'array' };

/** One schema that is no reference. */
const schemaFrom = (schema: JsonObject, place: Place, convert: Convert): JsonObject => {
  const type = typeOfSchema(schema);
  if (type === 'object') return objectFrom(schema, place, convert);
  if (type === 'array') return listFrom(schema, place, convert);
  const values = type === 'string' ? valuesOf(schema) : [];
  return { ...(type === undefined ? {} : { type }), ...(values.length > 0 && { enum: values }) };
};

/** What keeps us from reading a schema that is no reference; null if nothing does. */
const obstacle = (schema: JsonObject): string | null => {
  const word = unread.find((one) => schema[one] !== undefined);
  if (word !== undefined) return `expected plain types, came \`${word}\``;
  const type = typeOfSchema(schema);
  const isKnown = type === undefined || (Array.isArray(type) ? type : [type]).every((one: Json) => types.has(one));
  return isKnown ? null : 'expected a type of JSON Schema, came another';
};

const isAny = (schema: JsonObject): boolean =>
  schema['type'] === 'any' ||
  schema['id'] === 'urn:jsonschema:java:lang:Object' ||
  (Array.isArray(schema['type']) && schema['type'].includes('any'));

/** Reads one topic's schema. Never throws, whatever it is. */
export const fromGenesys = (root: JsonObject): FromGenesys => {
  const index = indexOf(root);
  const unreadable: Unreadable[] = [];
  let places = 0;
  const giveUp = (path: string, why: string): JsonObject => {
    unreadable.push({ path, why });
    return {};
  };
  const convert: Convert = (schema, { path, inside, level }) => {
    if (!isObject(schema))
      return schema === undefined || schema === true ? {} : giveUp(path, 'expected a schema, came another type');
    if (inside.includes(schema) || level > deepest) return {};
    if (++places > mostPlaces)
      return places === mostPlaces + 1 ? giveUp(path, `expected at most ${mostPlaces} places, came more`) : {};
    const within = { path, inside: [...inside, schema], level };
    const reference = schema['$ref'];
    if (reference !== undefined) {
      const target = typeof reference === 'string' ? index.get(reference) : undefined;
      return target
        ? convert(target, within)
        : giveUp(path, 'expected a reference to a schema of this topic, came one to nowhere');
    }
    if (isAny(schema)) return {};
    const why = obstacle(schema);
    return why === null ? schemaFrom(schema, { ...within, level: level + 1 }, convert) : giveUp(path, why);
  };
  return { schema: convert(root, { path: '$', inside: [], level: 0 }), unreadable };
};
