import fc from 'fast-check';
import { isObject, type Json, type JsonObject } from '../../../../src/core/json';
import { createCompiler } from '../../../../src/core/registry/compiler';
import { inferBody, inferSchema } from '../../../../src/core/registry/draft/infer';
import { viewOf } from '../../../../src/core/registry/view';
import { widenSchema } from '../../../../src/core/registry/draft/widen';
import type { Change } from '../../../../src/core/registry/draft/widen-where';

const parse = (text: string): JsonObject => JSON.parse(text) as JsonObject;

test('a schema has the types and names of the samples, and asks for nothing', () => {
  const bodies = [{ id: 'a', n: 1, list: [{ x: true }, { y: 0.5 }] }, { n: 2.5, id: null, later: 3 }, { id: 7 }];
  expect(inferBody(bodies)).toEqual({
    type: 'object',
    properties: {
      id: { type: ['integer', 'string'] },
      later: { type: 'integer' },
      list: {
        type: 'array',
        items: { type: 'object', properties: { x: { type: 'boolean' }, y: { type: 'number' } } },
      },
      n: { type: 'number' },
    },
  });
});

test('what is null in every sample is absent', () => {
  expect(inferBody([{ a: null }, { a: null, b: [null] }])).toEqual({ type: 'object', properties: { b: { type: 'array' } } });
});

test('a number past JavaScript’s own says nothing', () => {
  expect(inferBody([parse('{"a":1e400}')])).toEqual({ type: 'object' });
});

describe('an object whose keys are data is a map, and its keys stay out of the schema', () => {
  const map = { type: 'object', additionalProperties: { type: 'integer' } };
  test.each<[string, readonly JsonObject[]]>([
    ['a phone number', [{ '+491701234567': 1, a: 2 }]],
    ['a name with a space', [{ 'Jane Doe': 1 }]],
    ['an id', [{ 'f47ac10b-58cc-4372-a567-0e02b2c3d479': 1 }]],
    ['a number in a word', [{ account12345: 1 }]],
    ['nothing at all', [{ '': 1 }]],
    ['a name of every object', [parse('{"__proto__":1,"a":2}'), parse('{"constructor":1}')]],
    ['other keys in every sample', ['Doe', 'Roe', 'Poe', 'Low'].map((name) => ({ [name]: 1 }))],
    ['ten thousand keys', [Object.fromEntries(Array.from({ length: 10_000 }, (_, at) => [`k${at}`, at]))]],
  ])('%s', (_, samples) => {
    expect(inferSchema(samples, 'field')).toEqual(map);
  });

  test('a field whose name says so', () => {
    expect(inferSchema([{ a: 1 }], 'participantAttributes')).toEqual(map);
  });
});

test('of a body only a flood of keys makes a map; a key that is no name is left out', () => {
  expect(inferBody([{ 'Jane Doe': 1, id: 'x' }])).toEqual({ type: 'object', properties: { id: { type: 'string' } } });
  const many = Object.fromEntries(Array.from({ length: 101 }, (_, at) => [`k${at}`, at]));
  expect(inferBody([many])).toEqual({ type: 'object', additionalProperties: { type: 'integer' } });
});

test('a hundred levels of nesting end in anything', () => {
  const deep = parse(`${'{"a":'.repeat(99)}1${'}'.repeat(99)}`);
  expect(JSON.stringify(inferBody([deep])).match(/"properties"/g)).toHaveLength(13);
});

/** Bodies as somebody might send them: names and free keys, all types, nulls. */
const aKey = fc.oneof(fc.constantFrom('id', 'mediaType', 'attributes', 'list', 'constructor', '__proto__', 'x-y'), fc.string());
const { body } = fc.letrec<{ value: Json; body: JsonObject }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 4 },
    fc.constantFrom(null, true, 0, 1, 1.5, '', 'VOICE', '+4917012345', 'Jane Doe', '\ud800'),
    fc.array(tie('value'), { maxLength: 4 }),
    tie('body'),
  ),
  body: fc.array(fc.tuple(aKey, tie('value')), { maxLength: 6 }).map((members) => Object.fromEntries<Json>(members)),
}));

const widen = (schema: JsonObject, values: readonly Json[]) => {
  const changes: Change[] = [];
  const note = (change: Change): void => void changes.push(change);
  return { schema: widenSchema(schema, values, { path: '$', dependsOn: [], note, leave: () => undefined }), changes };
};

const compiler = createCompiler();
const refusedBy = (schema: JsonObject, values: readonly JsonObject[]): readonly JsonObject[] => {
  const check = compiler.compile(schema);
  return values.filter((value) => !check(viewOf(schema, value, '$', () => undefined)));
};

test('whatever the samples: they are valid by their schema, it needs no widening for them, and their order does not matter', () => {
  fc.assert(
    fc.property(fc.array(body, { minLength: 1, maxLength: 6 }), (bodies) => {
      const schema = inferBody(bodies);
      expect(refusedBy(schema, bodies)).toEqual([]);
      expect(widen(schema, bodies)).toEqual({ schema, changes: [] });
      expect(inferBody([...bodies].reverse())).toEqual(schema);
    }),
    { numRuns: 100, seed: 5 },
  );
});

test('whatever the samples: a schema that was widened for them takes them and all that it took, and needs no further widening', () => {
  fc.assert(
    fc.property(fc.array(body, { minLength: 1, maxLength: 4 }), fc.array(body, { minLength: 1, maxLength: 4 }), (old, fresh) => {
      const widened = widen(inferBody(old), fresh);
      expect(refusedBy(widened.schema, [...old, ...fresh])).toEqual([]);
      expect(widen(widened.schema, [...fresh, ...old].reverse()).changes).toEqual([]);
      expect(widen(inferBody(old), [...fresh].reverse())).toEqual(widened);
    }),
    { numRuns: 100, seed: 5 },
  );
});

/** Everything that a schema says, less the words of JSON Schema itself. */
const wordsOf = (schema: Json): readonly string[] =>
  isObject(schema)
    ? Object.entries(schema).flatMap(([key, value]) =>
        key === 'properties' && isObject(value)
          ? [...Object.keys(value), ...Object.values(value).flatMap(wordsOf)]
          : wordsOf(value),
      )
    : [];

test('no text of a sample is in its schema', () => {
  const secret = fc.string({ minLength: 6, maxLength: 12, unit: fc.constantFrom('q', 'Q', '7', ' ', '+') });
  fc.assert(
    fc.property(fc.array(secret, { minLength: 1, maxLength: 5 }), (secrets) => {
      const bodies = secrets.map((text) => ({ who: text, all: [text], attributes: { [text]: text } }));
      expect(wordsOf(inferBody(bodies))).toEqual(['all', 'attributes', 'who']);
      expect(JSON.stringify(inferBody(bodies))).not.toContain(secrets[0]);
    }),
    { numRuns: 100, seed: 5 },
  );
});
