import { isObject, type Json, type JsonObject } from '../../json';
import { exactJson } from '../exact-json';

/** How those read who are given what a schema describes. */
export interface ReadingRules {
  /** Null equals absent: so we read what arrives. In what we emit, null is a value. */
  readonly nullIsAbsent: boolean;
  /** Readers of what we emit pass over fields that they do not know, even where the schema names all of them. */
  readonly ignoresUnknownFields: boolean;
}

/** A schema and the document that its references start from. */
export interface Located {
  readonly schema: JsonObject;
  readonly document: JsonObject;
}

/** Two versions of the schema of one place. */
export interface SchemaPair {
  readonly before: Located;
  readonly after: Located;
  /** JSONPath, as drift has it. */
  readonly path: string;
  readonly rules: ReadingRules;
  /** Any schema of the registry, by its `$id`. */
  readonly find: (id: string) => JsonObject | undefined;
  /** The object around it names all its fields: then a list of values in it is whole, too. */
  readonly isClosed: boolean;
  /** An alternative or a further condition: a field that it does not name is not unknown, it may hold anything. */
  readonly isBranch: boolean;
  /** The branches of what is around it, as text: a field that they name is not unknown either. */
  readonly branches: string;
  /** Pairs around it. Where a schema contains itself, what is assumed of the outer one holds for the inner. */
  readonly around: readonly (readonly [JsonObject, JsonObject])[];
}

/** A part of both versions; without one, anything was or is valid there. */
export const within = (pair: SchemaPair, before: Json | undefined, after: Json | undefined, path: string): SchemaPair => ({
  ...pair,
  path,
  before: { ...pair.before, schema: schemaFrom(before) },
  after: { ...pair.after, schema: schemaFrom(after) },
});

const anything: JsonObject = {};
const nothing: JsonObject = { enum: [] };

/** `true` and `false` are schemas, too. */
const schemaFrom = (value: Json | undefined): JsonObject => {
  if (value === false) return nothing;
  return isObject(value) ? value : anything;
};

/** They say something to people, nothing about what is valid. */
const annotations: ReadonlySet<string> = new Set([
  ...['$schema', '$id', '$comment', '$defs', 'title', 'description', 'x-since'],
  ...['default', 'examples', 'deprecated', 'readOnly', 'writeOnly'],
]);

/** The keywords that decide whether a value is valid. */
export const assertionsOf = (schema: JsonObject): readonly string[] =>
  Object.keys(schema).filter((keyword) => !annotations.has(keyword));

const withoutNotes = (value: Json): Json => {
  if (Array.isArray(value)) return value.map((item: Json) => withoutNotes(item));
  if (!isObject(value)) return value;
  // A property may be called `title`: its schema is no text. A value of `const` is nobody's note.
  const kept = Object.entries(value).filter(([key, inner]) => !annotations.has(key) || typeof inner !== 'string');
  return Object.fromEntries(kept.map(([key, inner]) => [key, key === 'const' || key === 'enum' ? inner : withoutNotes(inner)]));
};

/** Certainly the same, by what is written. A reference leads elsewhere in another document, so with one it is never certain. */
export const isSame = (one: Json | undefined, other: Json | undefined): boolean => {
  if (one === undefined || other === undefined) return one === other;
  const text = exactJson(withoutNotes(one));
  return text === exactJson(withoutNotes(other)) && !text.includes('"$ref"');
};
