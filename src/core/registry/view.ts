import { isObject, type Json, type JsonObject } from '../json';
import { entryPath, entrySchema, isList, itemPath, itemSchema, memberPath, propertySchema } from './place';

/** Of a longer list or map only the first so many are looked at: a message of 1 MiB must not make half a million findings. */
export const lookedAt = 1_000;

/** Told of each field that the schema does not know, unless it is null. */
type FoundField = (path: string, value: Json) => void;

/**
 * What the schema speaks of in a value: known fields, without those that are null (null equals absent, so an error at a null
 * is none). Everything else stays in the event as it came; here it is only reported. It follows the schema, so its depth is
 * the schema's, whatever the value's.
 */
export const viewOf = (schema: JsonObject, value: Json, path: string, found: FoundField): Json => {
  if (isList(value)) {
    const items = itemSchema(schema);
    if (items === null) return value;
    const present = value.slice(0, lookedAt).filter((item) => item !== null);
    return present.map((item) => viewOf(items, item, itemPath(path), found));
  }
  if (!isObject(value)) return value;
  if (isObject(schema['properties'])) return knownFields(schema, value, path, found);
  const entry = entrySchema(schema);
  if (entry === null) return value;
  const present = Object.keys(value)
    .slice(0, lookedAt)
    .filter((key) => value[key] !== null);
  return Object.fromEntries(present.map((key) => [key, viewOf(entry, value[key] ?? null, entryPath(path), found)]));
};

const knownFields = (schema: JsonObject, value: JsonObject, path: string, found: FoundField): JsonObject => {
  const known: Record<string, Json> = {};
  for (const key of Object.keys(value)) {
    const member = value[key] ?? null;
    if (member === null) continue;
    const property = propertySchema(schema, key);
    if (property === null) found(memberPath(path, key), member);
    else if (typeof member !== 'object') known[key] = member;
    else known[key] = viewOf(property, member, memberPath(path, key), found);
  }
  return known;
};
