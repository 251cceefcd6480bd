import { isObject, type Json, type JsonObject } from '../../src/core/json';
import { entrySchema, isList, itemSchema, propertySchema } from '../../src/core/registry/place';

/* Where something stands in a value, beside what its schema says of it; and the same value with something else there. */

export type Keys = readonly (string | number)[];

export interface Place {
  readonly keys: Keys;
  readonly value: Json;
  /** Null where the schema does not say. */
  readonly schema: JsonObject | null;
  readonly isRequired: boolean;
}

const isRequiredIn = (schema: JsonObject | null, key: string): boolean =>
  ((schema?.['required'] ?? []) as readonly string[]).includes(key);

const insideOf = ({ keys, value, schema }: Place): readonly Place[] => {
  if (isList(value)) {
    const items = schema && itemSchema(schema);
    return value.map((item, at) => ({ keys: [...keys, at], value: item, schema: items, isRequired: false }));
  }
  if (!isObject(value)) return [];
  return Object.keys(value).map((key) => ({
    keys: [...keys, key],
    value: value[key] ?? null,
    schema: schema && (propertySchema(schema, key) ?? entrySchema(schema)),
    isRequired: isRequiredIn(schema, key),
  }));
};

const withThoseInside = (place: Place): readonly Place[] => [place, ...insideOf(place).flatMap(withThoseInside)];

/** Every place in a value, itself first. */
export const placesIn = (value: Json, schema: JsonObject | null): readonly Place[] =>
  withThoseInside({ keys: [], value, schema, isRequired: true });

/** The value with another at a place; with `undefined`, without it. */
export const withAt = (value: Json, [key, ...rest]: Keys, next: Json | undefined): Json => {
  if (key === undefined) return next ?? null;
  if (isList(value)) {
    const changed = value.map((item, at) => (at === key ? (rest.length === 0 ? next : withAt(item, rest, next)) : item));
    return changed.filter((item) => item !== undefined);
  }
  if (!isObject(value)) return value;
  const there = Object.hasOwn(value, key) ? (value[key] ?? null) : null;
  const changed = rest.length === 0 ? next : withAt(there, rest, next);
  const others = Object.entries(value).filter(([name]) => name !== key);
  return Object.fromEntries(changed === undefined ? others : [...others, [key, changed]]);
};
