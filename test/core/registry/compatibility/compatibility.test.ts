import type { JsonObject } from '../../../../src/core/json';
import { arriving, emitted, judge } from './judged';
import { field, object, text, values, whole } from './small-schemas';

/* What a new version breaks, and for whom. */

const changes = (before: JsonObject, after: JsonObject): readonly string[] =>
  judge(arriving('full'), [before, after]).changes.map(({ path, what }) => `${path} ${what}`);

describe('compatible, in full mode too', () => {
  test.each<[string, JsonObject, JsonObject, readonly string[]]>([
    ['nothing changed', field(text), field(text), []],
    ['words for people', field(text), field({ ...text, title: 't', description: 'd' }), []],
    ['an optional field is added', object({}), field(text), ['$.a field added']],
    ['an optional field is removed', field(text), object({}), ['$.a field removed']],
    ['an enum value is added', field(values('x')), field(values('x', 'y')), ['$.a value "y" added']],
    ['an enum is taken off', field(values('x')), field(text), ['$.a no longer limited to 1 values']],
    ['null, which is absent to us', field(text), field({ type: ['string', 'null'] }), []],
    ['a list of one type', field(text), field({ type: ['string'] }), []],
    ['a bound that says nothing', field(text), field({ ...text, minLength: 0 }), []],
    ['the order of alternatives', field({ anyOf: [text, whole] }), field({ anyOf: [whole, text] }), []],
    [
      'an added field in a list of objects',
      field({ type: 'array', items: object({}) }),
      field({ type: 'array', items: field(text) }),
      ['$.a[*].a field added'],
    ],
  ])('%s', (_what, before, after, expected) => {
    expect(changes(before, after)).toEqual(expected);
    expect(judge(arriving('full'), [before, after])).toMatchObject({ isCompatible: true, isAllowed: true });
    expect(judge(emitted, [before, after]).isCompatible).toBe(!/null/.test(_what));
  });
});

describe('who is hurt', () => {
  const [before, after] = [object({ a: whole, b: whole }), object({ a: text, b: text })];
  const hurt = (...dependsOn: readonly string[]): readonly string[] =>
    judge(arriving('backward', dependsOn), [before, after]).changes.flatMap(({ path, breaks }) =>
      breaks.map((broken) => `${path} ${broken}`),
    );

  test('what we depend on is refused, everything else becomes drift', () => {
    expect(hurt('a')).toEqual([
      '$.a messages and archives written before v2 are refused: the subject depends on it',
      '$.b messages and archives written before v2 are drift here, and not what reads the field by v2 expects',
    ]);
  });

  test('a step that breaks is allowed with an upcast from the version before, and is still called breaking', () => {
    const upcast = (subject: string, from: number): boolean => subject === 'subject' && from === 1;
    expect(judge(arriving('backward'), [before, after], { upcast })).toMatchObject({
      isCompatible: false,
      hasUpcast: true,
      isAllowed: true,
    });
  });
});

describe('versions behind the one before', () => {
  const versions = [field(whole), object({}), field(text)];

  test('a field that comes back with another type breaks for those who had it', () => {
    const verdict = judge(arriving('backward'), versions);
    expect(verdict.isCompatible).toBe(false);
    expect(verdict.changes.map(({ from, path, what, breaks }) => [from, path, what, breaks.length])).toEqual([
      [2, '$.a', 'field added', 0],
      [1, '$.a', 'integer became string', 1],
    ]);
  });

  test('a break that is known is not said again of the next version', () => {
    expect(judge(arriving('backward'), [field(whole), field(text), object({ a: text, b: text })]).isCompatible).toBe(true);
  });

  test('behind an upcast nobody looks', () => {
    expect(judge(arriving('backward'), versions, { upcast: (_subject, from) => from === 1 }).isCompatible).toBe(true);
  });
});

