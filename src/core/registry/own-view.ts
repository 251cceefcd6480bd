import { isObject, type Json, type JsonObject } from '../json';
import { entrySchema, itemSchema, propertySchema } from './place';
import { lookedAt } from './view';

type IsOwnView = (value: Json) => boolean;

const whatever: IsOwnView = () => true;

/** What is not null, and is its own view. */
const isOwn = (isOwnView: IsOwnView, value: Json): boolean => value !== null && isOwnView(value);

const ofList =
  (isItem: IsOwnView) =>
  (list: readonly Json[]): boolean =>
    list.length <= lookedAt && list.every((item) => isOwn(isItem, item));

const ofRecord = (properties: JsonObject, schema: JsonObject): ((value: JsonObject) => boolean) => {
  const members = new Map<string, IsOwnView>();
  for (const key of Object.keys(properties)) {
    const property = propertySchema(schema, key);
    if (property !== null) members.set(key, ownViewOf(property));
  }
  return (value) => {
    for (const key in value) {
      const isMember = members.get(key);
      const member = value[key] ?? null;
      if (isMember === undefined || member === null) return false;
      if (typeof member === 'object' && !isMember(member)) return false;
    }
    return true;
  };
};

const ofMap =
  (isEntry: IsOwnView) =>
  (value: JsonObject): boolean => {
    const keys = Object.keys(value);
    return keys.length <= lookedAt && keys.every((key) => isOwn(isEntry, value[key] ?? null));
  };

const ofObject = (schema: JsonObject): ((value: JsonObject) => boolean) => {
  const properties = schema['properties'];
  if (isObject(properties)) return ofRecord(properties, schema);
  const entry = entrySchema(schema);
  return entry === null ? whatever : ofMap(ownViewOf(entry));
};

/**
 * Whether `viewOf` would find nothing and answer just what it was given: so it is with most of what arrives, and then there is no
 * need to make the view. The schema is walked once, here.
 */
export const ownViewOf = (schema: JsonObject): IsOwnView => {
  const items = itemSchema(schema);
  const isList = items === null ? whatever : ofList(ownViewOf(items));
  const isRecord = ofObject(schema);
  return (value) => {
    if (typeof value !== 'object' || value === null) return true;
    return Array.isArray(value) ? isList(value as readonly Json[]) : isRecord(value as JsonObject);
  };
};
