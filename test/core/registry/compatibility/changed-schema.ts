import { isObject, type Json, type JsonObject } from '../../../../src/core/json';
import type { Chance } from '../../../simulation/chance';

/* Draws a small schema, and another that somebody could have made of it. */

type Mutable = Record<string, Json>;

const names = ['a', 'b', 'c', 'd'] as const;
const words = ['x', 'y', 'z'] as const;

const drawLeaf = (chance: Chance): JsonObject =>
  chance.pick<JsonObject>([
    { type: 'string' },
    { type: 'string', minLength: 1, maxLength: 40 },
    { type: 'string', format: 'date-time' },
    { type: 'string', pattern: '^[a-z]{2}$' },
    { type: 'string', enum: ['x', 'y'] },
    { enum: ['x', 1, true] },
    { const: 1 },
    { type: 'integer', minimum: 0, maximum: 9 },
    { type: 'integer' },
    { type: 'number' },
    { type: 'boolean' },
    { type: ['string', 'integer'] },
    { type: ['string', 'null'] },
    {},
  ]);

const drawObject = (chance: Chance, depth: number): JsonObject => {
  const properties = Object.fromEntries(
    names.filter(() => chance.is(0.5)).map((name) => [name, drawSchema(chance, depth - 1)] as const),
  );
  const required = Object.keys(properties).filter(() => chance.is(0.3));
  const choice: JsonObject = {
    anyOf: [
      { type: 'object', properties: { a: true }, required: ['a'] },
      { type: 'object', properties: { b: drawLeaf(chance) }, required: ['b'] },
    ],
  };
  return {
    type: 'object',
    properties,
    ...(required.length > 0 ? { required } : {}),
    ...(chance.is(0.2) ? { additionalProperties: chance.is(0.5) ? false : drawLeaf(chance) } : {}),
    ...(chance.is(0.15) ? choice : {}),
  };
};

const drawSchema = (chance: Chance, depth: number): JsonObject => {
  if (depth > 0 && chance.is(0.35)) return drawObject(chance, depth);
  if (depth > 0 && chance.is(0.2)) return { type: 'array', items: drawSchema(chance, depth - 1) };
  return drawLeaf(chance);
};

/** An object, as everything in the registry is. */
export const drawRoot = (chance: Chance): JsonObject => drawObject(chance, 2);

/** Every schema in a schema, itself first. */
const schemasIn = (schema: Json): readonly Mutable[] => {
  if (!isObject(schema)) return [];
  const named = isObject(schema['properties']) ? Object.values(schema['properties']) : [];
  const branches = Array.isArray(schema['anyOf']) ? (schema['anyOf'] as readonly Json[]) : [];
  const inner = [...named, ...branches, schema['items'] ?? null, schema['additionalProperties'] ?? null];
  return [schema, ...inner.flatMap(schemasIn)];
};

const listIn = (schema: Mutable, keyword: string): readonly Json[] =>
  Array.isArray(schema[keyword]) ? (schema[keyword] as readonly Json[]) : [];

const changeObject = (schema: Mutable, chance: Chance): void => {
  const properties: Mutable = { ...(isObject(schema['properties']) ? schema['properties'] : {}) };
  const required = listIn(schema, 'required');
  const name = chance.pick(names);
  chance.pick<() => unknown>([
    () => (properties[name] = drawSchema(chance, 1)),
    () => Reflect.deleteProperty(properties, name),
    () => (properties[name] ??= drawLeaf(chance)),
    () => (schema['required'] = [...new Set([...required, ...(Object.hasOwn(properties, name) ? [name] : [])])]),
    () => (schema['required'] = required.filter((one) => one !== name)),
    () => (schema['additionalProperties'] = chance.pick<Json>([true, false, drawLeaf(chance)])),
    () => delete schema['additionalProperties'],
    () => delete schema['anyOf'],
  ])();
  // Strict Ajv wants what is required to be named.
  schema['required'] = listIn(schema, 'required').filter((one) => typeof one === 'string' && Object.hasOwn(properties, one));
  schema['properties'] = properties;
};

const changeLeaf = (schema: Mutable, chance: Chance): void => {
  const known = listIn(schema, 'enum');
  chance.pick<() => unknown>([
    () => (schema['enum'] = [...new Set([...known, chance.pick(words)])]),
    () => (schema['enum'] = known.length > 1 ? known.slice(1) : known),
    () => delete schema['enum'],
    () => delete schema['const'],
    () =>
      (schema['type'] = chance.pick<Json>(['string', 'integer', 'number', ['string', 'integer'], ['string', 'null'], 'boolean'])),
    () => (schema['minimum'] = chance.whole(-1, 2)),
    () => (schema['maximum'] = chance.whole(8, 10)),
    () => (schema['minLength'] = chance.whole(0, 2)),
    () =>
      Reflect.deleteProperty(schema, chance.pick(['minimum', 'maximum', 'minLength', 'maxLength', 'pattern', 'format', 'type'])),
    () => (schema['description'] = 'other words'),
  ])();
  if (listIn(schema, 'enum').length === 0) delete schema['enum'];
};

const changeOnce = (root: JsonObject, chance: Chance): JsonObject => {
  const copy = structuredClone(root);
  const [first, ...others] = schemasIn(copy);
  const schema = chance.pick([first ?? {}, ...others]);
  if (schema['type'] === 'object') changeObject(schema, chance);
  else if (schema['type'] === 'array') schema['items'] = drawSchema(chance, 1);
  else if (chance.is(0.3)) Object.assign(schema, drawLeaf(chance));
  else changeLeaf(schema, chance);
  return copy;
};

/** The schema after a few changes, most of them small. */
export const changeSchema = (root: JsonObject, chance: Chance): JsonObject => {
  let changed = root;
  for (let left = chance.pick([1, 1, 1, 2, 3]); left > 0; left -= 1) changed = changeOnce(changed, chance);
  return changed;
};