describe('references', () => {
  const record = (version: number, schema: JsonObject): JsonObject => ({ $id: `schemas/record/v${version}.json`, ...schema });
  const filed = [record(1, field(text)), record(2, object({ a: text, b: text })), record(3, field(whole))];
  const find = (id: string) => filed.find(({ $id }) => $id === id);
  const input = (version: number): JsonObject => ({
    $id: `schemas/input/v${version}.json`,
    ...object({ record: { $ref: `../record/v${version}.json`, description: 'd' } }),
  });
  const verdict = (...versions: readonly JsonObject[]) => judge(emitted, versions, { find });

  test('what is referred to counts', () => {
    expect(verdict(input(1), input(2)).changes.map(({ path, what }) => `${path} ${what}`)).toEqual(['$.record.b field added']);
    expect(verdict(input(1), input(3)).changes.map(({ path, what }) => `${path} ${what}`)).toEqual([
      '$.record.a string became integer',
    ]);
  });

  test('a definition that changes under an unchanged reference counts', () => {
    const own = (schema: JsonObject): JsonObject => ({
      $id: 'schemas/own/v1.json',
      $defs: { d: schema },
      ...field({ $ref: '#/$defs/d' }),
    });
    expect(verdict(own(text), own(whole)).isCompatible).toBe(false);
    expect(verdict(own(text), own(text)).changes).toEqual([]);
  });

  test('a schema that contains itself ends', () => {
    const tree = (leaf: JsonObject): JsonObject => ({
      $id: 'schemas/tree/v1.json',
      ...object({ leaf, more: { type: 'array', items: { $ref: '#' } } }),
    });
    expect(verdict(tree(text), tree(text)).changes).toEqual([]);
    expect(verdict(tree(text), tree(whole)).changes.map(({ path }) => path)).toEqual(['$.leaf']);
  });

  test.each(['../record/v9.json', '#/$defs/none', '#anchor', '#/%zz', 'http://[', '#'])(
    '%s leads nowhere: cannot be judged',
    ($ref) => {
      const odd: JsonObject = { $id: 'schemas/own/v1.json', ...field(text), ...($ref === '#' ? { $ref } : field({ $ref })) };
      const verdicts = [verdict(field(text), odd), verdict(odd, field(text)), verdict({ ...odd }, { ...odd })];
      expect(verdicts.map(({ isCompatible }) => isCompatible)).toEqual([false, false, false]);
    },
  );
});

test.each<[string, JsonObject, JsonObject]>([
  [
    'a keyword that leans on others',
    field({ type: 'object', patternProperties: { x: text } }),
    field({ type: 'object', patternProperties: { x: {} } }),
  ],
  ['a condition', field({ if: text, then: { minLength: 1 } }), field({ if: text, then: { minLength: 2 } })],
  ['one of several', field({ oneOf: [text, whole] }), field({ oneOf: [text] })],
])('%s is the worst when it changes, and nothing when it does not', (_what, before, after) => {
  expect(judge(arriving('backward'), [before, after]).isCompatible).toBe(false);
  expect(judge(arriving('full'), [after, before]).isCompatible).toBe(false);
  expect(judge(arriving('full'), [before, structuredClone(before)]).changes).toEqual([]);
});

test('a field that a branch names is not unknown when the schema names it', () => {
  const choice: JsonObject = {
    anyOf: [{ type: 'object', properties: { b: { type: 'integer' } }, required: ['b'] }, { type: 'object' }],
  };
  const before = object({}, choice);
  expect(judge(arriving('backward'), [before, object({ b: text }, choice)]).isCompatible).toBe(false);
  expect(judge(arriving('backward'), [before, object({ c: text }, choice)]).isCompatible).toBe(true);
});

test('a field that is removed breaks where a condition asks for it: of what arrives, only fields that the schema names are looked at', () => {
  const asked: JsonObject = { anyOf: [{ type: 'object', properties: { a: true }, required: ['a'] }] };
  expect(judge(arriving('backward'), [field(text, asked), object({}, asked)]).isCompatible).toBe(false);
  expect(judge(arriving('backward'), [field(text), object({})]).isCompatible).toBe(true);
});

test('a list of values beside a constant lets in what both do', () => {
  const [before, after] = [field({ const: 1 }), field({ const: 1, enum: [2] })];
  expect(judge(arriving('backward'), [before, after]).isCompatible).toBe(false);
  expect(judge(arriving('backward'), [before, field({ const: 1, enum: [1, 2] })]).changes).toEqual([]);
});
