import fc from 'fast-check';
import type { Json, JsonObject } from '../../../../src/core/json';
import { createCompiler } from '../../../../src/core/registry/compiler';
import { fromGenesys } from '../../../../src/core/registry/genesys/from-genesys';

const text: JsonObject = { type: 'string' };
const whole: JsonObject = { type: 'integer' };
const model = (id: string, properties: JsonObject): JsonObject => ({ type: 'object', id: `urn:jsonschema:v2:${id}`, properties });
const again = (id: string): JsonObject => ({ type: 'object', $ref: `urn:jsonschema:v2:${id}` });
const schemaOf = (schema: JsonObject): JsonObject => fromGenesys(schema).schema;
const depthOf = (schema: unknown): number =>
  typeof schema === 'object' && schema !== null ? 1 + Math.max(0, ...Object.values(schema).map(depthOf)) : 0;

test('types, lists, maps and values are read; what is not compared is left out', () => {
  const theirs = model('Topic', {
    count: { type: 'integer', format: 'int64', description: 'How many' },
    ids: { type: 'array', items: { type: 'string', format: 'uuid' } },
    kind: { type: 'string', enum: ['A', 'B', 'A'] },
    attributes: { type: 'object', additionalProperties: text },
    time: { type: 'any' },
    free: { type: 'object', additionalProperties: { type: 'any' } },
    optional: { type: ['string', 'null'], required: true },
  });
  expect(fromGenesys(theirs)).toEqual({
    schema: {
      type: 'object',
      properties: {
        count: whole,
        ids: { type: 'array', items: text },
        kind: { type: 'string', enum: ['A', 'B'] },
        attributes: { type: 'object', additionalProperties: text },
        time: {},
        free: { type: 'object', additionalProperties: {} },
        optional: text,
      },
    },
    unreadable: [],
  });
});

test('a model is spelled out once and named where it occurs again, before or after', () => {
  const user = model('User', { id: text });
  const spelled = { type: 'object', properties: { id: text } };
  expect(schemaOf(model('Topic', { before: again('User'), user, users: { type: 'array', items: again('User') } }))).toEqual({
    type: 'object',
    properties: { before: spelled, user: spelled, users: { type: 'array', items: spelled } },
  });
});

test('definitions are followed, too, whatever characters their names have', () => {
  const definitions = { 'a/b~c': { type: 'object', properties: { id: text } } };
  expect(schemaOf({ type: 'object', definitions, properties: { it: { $ref: '#/definitions/a~1b~0c' } } })).toEqual({
    type: 'object',
    properties: { it: { type: 'object', properties: { id: text } } },
  });
});

test('a model inside itself says nothing more there, and is no fault', () => {
  const { schema, unreadable } = fromGenesys(model('Node', { name: text, parent: again('Node') }));
  expect(schema).toEqual({ type: 'object', properties: { name: text, parent: {} } });
  expect(unreadable).toEqual([]);
  expect(
    fromGenesys({ definitions: { a: { $ref: '#/definitions/b' }, b: { $ref: '#/definitions/a' } }, $ref: '#/definitions/a' }),
  ).toEqual({ schema: {}, unreadable: [] });
});

test.each<[string, JsonObject, RegExp]>([
  ['a reference to nowhere', { $ref: 'urn:jsonschema:v2:Nowhere' }, /to nowhere/],
  ['a reference that is no text', { $ref: 7 }, /to nowhere/],
  ['a choice', { oneOf: [text, whole] }, /plain types, came `oneOf`/],
  ['a type that there is not', { type: 'date' }, /a type of JSON Schema/],
])('%s is named with its place, and the rest is read', (_, member, why) => {
  const { schema, unreadable } = fromGenesys(model('Topic', { list: { type: 'array', items: member }, id: text }));
  expect(schema).toEqual({ type: 'object', properties: { list: { type: 'array', items: {} }, id: text } });
  expect(unreadable).toEqual([{ path: '$.list[*]', why: expect.stringMatching(why) as string }]);
});

test('a place that is no schema is named', () => {
  expect(fromGenesys({ type: 'object', properties: { it: 'text' } }).unreadable).toEqual([
    { path: '$.it', why: 'expected a schema, came another type' },
  ]);
});

test('names that mean something to JavaScript are names', () => {
  const theirs = JSON.parse(
    '{"type":"object","properties":{"__proto__":{"type":"object","id":"__proto__","properties":{"a":{"type":"string"}}},"constructor":{"$ref":"__proto__"},"toString":{"$ref":"constructor"}}}',
  ) as JsonObject;
  const { schema, unreadable } = fromGenesys(theirs);
  const properties = schema['properties'] as JsonObject;
  expect(Object.keys(properties)).toEqual(['__proto__', 'constructor', 'toString']);
  expect(properties['constructor']).toEqual({ type: 'object', properties: { a: text } });
  expect(unreadable.map(({ path }) => path)).toEqual(['$.toString']);
});

test('references that would unfold without end cost little, and are named once', () => {
  const fan = (to: string): JsonObject => ({
    type: 'object',
    properties: Object.fromEntries(Array.from({ length: 30 }, (_, at) => [`field${at}`, { $ref: to }])),
  });
  const definitions = {
    a: fan('#/definitions/b'),
    b: fan('#/definitions/c'),
    c: fan('#/definitions/d'),
    d: fan('#/definitions/e'),
    e: text,
  };
  const { schema, unreadable } = fromGenesys({ $ref: '#/definitions/a', definitions });
  expect(unreadable).toEqual([{ path: expect.any(String) as string, why: 'expected at most 5000 places, came more' }]);
  expect(JSON.stringify(schema).length).toBeLessThan(2_000_000);
});

test('depth has an end, whatever is sent', () => {
  let theirs: JsonObject = text;
  for (let level = 0; level < 5_000; level++) theirs = { type: 'array', items: theirs };
  expect(depthOf(schemaOf(theirs))).toBeLessThan(20);
});

test('whatever JSON it is, what comes out is a sound schema', () => {
  const words = fc.constantFrom('type', 'properties', 'items', 'additionalProperties', 'enum', '$ref', 'id', 'definitions', 'x');
  const values = fc.constantFrom<Json>('object', 'array', 'string', 'any', '#', '#/definitions/x', 'x', null, 1, true);
  const { json } = fc.letrec<{ json: Json }>((tie) => ({
    json: fc.oneof(
      { depthSize: 'medium' },
      values,
      fc.array(tie('json'), { maxLength: 3 }),
      fc.dictionary(words, tie('json'), { maxKeys: 6 }),
    ),
  }));
  // One for all: to make one takes as long as to compile a hundred schemas.
  const compiler = createCompiler();
  fc.assert(
    fc.property(fc.dictionary(words, json, { maxKeys: 6 }), (theirs) => {
      compiler.compile(fromGenesys(theirs).schema);
    }),
    { seed: 5, numRuns: 500 },
  );
});
