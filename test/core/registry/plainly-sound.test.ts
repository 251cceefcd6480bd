import fc, { type Arbitrary } from 'fast-check';
import { isObject, type Json, type JsonObject } from '../../../src/core/json';
import { createCompiler } from '../../../src/core/registry/compiler';
import { plainlySound } from '../../../src/core/registry/plainly-sound';
import { lookedAt, viewOf } from '../../../src/core/registry/view';
import { registry } from '../../outside';

const compiler = createCompiler();

/** What the quick word stands for: the view finds nothing that the schema does not know, and the validator no error in the view. */
const judgeOf = (schema: JsonObject) => {
  const check = compiler.compile(schema);
  return (value: Json): boolean => {
    let unknown = 0;
    const view = viewOf(schema, value, '$', () => unknown++);
    return unknown === 0 && check(view);
  };
};

const junk = fc.constantFrom<Json>(null, '', 'x', '2026-01-01T00:00:00Z', '2026-13-01T00:00:00Z', -1, 0, 1, 0.5, Infinity, true, [], [null], ['x'], {}, { x: null }, { a: 'x' }); // prettier-ignore

const textFor = ({ enum: listed, format }: JsonObject): Arbitrary<Json> => {
  if (Array.isArray(listed)) return fc.constantFrom(...(listed as readonly Json[]), 'UNLISTED');
  return format === undefined
    ? fc.constantFrom('x', 'y', '')
    : fc.constantFrom('2026-01-01T00:00:00Z', '1969-01-01T00:00:00Z', 'x');
};

const objectFor = (schema: JsonObject): Arbitrary<Json> => {
  const entry = schema['additionalProperties'];
  const named = Object.entries(isObject(schema['properties']) ? schema['properties'] : {});
  const members = named.map(([key, one]) => fc.tuple(fc.constant(key), valueFor(one as JsonObject)));
  const others = fc.tuple(fc.constantFrom('novel', '__proto__', 'constructor'), isObject(entry) ? valueFor(entry) : junk);
  const odd = fc.array(others, { maxLength: isObject(entry) ? 3 : 1 });
  const some = members.length === 0 ? fc.constant([]) : fc.tuple(...members);
  // Mostly all of what is named, so that what is required is there.
  return fc
    .tuple(some, fc.integer({ min: 0, max: 4 }), fc.integer({ min: 0, max: 9 }), odd)
    .map(([all, left, luck, more]) => Object.fromEntries<Json>([...all.slice(luck === 0 ? left : 0), ...(luck < 3 ? more : [])]));
};

/** Mostly what the schema allows, now and then anything. */
const valueFor = (schema: JsonObject): Arbitrary<Json> => {
  const likely = (): Arbitrary<Json> => {
    switch (schema['type']) {
      case 'string':
        return textFor(schema);
      case 'integer':
      case 'number':
        return fc.constantFrom<Json>(0, 1, 7, 1, 1, 1, 8);
      case 'boolean':
        return fc.boolean();
      case 'array':
        return fc.array(isObject(schema['items']) ? valueFor(schema['items']) : junk, { maxLength: 2 });
      case 'object':
        return objectFor(schema);
      default:
        return junk;
    }
  };
  return fc.oneof({ weight: 40, arbitrary: likely() }, { weight: 1, arbitrary: junk });
};

const text = { type: 'string' };
const understood: JsonObject = {
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  type: 'object',
  properties: {
    ...{ text, named: { ...text, minLength: 1 }, listed: { ...text, enum: ['A', 'B'] }, at: { ...text, format: 'date-time' } },
    ...{ whole: { type: 'integer', minimum: 0, maximum: 7 }, number: { type: 'number' }, flag: { type: 'boolean' }, any: {} },
    list: { type: 'array', items: { type: 'object', properties: { a: text, texts: { type: 'array', items: text } } } },
    ...{ map: { type: 'object', additionalProperties: text }, free: { type: 'object' }, anything: { type: 'array' } },
  },
  required: ['named', 'whole'],
};

test('of a schema that it understands it says exactly what view and validator say', () => {
  const [sound, judge] = [plainlySound(understood), judgeOf(understood)];
  const seen = { sound: 0, other: 0 };
  fc.assert(
    fc.property(valueFor(understood), (value) => {
      expect([value, sound(value)]).toEqual([value, judge(value)]);
      seen[sound(value) ? 'sound' : 'other']++;
    }),
    { numRuns: 3_000 },
  );
  expect(Math.min(seen.sound, seen.other)).toBeGreaterThan(100);
});

test('of no schema of the registry it is ever more lenient', () => {
  let sound = 0;
  for (const subject of registry.subjects.filter(({ kind }) => kind !== 'output')) {
    const schema = registry.versionsOf(subject.subject).at(-1) ?? {};
    const [isSound, judge] = [plainlySound(schema), judgeOf(schema)];
    for (const value of fc.sample(valueFor(schema), { numRuns: 40, seed: 1 })) {
      if (!isSound(value)) continue;
      expect([subject.subject, value, judge(value)]).toEqual([subject.subject, value, true]);
      sound++;
    }
  }
  expect(sound).toBeGreaterThan(200);
});

test.each<[string, JsonObject, Json]>([
  ['a keyword', { type: 'string', pattern: '.' }, 'x'],
  ['a union of types', { type: ['string', 'null'] }, 'x'],
  ['a format', { type: 'string', format: 'uuid' }, 'x'],
  ['a list beside a format', { type: 'string', enum: ['x'], minLength: 1 }, 'x'],
  ['a closed object', { type: 'object', additionalProperties: false }, {}],
  ['a reference', { $ref: '#/$defs/x' }, 'x'],
])('it says no of %s that it does not understand', (_what, schema, value) => {
  expect(plainlySound(schema)(value)).toBe(false);
});

test.each<[string, (length: number) => Json]>([
  ['list', (length) => ({ list: Array.from({ length }, () => ({ a: 'x' })) })],
  ['map', (length) => ({ map: Object.fromEntries(Array.from({ length }, (_, at) => [`k${at}`, 'x'])) })],
])('a %s is looked at as far as the view looks', (_what, of) => {
  const sound = plainlySound(understood);
  const needed = { named: 'x', whole: 1 };
  expect([lookedAt, lookedAt + 1].map((length) => sound({ ...needed, ...(of(length) as JsonObject) }))).toEqual([true, false]);
});
