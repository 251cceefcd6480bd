import { isObject, type Json, type JsonObject } from '../../src/core/json';
import { isList } from '../../src/core/registry/place';
import type { Drift } from '../../src/core/schema-registry';
import type { Chance } from '../simulation/chance';
import { type Keys, type Place, placesIn, withAt } from './places';

/*
 * How a sender's events drift away from the schema that we have of them: one step at a time, anywhere but at what we depend on.
 */

/** A value with one more departure, and what the registry should call it; null where it should notice nothing. */
export interface Drifted {
  readonly value: JsonObject;
  readonly kind: Drift['kind'] | null;
  /** For whoever reads a failed test. */
  readonly what: string;
}

const newNames = ['newField', 'conversation_id', 'a b', '', '__proto__', 'constructor', 'ключ', '$ref', 'x'.repeat(300), 'eventtime'];

const newValues: readonly Json[] = ['new', 7, -0.5, true, {}, [], { deep: { er: [{ and: ['deeper', null, { '': {} }] }] } }, '9'.repeat(400)];

const newWords = ['BRAND_NEW', 'brand_new', 'SCREEN_SHARING_TRANSFER', 'NEW '.repeat(100), '!', ' ', 'naïve 😀', '__proto__'];

const anyOf = <T>(items: readonly T[], chance: Chance): T | undefined => items[chance.whole(0, items.length - 1)];

const typeName = (schema: JsonObject | null): unknown => schema?.['type'] ?? null;

/** The same said in another type, as serialisers do; null where there is none. */
const retyped = (value: Json): Json | null => {
  if (typeof value === 'number') return String(value);
  if (typeof value === 'boolean') return value ? 1 : 'false';
  if (typeof value === 'string') return /^\d{1,15}$/.test(value) ? Number(value) : [value];
  if (isList(value)) return value.length === 1 ? (value[0] ?? null) : Object.fromEntries(value.entries());
  return isObject(value) ? Object.values(value) : null;
};

type Step = (places: readonly Place[], chance: Chance) => { readonly place: Place; readonly next: Json | undefined } | null;

/** At one of the places that the step is for. */
const at =
  (isFor: (place: Place) => boolean, next: (place: Place, chance: Chance) => Json | undefined): Step =>
  (places, chance) => {
    const place = anyOf(places.filter(isFor), chance);
    return place ? { place, next: next(place, chance) } : null;
  };

const isMember = ({ keys }: Place): boolean => typeof keys.at(-1) === 'string';
const isTyped = ({ schema, value }: Place): boolean => value !== null && typeof typeName(schema) === 'string';

const addField: Step = (places, chance) => {
  const place = anyOf(
    places.filter(({ value, schema }) => isObject(value) && isObject(schema?.['properties'])),
    chance,
  );
  if (!place || !isObject(place.value) || !place.schema) return null;
  const taken = { ...place.value, ...(place.schema['properties'] as JsonObject) };
  const name = anyOf(
    newNames.filter((one) => !Object.hasOwn(taken, one)),
    chance,
  );
  return name === undefined ? null : { place: { ...place, keys: [...place.keys, name] }, next: anyOf(newValues, chance) ?? null };
};

const steps: Readonly<Record<string, { readonly step: Step; readonly kind: (place: Place) => Drift['kind'] | null }>> = {
  'a field is added': { step: addField, kind: () => 'unknown-field' },
  'an enum has a new value': {
    step: at(
      ({ value, schema }) => typeof value === 'string' && Array.isArray(schema?.['enum']),
      (_, chance) => anyOf(newWords, chance),
    ),
    kind: () => 'unknown-value',
  },
  'a field has another type': {
    step: at(
      (place) => isTyped(place) && retyped(place.value) !== null,
      ({ value }) => retyped(value) ?? undefined,
    ),
    kind: () => 'changed-type',
  },
  'one becomes a list of them': {
    step: at(
      (place) => isTyped(place) && !isList(place.value),
      ({ value }) => [value, value, null],
    ),
    kind: () => 'changed-type',
  },
  'a list becomes one of them': {
    step: at(
      (place) => isTyped(place) && isList(place.value),
      () => 'only one',
    ),
    kind: () => 'changed-type',
  },
  'a field is left out': {
    step: at(isMember, () => undefined),
    kind: ({ isRequired }) => (isRequired ? 'missing-field' : null),
  },
  'an item is null': {
    step: at(
      ({ keys }) => typeof keys.at(-1) === 'number',
      () => null,
    ),
    kind: () => null,
  },
  'a field is null': {
    step: at(isMember, () => null),
    kind: ({ isRequired }) => (isRequired ? 'missing-field' : null),
  },
};

/** At, inside or around one of the paths. */
const isNear = (keys: Keys, paths: readonly (readonly string[])[]): boolean =>
  paths.some((path) => path.every((key, at) => at >= keys.length || keys[at] === key));

/** One departure more; null where chance found no place for it. What lies at, in or around the kept paths stays. */
export const driftOnce = (schema: JsonObject, value: JsonObject, kept: readonly string[], chance: Chance): Drifted | null => {
  const paths = kept.map((path) => path.split('.'));
  const [what, chosen] = anyOf(Object.entries(steps), chance) ?? [];
  if (!chosen || what === undefined) return null;
  const places = placesIn(value, schema);
  const free = places.filter(({ keys }) => chosen.step === addField || (keys.length > 0 && !isNear(keys, paths)));
  const change = chosen.step(free, chance);
  if (!change || isNear(change.place.keys, paths)) return null;
  const drifted = withAt(value, change.place.keys, change.next);
  return {
    value: drifted as JsonObject,
    kind: chosen.kind(change.place),
    what: `${what}: ${change.place.keys.join('.').slice(0, 100)}`,
  };
};
