import { isObject, type Json, type JsonObject } from '../../../src/core/json';

/** What a type is made of beside itself. */
export interface References {
  /** A type of `core/json`. */
  readonly json: (name: string) => void;
  /** The type of another subject, by `$ref`. */
  readonly schema: (path: string) => string;
}

const combining = ['anyOf', 'oneOf', 'allOf'];
const kept = ['type', 'description', 'enum', 'const', 'required'];

const openNames: Readonly<Record<string, string>> = { object: 'JsonObject', array: 'readonly Json[]', integer: 'number' };

const textsOf = (value: Json | undefined): readonly string[] =>
  [value].flat().filter((one): one is string => typeof one === 'string');

const membersOf = (schema: JsonObject, keywords: readonly string[]): readonly (readonly [string, Json])[] =>
  keywords.flatMap((keyword) => (schema[keyword] === undefined ? [] : [[keyword, schema[keyword]] as const]));

const mapValues = (value: Json, change: (member: Json) => Json): Json =>
  Array.isArray(value)
    ? value.map((member: Json) => change(member))
    : Object.fromEntries(Object.entries(isObject(value) ? value : {}).map(([key, member]) => [key, change(member)]));

/** What a schema leaves open is JSON, and an object that it does not describe a JSON object: `unknown` would say less. */
const openType = (schema: JsonObject): string | null => {
  if (membersOf(schema, [...combining, 'enum', 'const', 'properties']).length > 0) return null;
  const types = textsOf(schema['type']);
  if (types.length === 0) return 'Json';
  if (!types.includes('object') || isObject(schema['additionalProperties'])) return null;
  return types.map((type) => openNames[type] ?? type).join(' | ');
};

/**
 * A schema in the words that the compiler of types understands. What only narrows values (bounds, patterns, formats) has no
 * type; titles would become names of their own; openness would make every misspelt field a known one.
 */
export const plainSchema = (schema: JsonObject, references: References): JsonObject => {
  const plain = (value: Json): Json => {
    const inner = isObject(value) ? value : {};
    const reference = inner['$ref'];
    const type = typeof reference === 'string' ? references.schema(reference) : openType(inner);
    if (type === null) return plainSchema(inner, references);
    for (const [name] of type.matchAll(/\bJson(Object)?\b/g)) references.json(name);
    return { tsType: type, ...Object.fromEntries(membersOf(inner, ['description'])) };
  };
  const isMap = isObject(schema['additionalProperties']);
  const isList = textsOf(schema['type']).includes('array');
  return Object.fromEntries([
    ...membersOf(schema, kept),
    ...membersOf(schema, ['properties', ...combining]).map(([keyword, value]) => [keyword, mapValues(value, plain)] as const),
    ...(isMap ? [['additionalProperties', plain(schema['additionalProperties'] ?? {})] as const] : []),
    ...(isList ? [['items', plain(schema['items'] ?? {})] as const] : []),
  ]);
};
