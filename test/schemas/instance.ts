import fc from 'fast-check';
import { isObject, type Json, type JsonObject } from '../../src/core/json';
import type { Chance } from '../simulation/chance';

/*
 * Draws values that a schema of the registry allows. One state of chance, one value. It speaks the keywords that the registry
 * uses and throws at any other: a keyword that it passed over would make values that are not valid.
 */

/** How to draw. */
export interface Draw {
  readonly chance: Chance;
  /** Share of the optional fields that are there: 0 the fewest that are valid, 1 all of them. */
  readonly presence: number;
  /** Share of the optional fields that are null instead: valid to the registry, which takes null for absent, not to plain JSON Schema. */
  readonly nulls: number;
  /** Which value of each enum, which bound of each number and list: so many turns show them all. Null: by chance. */
  readonly turn: number | null;
  /** The schema that a `$ref` names. */
  readonly resolve?: (ref: string) => JsonObject;
}

const spoken: ReadonlySet<string> = new Set([
  ...['$schema', '$id', '$ref', '$defs', '$comment', 'title', 'description', 'x-since', 'default', 'examples', 'deprecated'],
  ...['type', 'enum', 'const', 'format', 'pattern', 'minLength', 'maxLength', 'minimum', 'maximum'],
  ...['properties', 'required', 'additionalProperties', 'propertyNames', 'items', 'minItems', 'maxItems', 'anyOf', 'oneOf'],
]);

const choose = <T>(items: readonly T[], { chance, turn }: Draw): T => {
  const first = items[0];
  if (first === undefined) throw new Error('Expected something to choose from, got an empty list.');
  return items[turn === null ? chance.whole(0, items.length - 1) : turn % items.length] ?? first;
};

const numberOr = (value: unknown, otherwise: number): number => (typeof value === 'number' ? value : otherwise);

/** RFC 3339 in every dress that it allows. */
const instants = [
  ...['2026-08-05T12:34:56.789Z', '1970-01-01T00:00:00Z', '2026-08-05T12:34:56+02:00', '2026-08-05t12:34:56z'],
  ...['2026-08-05T12:34:56.123456789Z', '9999-12-31T23:59:59.999Z', '2024-02-29T23:59:59.9-11:30'],
];

const texts = ['some text', 'x', '+15555550100', 'tel:+15555550100', 'naïve café 日本語 😀', 'a "quoted"\n\ttext\\', '__proto__'];

const drawPattern = (pattern: string, { chance }: Draw): string => {
  const seed = chance.whole(0, 2 ** 31 - 1);
  return fc.sample(fc.stringMatching(new RegExp(pattern, 'u')), { numRuns: 1, seed })[0] ?? '';
};

const drawText = (schema: JsonObject, draw: Draw): string => {
  if (schema['format'] === 'date-time') return choose(instants, draw);
  if (schema['format'] !== undefined) throw new Error(`Expected the format date-time, got ${JSON.stringify(schema['format'])}.`);
  if (typeof schema['pattern'] === 'string') return drawPattern(schema['pattern'], draw);
  const least = numberOr(schema['minLength'], 0);
  const drawn = choose([draw.chance.uuid(), ...texts, ...(least === 0 ? [''] : []), 'y'.repeat(300)], draw);
  // Characters, not units: a pair cut in two would be no text.
  return Array.from(drawn.padEnd(least, 'z')).slice(0, numberOr(schema['maxLength'], 1_000)).join('');
};

/** Bounds, what lies beside them, and the numbers that programs stumble over first. */
const drawNumber = (schema: JsonObject, isWhole: boolean, draw: Draw): number => {
  const least = numberOr(schema['minimum'], isWhole ? Number.MIN_SAFE_INTEGER : -1e300);
  const most = numberOr(schema['maximum'], isWhole ? Number.MAX_SAFE_INTEGER : 1e300);
  const plain = [least, most, 0, 1, least + 1, most - 1, 1_786_000_000_000, 2 ** 31, 253_402_300_800_000, -1, -(2 ** 31)];
  const candidates = isWhole ? plain : [...plain, 0.5, 1e-7, 12.345, -0.25];
  return choose(
    candidates.filter((number) => number >= least && number <= most),
    draw,
  );
};

const drawList = (schema: JsonObject, draw: Draw): Json => {
  const items = isObject(schema['items']) ? schema['items'] : {};
  const least = numberOr(schema['minItems'], 0);
  const length = Math.min(Math.max(least, choose([1, 2, 0, 5], draw)), numberOr(schema['maxItems'], 1_000));
  // Each item another turn: a list shows as many values of an enum as it has items.
  return Array.from({ length }, (_, at) => drawInstance(items, { ...draw, turn: draw.turn === null ? null : draw.turn + at }));
};

const mapKeys = ['key', 'Customer Number', '', 'ключ', '__proto__', 'constructor', 'a.b'];

