import { isObject, type Json, type JsonObject } from '../../json';
import { entriesOf, inferSchema, isPresent, itemsOf, textsOf, valuesOf } from './infer';
import { isFieldName, mostFields } from './infer-keys';
import { entryPath, entrySchema, isList, itemPath, itemSchema, memberPath } from '../place';
import type { Where } from './widen-where';
import { strangeTypes, widenEnum, widenType } from './widen-values';

const at = (where: Where, path: string): Where => ({ ...where, path });

/**
 * The schema with as much more in it as it takes for these values to be valid by it: unknown fields with the types that they
 * came in, new words of a closed set, further types, fewer requirements. What it had it keeps; limits, formats and constants
 * are never loosened. The order of the values does not matter, and what comes out needs no widening for them.
 */
export const widenSchema = (schema: JsonObject, all: readonly Json[], where: Where): JsonObject => {
  const values = all.filter(isPresent);
  if (values.length === 0 || 'const' in schema) return schema;
  const types = strangeTypes(schema, values);
  const open = widenEnum(widenType(schema, types, where), values, where);
  const described = types.some((type) => type === 'object' || type === 'array') ? describeNew(open, values, where) : open;
  return widenItems(widenMembers(described, values, where), values, where);
};

/** A field that was none becomes an object or a list, too: what is in it is described as for a new field. */
const describeNew = (schema: JsonObject, values: readonly Json[], { path }: Where): JsonObject => {
  const inside = values.filter((value) => typeof value === 'object');
  const inferred = inferSchema(inside, path.slice(path.lastIndexOf('.') + 1));
  return { ...inferred, ...schema };
};

const widenItems = (schema: JsonObject, values: readonly Json[], where: Where): JsonObject => {
  const items = itemSchema(schema);
  if (items === null) return schema;
  const widened = widenSchema(items, itemsOf(values.filter(isList)), at(where, itemPath(where.path)));
  return widened === items ? schema : { ...schema, items: widened };
};

const widenMembers = (schema: JsonObject, values: readonly Json[], where: Where): JsonObject => {
  const objects = values.filter(isObject);
  if (objects.length === 0) return schema;
  const properties = schema['properties'];
  if (isObject(properties)) return { ...schema, ...widenFields(schema, properties, objects, where) };
  const entry = entrySchema(schema);
  if (entry === null) return schema;
  return { ...schema, additionalProperties: widenSchema(entry, entriesOf(objects), at(where, entryPath(where.path))) };
};

const widenFields = (schema: JsonObject, properties: JsonObject, objects: readonly JsonObject[], where: Where): JsonObject => {
  const known = Object.entries(properties).map(([key, property]) => {
    const inside = at(where, memberPath(where.path, key));
    return [key, isObject(property) ? widenSchema(property, valuesOf(objects, key), inside) : property] as const;
  });
  return {
    properties: { ...Object.fromEntries(known), ...newFields(properties, objects, where) },
    ...requirements(textsOf(schema['required']), objects, where),
  };
};

/** Fields that an author named. Others would show what customers wrote; a flood of them has no author. */
const newFields = (properties: JsonObject, objects: readonly JsonObject[], { path, note, leave }: Where): JsonObject => {
  const unknown = [...new Set(objects.flatMap((object) => Object.keys(object)))].filter((key) => !Object.hasOwn(properties, key));
  const fresh = unknown.filter((key) => valuesOf(objects, key).some(isPresent)).sort();
  const named = fresh.filter(isFieldName);
  if (named.length < fresh.length) leave(`${path}: keys that are no names of fields`);
  if (named.length > mostFields) {
    leave(`${path}: more than ${mostFields} new fields`);
    return {};
  }
  const added = named.map((key) => [key, inferSchema(valuesOf(objects, key), key)] as const);
  for (const [key, schema] of added) note({ kind: 'field-added', path: memberPath(path, key), detail: JSON.stringify(schema) });
  return Object.fromEntries(added);
};

const requirements = (required: readonly string[], objects: readonly JsonObject[], where: Where): JsonObject => {
  const isMissed = (key: string): boolean => objects.some((object) => !isPresent(valuesOf([object], key)[0]));
  const isNeeded = (path: string): boolean =>
    where.dependsOn.some((field) => field === path || field.startsWith(`${path}.`) || field.startsWith(`${path}[`));
  const dropped = required.filter((key) => isMissed(key) && !isNeeded(memberPath(where.path, key)));
  for (const key of dropped)
    where.note({ kind: 'requirement-dropped', path: memberPath(where.path, key), detail: 'no longer required' });
  return dropped.length === 0 ? {} : { required: required.filter((key) => !dropped.includes(key)) };
};
