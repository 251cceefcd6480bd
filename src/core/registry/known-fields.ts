import { isObject, type Json, type JsonObject } from '../json';
import { entrySchema, isList, itemSchema, propertySchema } from './place';
import { lookedAt } from './view';

/** Every field that is not null has a place in the schema. Types and listed values do not count, nor do the keys of maps. */
const knowsFields = (schema: JsonObject, value: Json): boolean => {
  if (isList(value)) {
    const items = itemSchema(schema);
    return items === null || value.slice(0, lookedAt).every((item) => knowsFields(items, item));
  }
  if (!isObject(value)) return true;
  if (isObject(schema['properties'])) return Object.keys(value).every((key) => knowsMember(schema, key, value[key] ?? null));
  const entry = entrySchema(schema);
  return (
    entry === null ||
    Object.keys(value)
      .slice(0, lookedAt)
      .every((key) => knowsFields(entry, value[key] ?? null))
  );
};

const knowsMember = (schema: JsonObject, key: string, member: Json): boolean => {
  if (member === null) return true;
  const property = propertySchema(schema, key);
  return property !== null && (typeof member !== 'object' || knowsFields(property, member));
};

/** The oldest of the versions, v1 first, that knows all fields of a value; null when none does. */
export const oldestKnowing = (versions: readonly JsonObject[], value: Json): number | null => {
  const index = versions.findIndex((schema) => knowsFields(schema, value));
  return index === -1 ? null : index + 1;
};