const drawMap = (schema: JsonObject, entry: JsonObject, draw: Draw): readonly (readonly [string, Json])[] => {
  const names = schema['propertyNames'];
  const count = choose([1, 3, 0, mapKeys.length], draw);
  const keys = Array.from({ length: count }, (_, at) => (isObject(names) ? drawText(names, draw) : (mapKeys[at] ?? 'key')));
  return keys.map((key) => [key, drawInstance(entry, draw)] as const);
};

const drawObject = (schema: JsonObject, draw: Draw): JsonObject => {
  const { chance, presence, nulls } = draw;
  const properties = isObject(schema['properties']) ? schema['properties'] : {};
  const required = new Set(Array.isArray(schema['required']) ? (schema['required'] as readonly string[]) : []);
  const members = Object.entries(properties).flatMap(([key, property]): readonly (readonly [string, Json])[] => {
    if (!required.has(key) && !chance.is(presence)) return [];
    if (!required.has(key) && chance.is(nulls)) return [[key, null]];
    return [[key, drawInstance(isObject(property) ? property : {}, draw)]];
  });
  const entry = schema['additionalProperties'];
  const entries = isObject(entry) && chance.is(presence) ? drawMap(schema, entry, draw) : [];
  return Object.fromEntries([...entries.filter(([key]) => !Object.hasOwn(properties, key)), ...members]);
};

const anything: readonly Json[] = ['text', 0, 1.5, true, {}, [], { a: { b: ['c', null] } }];

const drawType = (schema: JsonObject, type: unknown, draw: Draw): Json => {
  switch (type) {
    case 'object':
      return drawObject(schema, draw);
    case 'array':
      return drawList(schema, draw);
    case 'string':
      return drawText(schema, draw);
    case 'integer':
    case 'number':
      return drawNumber(schema, type === 'integer', draw);
    case 'boolean':
      return choose([true, false], draw);
    case 'null':
      return null;
    case undefined:
      return choose(anything, draw);
    default:
      throw new Error(`Expected a type of JSON Schema, got ${JSON.stringify(type)}.`);
  }
};

const impliedType = (schema: JsonObject): Json | undefined =>
  schema['type'] ?? (isObject(schema['properties']) ? 'object' : isObject(schema['items']) ? 'array' : undefined);

/** One alternative taken into the schema around it. */
const withBranch = (schema: JsonObject, draw: Draw): JsonObject => {
  const { anyOf, oneOf, ...rest } = schema;
  const branch = choose((anyOf ?? oneOf) as readonly JsonObject[], draw);
  return merge(rest, branch);
};

const merge = (one: JsonObject, other: JsonObject): JsonObject => {
  const of = (schema: JsonObject, keyword: string): JsonObject => (isObject(schema[keyword]) ? schema[keyword] : {});
  const properties = { ...of(one, 'properties') };
  for (const [key, property] of Object.entries(of(other, 'properties'))) {
    const known = properties[key];
    properties[key] = isObject(known) ? merge(known, isObject(property) ? property : {}) : isObject(property) ? property : {};
  }
  const required = [one, other].flatMap((schema) => (schema['required'] ?? []) as readonly string[]);
  const hasProperties = Object.keys(properties).length > 0;
  return { ...one, ...other, ...(required.length > 0 ? { required } : {}), ...(hasProperties ? { properties } : {}) };
};

const follow = (schema: JsonObject, ref: string, { resolve }: Draw): JsonObject => {
  if (!resolve) throw new Error(`Expected a way to resolve ${ref}, got none; pass \`resolve\`.`);
  return merge(resolve(ref), Object.fromEntries(Object.entries(schema).filter(([keyword]) => keyword !== '$ref')));
};

/** A value that the schema allows. */
export const drawInstance = (schema: JsonObject, draw: Draw): Json => {
  const unspoken = Object.keys(schema).filter((keyword) => !spoken.has(keyword));
  if (unspoken.length > 0) throw new Error(`Expected keywords that can be drawn, got ${unspoken.join(', ')}; teach test/schemas/instance.ts.`);
  if (typeof schema['$ref'] === 'string') return drawInstance(follow(schema, schema['$ref'], draw), draw);
  if (schema['anyOf'] !== undefined || schema['oneOf'] !== undefined) return drawInstance(withBranch(schema, draw), draw);
  if (schema['const'] !== undefined) return schema['const'];
  if (Array.isArray(schema['enum'])) return choose(schema['enum'] as readonly Json[], draw);
  const type = impliedType(schema);
  return drawType(schema, Array.isArray(type) ? choose(type as readonly Json[], draw) : type, draw);
};

/** The most values of any enum in the schema: so many turns show them all. Never fewer than show every text and bound. */
export const turnsOf = (schema: Json): number => {
  if (typeof schema !== 'object' || schema === null) return 15;
  const own = isObject(schema) && Array.isArray(schema['enum']) ? schema['enum'].length : 0;
  return Math.max(own, ...Object.values(schema as JsonObject).map(turnsOf), 15);
};
