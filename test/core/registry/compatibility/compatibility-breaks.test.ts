import type { Json, JsonObject } from '../../../../src/core/json';
import { arriving, driftBy, emitted, judge, validatorOf } from './judged';
import { closed, field, map, object, text, values, whole } from './small-schemas';

/* Each kind of break, for whom it is one, and a value that shows it. */

const breaking = (before: JsonObject, after: JsonObject, mode: 'backward' | 'full' = 'backward'): readonly string[] =>
  judge(arriving(mode), [before, after])
    .changes.filter(({ breaks }) => breaks.length > 0)
    .map(({ path, what }) => `${path} ${what}`);

/** Each with a value that is valid by the old schema and not by the new one. */
describe('breaking for what was written before, and there is a value that shows it', () => {
  test.each<[string, JsonObject, JsonObject, Json, string]>([
    ['another type', field(whole), field(text), { a: 1 }, '$.a integer became string'],
    ['a narrower type', field({ type: 'number' }), field(whole), { a: 0.5 }, '$.a number became integer'],
    ['one type less', field({ type: ['string', 'integer'] }), field(text), { a: 1 }, '$.a integer or string became string'],
    ['any type until now', field({}), field(text), { a: 1 }, '$.a anything became string'],
    ['a field is required', field(text), field(text, { required: ['a'] }), {}, '$.a is now required'],
    ['a required field is added', object({}), field(text, { required: ['a'] }), {}, '$.a is now required'],
    ['an enum value is removed', field(values('x', 'y')), field(values('y')), { a: 'x' }, '$.a value "x" removed'],
    ['an enum is put on', field(text), field(values('x')), { a: 'z' }, '$.a limited to 1 values'],
    ['another constant', field({ const: 1 }), field({ const: 2 }), { a: 1 }, '$.a value 1 removed'],
    ['a null constant', field({ const: 'x' }), field({ const: null }), { a: 'x' }, '$.a value "x" removed'],
    ['a higher minimum', field({ ...whole, minimum: 0 }), field({ ...whole, minimum: 1 }), { a: 0 }, '$.a minimum 0 became 1'],
    ['a lower maximum', field({ ...whole, maximum: 9 }), field({ ...whole, maximum: 8 }), { a: 9 }, '$.a maximum 9 became 8'],
    ['a first minimum', field(whole), field({ ...whole, minimum: 0 }), { a: -1 }, '$.a minimum 0 added'],
    [
      'a bound that shuts itself out',
      field({ ...whole, minimum: 1 }),
      field({ ...whole, exclusiveMinimum: 1 }),
      { a: 1 },
      '$.a exclusiveMinimum 1 added',
    ],
    ['a multiple', field(whole), field({ ...whole, multipleOf: 2 }), { a: 1 }, '$.a multipleOf 2 added'],
    ['a least length', field(text), field({ ...text, minLength: 1 }), { a: '' }, '$.a minLength 1 added'],
    ['a most length', field(text), field({ ...text, maxLength: 1 }), { a: 'xy' }, '$.a maxLength 1 added'],
    ['a pattern', field(text), field({ ...text, pattern: '^x$' }), { a: 'y' }, '$.a pattern "^x$" added'],
    [
      'another pattern',
      field({ ...text, pattern: 'x' }),
      field({ ...text, pattern: 'y' }),
      { a: 'x' },
      '$.a pattern "x" became "y"; cannot be judged',
    ],
    ['a format', field(text), field({ ...text, format: 'date-time' }), { a: 'y' }, '$.a format "date-time" added'],
    [
      'fewer items',
      field({ type: 'array', items: text, maxItems: 2 }),
      field({ type: 'array', items: text, maxItems: 1 }),
      { a: ['x', 'y'] },
      '$.a maxItems 2 became 1',
    ],
    [
      'no item twice',
      field({ type: 'array', items: text }),
      field({ type: 'array', items: text, uniqueItems: true }),
      { a: ['x', 'x'] },
      '$.a uniqueItems true added',
    ],
    [
      'items of another type',
      field({ type: 'array', items: text }),
      field({ type: 'array', items: whole }),
      { a: ['x'] },
      '$.a[*] string became integer',
    ],
    [
      'items of one type',
      field({ type: 'array' }),
      field({ type: 'array', items: whole }),
      { a: ['x'] },
      '$.a[*] anything became integer',
    ],
    [
      'deep inside',
      field({ type: 'array', items: field(text) }),
      field({ type: 'array', items: field(whole) }),
      { a: [{ a: 'x' }] },
      '$.a[*].a string became integer',
    ],
    ['a map of another type', field(map(text)), field(map(whole)), { a: { k: 'x' } }, '$.a.* string became integer'],
    [
      'a map, where anything was open',
      field({ type: 'object' }),
      field(map(whole)),
      { a: { k: 'x' } },
      '$.a.* anything became integer',
    ],
    [
      'a name for an entry of a map',
      field(map(text)),
      field({ ...map(text), properties: { b: whole } }),
      { a: { b: 'x' } },
      '$.a.b string became integer',
    ],
    [
      'a field that becomes an entry',
      field({ ...map(text), properties: { b: whole } }),
      field(map(text)),
      { a: { b: 1 } },
      '$.a.b integer became string',
    ],
    [
      'fewer entries',
      field(map(text)),
      field({ ...map(text), maxProperties: 0 }),
      { a: { k: 'x' } },
      '$.a maxProperties 0 added',
    ],
    [
      'a further condition',
      field(text),
      field({ ...text, allOf: [{ minLength: 1, type: 'string' }] }),
      { a: '' },
      '$.a allOf added',
    ],
    ['a choice', field({}), field({ anyOf: [text, whole] }), { a: true }, '$.a anyOf added'],
    ['an alternative less', field({ anyOf: [text, whole] }), field({ anyOf: [text] }), { a: 1 }, '$.a an alternative taken off'],
    [
      'another alternative',
      field({ anyOf: [text, whole] }),
      field({ anyOf: [text, { type: 'boolean' }] }),
      { a: 1 },
      '$.a integer became boolean',
    ],
    ['an exclusion', field(text), field({ ...text, not: { type: 'string', const: 'x' } }), { a: 'x' }, '$.a not added'],
    ['nothing at all', field(text), field(false), { a: 'x' }, '$.a limited to 0 values'],
  ])('%s', (...[, before, after, witness, expected]) => {
    expect(breaking(before, after)).toContain(expected);
    expect(driftBy(before, witness)).toEqual([]);
    expect(driftBy(after, witness)).not.toEqual([]);
    expect(judge(arriving('backward'), [before, after])).toMatchObject({ isCompatible: false, isAllowed: false });
    // Whoever keeps what we emitted has no rule that forgives.
    expect(judge(emitted, [before, after]).isCompatible).toBe(false);
    expect(validatorOf(after)!(witness)).toBe(false);
  });

  test('an object that names all its fields', () => {
    expect(breaking(field(text), closed({ a: text }))).toEqual(['$ fields that it does not name are no longer allowed']);
    expect(breaking(closed({ a: text }), closed({}))).toEqual(['$.a field removed from a closed object']);
    expect(validatorOf(closed({}))!({ a: 'x' })).toBe(false);
  });
});

