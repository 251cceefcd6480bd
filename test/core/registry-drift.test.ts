import type { Json, JsonObject } from '../../src/core/json';
import { oldestKnowing } from '../../src/core/registry/known-fields';
import { lockOf } from '../../src/core/registry/lock';
import { viewOf } from '../../src/core/registry/view';
import { createSchemaRegistry, type Drift, type RegistryFile, type SchemaRegistry } from '../../src/core/schema-registry';
import { seededRandom } from '../../src/memory/random';
import { readSchemaFiles } from '../../src/schema-files';
import { registry } from '../outside';

/* What a departure is reported with: an example that shows nothing of a customer, and the oldest version that would have done. */

const userEnd = 'v2.detail.events.conversation.user.end';
const attributes = 'v2.detail.events.conversation.attributes';
const least = { eventTime: 1_765_551_600_050, conversationId: 'c-1' };

const driftOf = (fields: Readonly<Record<string, Json>>, subject = userEnd): readonly Drift[] => {
  const verdict = registry.validate(subject, { ...least, ...fields });
  if (!verdict.ok) throw new Error(verdict.detail);
  return verdict.drift;
};

const exampleOf = (value: Json): string | undefined => driftOf({ newField: value })[0]?.example;

test.each<[string, Json, string]>([
  ['a text', 'John Döe-Ünal', '"Xxxx Xxx-Xxxx"'],
  ['a phone number', '+1 (555) 010-0199', '"+0 (000) 000-0000"'],
  ['an address', 'jane.roe+x@example.com', '"xxxx.xxx+x@xxxxxxx.xxx"'],
  ['another script, its marks and digits', 'नाम ٣٤', '"xxx 00"'],
  ['what could move a cursor', 'a\u001b[2J\n\u202e😀\ud800', '"x?[0X????"'],
  ['an empty text', '', '""'],
  ['a whole number', 1_765_551_600_050, '0000000000000'],
  ['a number', -12.5, '-00.0'],
  ['a tiny number', 5e-324, '0e-000'],
  ['a boolean', true, 'true'],
  ['an object', { name: 'John', phone: '1' }, '{2 fields}'],
  ['an empty object', {}, '{0 fields}'],
  ['a list', ['John'], '[1 item]'],
])('%s is shown by its shape', (_what, value, expected) => {
  expect(exampleOf(value)).toBe(expected);
});

test('a long text is cut, its length untold', () => {
  expect(exampleOf('7'.repeat(61))).toBe(`"${'0'.repeat(60)}…"`);
  expect(exampleOf('7'.repeat(60))).toBe(`"${'0'.repeat(60)}"`);
  expect(exampleOf('😀'.repeat(500_000))).toBe(`"${'?'.repeat(60)}…"`);
});

test('a new constant is shown where the schema lists constants, and nowhere else', () => {
  expect(driftOf({ disconnectType: 'TELEPORT_2' })).toMatchObject([{ kind: 'unknown-value', example: '"TELEPORT_2"' }]);
  expect(driftOf({ newField: 'TELEPORT_2' })).toMatchObject([{ example: '"XXXXXXXX_0"' }]);
  expect(driftOf({ eventTime: 1, communications: [{ id: 'TELEPORT' }, { id: 7 }] }, attributes)).toMatchObject([
    { example: '0' },
  ]);
});

test.each([
  ['John Doe', '"Xxxx Xxx"'],
  ['15555550100', '"00000000000"'],
  ['teleport', '"xxxxxxxx"'],
  [`A${'B'.repeat(41)}`, `"${'X'.repeat(42)}"`],
])('what does not look like a constant is masked even there: %s', (disconnectType, expected) => {
  expect(driftOf({ disconnectType })).toMatchObject([{ kind: 'unknown-value', example: expected }]);
});

test('of many findings at one path the first is the example', () => {
  expect(driftOf({ callbackNumbers: ['+1', 22, 'x', 333] })).toMatchObject([{ path: '$.callbackNumbers[*]', example: '00' }]);
});

test('an event of any size yields examples that stay short', () => {
  const fields = Array.from({ length: 30 }, (_, at): [string, Json] => [`field${at}`, 'ß'.repeat(10_000)]);
  const lengths = driftOf(Object.fromEntries<Json>(fields)).map(({ example }) => example.length);
  expect(lengths).toHaveLength(20);
  expect(Math.max(...lengths)).toBeLessThan(70);
});

const dialect = 'https://json-schema.org/draft/2020-12/schema';
const name = 'v2.users.{id}.grown';
const subject = 'v2.users.grown';
const manifest = { kind: 'event', format: 'genesys', name, type: 'grown', action: 'pass', dependsOn: ['id'], owner: 'tidemark', note: 'Grows.' }; // prettier-ignore
const text = { type: 'string' };

