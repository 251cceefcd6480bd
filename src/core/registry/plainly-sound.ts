import { isObject, type Json, type JsonObject } from '../json';
import { isInstant } from './compiler';
import { entrySchema, itemSchema, propertySchema } from './place';
import { lookedAt } from './view';

/** Asked of values that are not null. */
type Sound = (value: Json) => boolean;

const cannotSay: Sound = () => false;

/** They say nothing of a value. */
const remarks = ['$schema', '$id', 'title', 'description', 'x-since'];

/** By type, the keywords that are understood here. */
const understood: Readonly<Record<string, readonly string[]>> = {
  none: [],
  string: ['type', 'enum', 'format', 'minLength'],
  integer: ['type', 'minimum', 'maximum'],
  number: ['type', 'minimum', 'maximum'],
  boolean: ['type'],
  array: ['type', 'items'],
  object: ['type', 'properties', 'required', 'additionalProperties'],
};

const ofText = ({ enum: listed, format, minLength }: JsonObject): Sound => {
  if (listed !== undefined) {
    if (!Array.isArray(listed) || format !== undefined || minLength !== undefined) return cannotSay;
    const texts = new Set<Json>(listed as readonly Json[]);
    return (value) => typeof value === 'string' && texts.has(value);
  }
  if (format === 'date-time') return (value) => typeof value === 'string' && isInstant(value);
  if (format !== undefined || (minLength !== undefined && minLength !== 1)) return cannotSay;
  return minLength === 1 ? (value) => typeof value === 'string' && value !== '' : (value) => typeof value === 'string';
};

const ofNumber = ({ type, minimum, maximum }: JsonObject): Sound => {
  const least = typeof minimum === 'number' ? minimum : -Infinity;
  const most = typeof maximum === 'number' ? maximum : Infinity;
  const isWithin = (value: Json): boolean => Number(value) >= least && Number(value) <= most;
  return type === 'integer'
    ? (value) => Number.isInteger(value) && isWithin(value)
    : (value) => Number.isFinite(value) && isWithin(value);
};

const ofList = (schema: JsonObject): Sound => {
  const items = itemSchema(schema);
  const isItem = items === null ? null : plainlySound(items);
  return (value) =>
    Array.isArray(value) &&
    (isItem === null || (value.length <= lookedAt && (value as readonly Json[]).every((item) => item === null || isItem(item))));
};

const requiredBy = ({ required }: JsonObject): readonly string[] => (Array.isArray(required) ? (required as string[]) : []);

const ofRecord = (schema: JsonObject, properties: JsonObject): Sound => {
  const members = new Map<string, Sound>();
  for (const key of Object.keys(properties)) {
    const property = propertySchema(schema, key);
    if (property !== null) members.set(key, plainlySound(property));
  }
  const required = requiredBy(schema);
  return (value) => {
    if (!isObject(value)) return false;
    for (const key in value) {
      const member = value[key] ?? null;
      if (member !== null && members.get(key)?.(member) !== true) return false;
    }
    for (const key of required) if ((value[key] ?? null) === null) return false;
    return true;
  };
};

const ofMap = (schema: JsonObject): Sound => {
  const entry = entrySchema(schema);
  // Without a schema for its entries, what is in it is nobody's business, unless something is asked for by name.
  if (entry === null)
    return schema['additionalProperties'] === undefined && requiredBy(schema).length === 0 ? isObject : cannotSay;
  if (requiredBy(schema).length > 0) return cannotSay;
  const isEntry = plainlySound(entry);
  return (value) => {
    if (!isObject(value)) return false;
    const keys = Object.keys(value);
    return keys.length <= lookedAt && keys.every((key) => value[key] === null || isEntry(value[key] ?? null));
  };
};

/**
 * Whether a value is, beyond doubt, what its schema says: nothing in it that the schema does not know, and the validator would find
 * no error in it. It looks at what is there, where the validator looks for all that could be, and says no of whatever it does not
 * understand; then the validator has the word. So it may be quicker, and can never be more lenient.
 */
export const plainlySound = (schema: JsonObject): Sound => {
  const type = schema['type'] ?? 'none';
  const keywords = typeof type === 'string' ? understood[type] : undefined;
  if (keywords === undefined || Object.keys(schema).some((key) => !keywords.includes(key) && !remarks.includes(key)))
    return cannotSay;
  switch (type) {
    case 'none':
      return () => true;
    case 'string':
      return ofText(schema);
    case 'integer':
    case 'number':
      return ofNumber(schema);
    case 'boolean':
      return (value) => typeof value === 'boolean';
    case 'array':
      return ofList(schema);
    default:
      return isObject(schema['properties']) ? ofRecord(schema, schema['properties']) : ofMap(schema);
  }
};
