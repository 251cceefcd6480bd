import fc from 'fast-check';
import type { Json, JsonObject } from '../../../src/core/json';
import { ownViewOf } from '../../../src/core/registry/own-view';
import { lookedAt, viewOf } from '../../../src/core/registry/view';

const text = { type: 'string' };
const schema: JsonObject = {
  type: 'object',
  properties: {
    a: text,
    free: {},
    list: { type: 'array', items: { type: 'object', properties: { a: text, list: { type: 'array', items: text } } } },
    map: { type: 'object', additionalProperties: { type: 'object', properties: { a: text } } },
    texts: { type: 'object', additionalProperties: text },
  },
};

const isOwn = ownViewOf(schema);

/** What it stands for. */
const isUnchanged = (value: Json): boolean => {
  let found = 0;
  const view = viewOf(schema, value, '$', () => found++);
  return found === 0 && JSON.stringify(view) === JSON.stringify(value);
};

const value = fc.letrec<{ value: Json }>((tie) => ({
  value: fc.oneof(
    { depthSize: 'small' },
    fc.constantFrom<Json>(null, 'x', 7, 'x', 'x'),
    fc.array(tie('value'), { maxLength: 3 }),
    fc
      .array(fc.tuple(fc.constantFrom('a', 'free', 'list', 'map', 'texts', 'novel', '__proto__'), tie('value')), { maxLength: 4 })
      .map((members): Json => Object.fromEntries(members)),
  ),
})).value;

test('a value is its own view exactly if the view finds nothing and leaves nothing out', () => {
  const seen = { own: 0, other: 0 };
  fc.assert(
    fc.property(value, (one) => {
      expect(isOwn(one)).toBe(isUnchanged(one));
      seen[isOwn(one) ? 'own' : 'other']++;
    }),
    { numRuns: 3_000 },
  );
  expect(Math.min(seen.own, seen.other)).toBeGreaterThan(100);
});

test.each<[string, (length: number) => Json]>([
  ['list', (length) => ({ list: Array.from({ length }, () => ({ a: 'x' })) })],
  ['map', (length) => ({ texts: Object.fromEntries(Array.from({ length }, (_, at) => [`k${at}`, 'x'])) })],
])('a %s is its own view as far as it is looked at', (_what, of) => {
  expect([isOwn(of(lookedAt)), isOwn(of(lookedAt + 1))]).toEqual([true, false]);
});
