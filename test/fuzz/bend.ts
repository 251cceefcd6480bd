import { isObject, type Json, type JsonObject } from '../../src/core/json';
import { isList } from '../../src/core/registry/place';
import { type Place, placesIn, withAt } from '../schemas/places';
import type { Chance } from '../simulation/chance';
import { nastyKey, nastyValue } from './nasty';
import type { RoughJson } from './rough-json';

/* Mutations that know what JSON is: the message keeps its shape and says something else. */

interface Bench {
  readonly chance: Chance;
  readonly rough: RoughJson;
}

type Bend = (value: Json, bench: Bench) => Json;

const somewhere = (value: Json, { chance }: Bench, isFor: (place: Place) => boolean = () => true): Place | null => {
  const places = placesIn(value, null).filter(isFor);
  return places[chance.whole(0, places.length - 1)] ?? null;
};

const isMember = ({ keys }: Place): boolean => typeof keys.at(-1) === 'string';
const isText = ({ value }: Place): boolean => typeof value === 'string';
const isInside = ({ keys }: Place): boolean => keys.length > 0;

const replace: Bend = (value, bench) => {
  const place = somewhere(value, bench, isInside);
  return place ? withAt(value, place.keys, bench.rough.mark(nastyValue(bench.chance))) : value;
};

const leaveOut: Bend = (value, bench) => {
  const place = somewhere(value, bench, isMember);
  return place ? withAt(value, place.keys, undefined) : value;
};

const rename: Bend = (value, bench) => {
  const place = somewhere(value, bench, isMember);
  if (!place) return value;
  const other = somewhere(value, bench, isMember)?.keys.at(-1);
  const key = bench.chance.is(0.5) && typeof other === 'string' ? other : bench.rough.mark(nastyKey(bench.chance));
  return withAt(withAt(value, place.keys, undefined), [...place.keys.slice(0, -1), key], place.value);
};

const add: Bend = (value, bench) => {
  const place = somewhere(value, bench, (one) => isObject(one.value));
  const { chance, rough } = bench;
  return place ? withAt(value, [...place.keys, rough.mark(nastyKey(chance))], rough.mark(nastyValue(chance))) : value;
};

/** The same key again, later in the text: of two the parser takes the last. */
const repeatKey: Bend = (value, bench) => {
  const place = somewhere(value, bench, isMember);
  if (!place) return value;
  const { chance, rough } = bench;
  const again = rough.mark(JSON.stringify(place.keys.at(-1)));
  const said = chance.is(0.5) ? place.value : rough.mark(nastyValue(chance));
  return withAt(value, [...place.keys.slice(0, -1), again], said);
};

const swap: Bend = (value, bench) => {
  const one = somewhere(value, bench, isInside);
  const other = somewhere(value, bench, isInside);
  return one && other ? withAt(withAt(value, one.keys, other.value), other.keys, one.value) : value;
};

const wrap: Bend = (value, bench) => {
  const place = somewhere(value, bench, isInside);
  if (!place) return value;
  const wrapped = Array.from({ length: bench.chance.whole(1, 3) }).reduce<Json>(
    (inside) => (bench.chance.is(0.5) ? [inside] : { inside }),
    place.value,
  );
  return withAt(value, place.keys, wrapped);
};

const unwrap: Bend = (value, bench) => {
  const place = somewhere(value, bench, (one) => isInside(one) && (isObject(one.value) || isList(one.value)));
  return place ? withAt(value, place.keys, Object.values(place.value as JsonObject)[0] ?? null) : value;
};

const scratchText: Bend = (value, bench) => {
  const place = somewhere(value, bench, isText);
  if (!place) return value;
  const { chance, rough } = bench;
  const text = place.value as string;
  const at = chance.whole(0, text.length);
  const scratched = chance.pick([
    text.toUpperCase(),
    text.toLowerCase(),
    ` ${text}`,
    `${text} `,
    text.slice(0, at),
    `${text.slice(0, at)}\ud800${text.slice(at)}`,
    `${text.slice(0, at)}.${text.slice(at)}`,
    text + text,
  ]);
  return withAt(value, place.keys, rough.mark(JSON.stringify(scratched)));
};

const bends: readonly [Bend, ...Bend[]] = [
  ...([replace, replace, replace, leaveOut, rename, add, add, repeatKey, swap, wrap, unwrap, scratchText] as const),
];

/** A few of them, one after the other. */
export const bend = (value: Json, bench: Bench): Json =>
  Array.from({ length: bench.chance.whole(1, 4) }).reduce<Json>((sofar) => bench.chance.pick(bends)(sofar, bench), value);