const versionOf = (number: number, properties: JsonObject, required: readonly string[] = ['id']): RegistryFile => ({
  path: `${subject}/v${number}.json`,
  content: { $schema: dialect, $id: `schemas/${subject}/v${number}.json`, type: 'object', properties, required },
});

const first = { id: text, gone: text, c: text, map: { type: 'object', additionalProperties: text } };
const second = { ...first, list: { type: 'array', items: { type: 'object', properties: { a: text } } } };
const third = {
  id: text,
  c: text,
  map: first.map,
  list: { type: 'array', items: { type: 'object', properties: { a: text, b: text } } },
};
const fourth = { ...third, c: { ...text, enum: ['X'] }, wanted: text };

/** v2 adds `list`, v3 adds `list[*].b` and loses `gone`, v4 lists the values of `c` and requires `wanted`. */
const grow = (): SchemaRegistry => {
  const versions = [versionOf(1, first), versionOf(2, second), versionOf(3, third), versionOf(4, fourth, ['id', 'wanted'])];
  const others = readSchemaFiles().filter(({ path }) => path === 'subject.schema.json');
  const files = [...others, { path: `${subject}/subject.json`, content: manifest }, ...versions];
  return createSchemaRegistry([...files, { path: 'lock.json', content: lockOf(files) }]);
};

const history = grow();

describe('the oldest version', () => {
  const oldestOf = (fields: JsonObject) => history.oldestVersionKnowing(subject, { id: 'x', ...fields });

  test.each<[string, JsonObject, number | null]>([
    ['fields that were always there', { c: 'X' }, 1],
    ['a field of the second', { list: [] }, 2],
    ['a field inside a list', { list: [{ a: 'x' }, { b: 'x' }] }, 3],
    ['a field that is no longer there', { gone: 'x' }, 1],
    ['a lost field beside a later one', { gone: 'x', list: [{ b: 'x' }] }, null],
    ['a field that no version names', { c: 'X', novel: 1 }, null],
    ['values and types that no version has', { c: 'Y', list: 7, map: 7 }, 2],
    ['keys of a map', { map: { any: 'x', novel: 'y' } }, 1],
    ['fields that are null', { list: null, novel: null, c: 'x' }, 1],
    ['names that mean something to JavaScript', JSON.parse('{"__proto__":{},"constructor":1}') as JsonObject, null],
  ])('knows all of %s', (_what, fields, expected) => {
    expect(oldestOf(fields)).toBe(expected);
  });

  test('stands with each departure of a message, and with none of a message that does not depart', () => {
    const judge = (fields: JsonObject) => history.validate(subject, { id: 'x', wanted: 'x', ...fields });
    expect(judge({ c: 'Y', list: [{ a: 7 }] })).toMatchObject({
      drift: [{ kind: 'unknown-value', path: '$.c', oldestVersion: 4 }, { kind: 'changed-type', oldestVersion: 4 }],
    }); // prettier-ignore
    expect(judge({ c: 'X' })).toEqual({ ok: true, version: 4, drift: [] });
  });

  test('of a subject that is not there is none', () => {
    expect(history.oldestVersionKnowing('v2.nothing', {})).toBeNull();
  });
});

test('a field that is required, not depended on and not there is drift; one that is only optional may stay away', () => {
  expect(history.validate(subject, { id: 'x' })).toEqual({
    ok: true,
    version: 4,
    drift: [{ path: '$.wanted', kind: 'missing-field', example: 'nothing', oldestVersion: 1 }],
  });
});

test('a version knows all fields of a message exactly if it finds none unknown', () => {
  const random = seededRandom(1);
  const pick = <T>(values: readonly T[]): T => values[Math.floor(random.fraction() * values.length)]!;
  const valueOf = (depth: number): Json => {
    const some = (): Json => (depth === 0 ? null : valueOf(depth - 1));
    return pick<() => Json>([() => null, () => 'x', () => 7, () => [some(), some()], () => objectOf(depth - 1)])();
  };
  const objectOf = (depth: number): JsonObject => {
    const names = ['id', 'communications', 'attributes', 'mediaType', 'conversationId', 'eventTime', 'novel'];
    return Object.fromEntries(Array.from({ length: 4 }, () => [pick(names), depth < 0 ? null : valueOf(depth)]));
  };
  const newest = registry.versionsOf(attributes).at(-1)!;
  const agreed = new Set<boolean>();
  for (let round = 0; round < 500; round++) {
    const value = objectOf(3);
    const unknown: string[] = [];
    viewOf(newest, value, '$', (path) => unknown.push(path));
    expect([value, oldestKnowing([newest], value) === 1]).toEqual([value, unknown.length === 0]);
    agreed.add(unknown.length === 0);
  }
  expect(agreed.size).toBe(2);
});