describe('breaking only for those who still read by the old version, and there is a value that shows it', () => {
  test.each<[string, JsonObject, JsonObject, Json]>([
    ['one type more', field(text), field({ type: ['string', 'integer'] }), { a: 1 }],
    ['any type from now on', field(text), field({}), { a: 1 }],
    ['numbers that are not whole', field(whole), field({ type: 'number' }), { a: 0.5 }],
    ['a field is no longer required', field(text, { required: ['a'] }), field(text), {}],
    ['a required field is removed', field(text, { required: ['a'] }), object({}), {}],
    ['a second constant', field({ const: 1 }), field({ enum: [1, 2] }), { a: 2 }],
    ['an enum value of another type', field({ enum: ['x'] }), field({ enum: ['x', 1] }), { a: 1 }],
    ['an enum is taken off with its type', field(values('x')), field({}), { a: 1 }],
    ['a lower minimum', field({ ...whole, minimum: 1 }), field({ ...whole, minimum: 0 }), { a: 0 }],
    ['no pattern any more', field({ ...text, pattern: '^x$' }), field(text), { a: 'y' }],
    ['any entry in a map', field(map(text)), field({ type: 'object' }), { a: { k: 1 } }],
    ['an alternative more', field({ anyOf: [text] }), field({ anyOf: [text, whole] }), { a: 1 }],
    ['a condition less', field({ ...text, allOf: [{ type: 'string', minLength: 1 }] }), field(text), { a: '' }],
  ])('%s', (_what, before, after, witness) => {
    expect(breaking(before, after)).toEqual([]);
    expect(breaking(before, after, 'full')).not.toEqual([]);
    expect(judge(emitted, [before, after]).isCompatible).toBe(false);
    expect(driftBy(after, witness)).toEqual([]);
    expect(driftBy(before, witness)).not.toEqual([]);
  });

  test('null, in what we emit', () => {
    const [before, after] = [field(text), field({ type: ['string', 'null'] })];
    expect(judge(emitted, [before, after]).changes).toEqual([
      {
        from: 1,
        path: '$.a',
        what: 'string became null or string',
        breaks: ['whoever reads what Tidemark emits by v1 meets what v1 does not allow'],
      },
    ]);
  });

  test('a field or a value more in an object that names all its fields; readers of what we emit pass over such a field', () => {
    const more = [closed({}), closed({ a: text })] as const;
    expect(breaking(...more)).toEqual([]);
    expect(breaking(...more, 'full')).toEqual(['$.a field added to a closed object']);
    expect(judge(emitted, more).isCompatible).toBe(true);
    expect(breaking(closed({ a: values('x') }), closed({ a: values('x', 'y') }), 'full')).toEqual(['$.a value "y" added']);
  });
});
